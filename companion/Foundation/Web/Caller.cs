using System.Security.Claims;
using Companion.Foundation.Kernel;
using Companion.Host;
using Microsoft.Extensions.Options;

namespace Companion.Foundation.Web;

/// <summary>Who calls the API, from the validated access token. A parameter of endpoint handlers.</summary>
internal sealed record Caller(AccountId Account, bool IsModerator)
{
    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value;
        return ValueTask.FromResult(From(context.User, options));
    }

    internal static Caller? From(ClaimsPrincipal principal, AuthenticationOptions options) =>
        principal.FindFirstValue(AccessToken.SubjectClaim) is { } subject
            ? new Caller(new AccountId(subject), AccessToken.HasRealmRole(principal, options.ModeratorRole))
            : null;
}
