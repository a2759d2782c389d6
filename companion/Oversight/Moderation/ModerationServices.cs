using Companion.Foundation.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Oversight.Moderation;

internal static class ModerationServices
{
    /// <summary>The policy of everything that only moderators may.</summary>
    public const string Moderators = "moderators";

    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<AuthenticationOptions>>((authorization, authentication) =>
            authorization.AddPolicy(Moderators, policy => policy.RequireAuthenticatedUser().RequireAssertion(
                context => Caller.From(context.User, authentication.Value) is { IsModerator: true })));
        services.TryAddSingleton<RepeatableRequests>();
        services.TryAddSingleton<ListApprovals>();
        services.TryAddSingleton<TryPolicy>();
        services.TryAddSingleton<ListPeople>();
        services.TryAddSingleton<ChangePerson>();
        services.TryAddSingleton<RevokePending>();
        services.TryAddSingleton<ReadFunnel>();
        services.AddHostedService<FoldFunnel>();
        services.TryAddSingleton<ListProblems>();
        services.TryAddSingleton<StuckWork>();
        services.TryAddSingleton<SolveProblem>();
        services.TryAddSingleton<SwitchPause>();
        return services.ConfigureHttpJsonOptions(options =>
        {
            var chain = options.SerializerOptions.TypeInfoResolverChain;
            chain.Insert(0, ApprovalApiJson.Default);
            chain.Insert(0, PeopleApiJson.Default);
            chain.Insert(0, PauseApiJson.Default);
        });
    }
}
