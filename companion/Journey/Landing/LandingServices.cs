using Companion.Community.Contacts;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Journey.Landing;

internal static class LandingServices
{
    public static IServiceCollection AddLanding(this IServiceCollection services)
    {
        services.AddContacts();
        services.TryAddSingleton<InviteTokens>();
        services.TryAddSingleton<InviteHandles>();
        services.TryAddSingleton<LandingHeaders>();
        services.TryAddSingleton<LandingPages>();
        services.TryAddSingleton<InvitePages>();
        services.TryAddSingleton<LandingLanguage>();
        services.TryAddSingleton<LandingMetrics>();
        services.TryAddSingleton<ReadInvite>();
        services.TryAddSingleton<InviteOpenings>();
        services.TryAddSingleton<DeclineByInvitee>();
        services.TryAddSingleton<AskForRenewal>();
        services.TryAddSingleton<NeverAgain>();
        services.TryAddSingleton<PauseWishes>();
        return services;
    }
}
