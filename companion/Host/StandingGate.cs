using Companion.Community.Directory;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Authorization;

namespace Companion.Host;

/// <summary>
/// Refuses members whose account waits, is closed, or has an unproven address, at every route that asks who they are. A token may be
/// older than the decision, or should never have been given.
/// </summary>
internal sealed class StandingGate(RequestDelegate next)
{
    /// <exception cref="IdentityProviderException">Nobody can say how the account stands, or stood just now: it is refused.</exception>
    public async Task InvokeAsync(HttpContext context, InviterDirectory directory, IOptions<AuthenticationOptions> options)
    {
        if (IsGuarded(context)
            && Caller.From(context.User, options.Value) is { } caller
            && await ObstacleAsync(directory, caller.Account, context.RequestAborted) is { } obstacle)
        {
            await Problems.From(obstacle).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool IsGuarded(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true }
        && context.GetEndpoint() is RouteEndpoint endpoint
        && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    /// <summary>What is remembered may let somebody through for a moment longer, but keeps nobody out who was approved meanwhile.</summary>
    private static async Task<Refusal?> ObstacleAsync(InviterDirectory directory, AccountId account, CancellationToken cancellationToken)
    {
        if (await directory.FindOrRecallAsync(account, cancellationToken) is not { } person || AccountStanding.Obstacle(person) is null)
        {
            return null;
        }

        directory.Forget(account);
        return await directory.FindAsync(account, cancellationToken) is { } now ? AccountStanding.Obstacle(now) : null;
    }
}
