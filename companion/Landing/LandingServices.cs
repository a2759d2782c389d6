using Companion.Contacts;
using Companion.Invites;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Landing;

internal static class LandingServices
{
    public static IServiceCollection AddLanding(this IServiceCollection services)
    {
        services.AddContacts();
        services.AddOptions<RegistrationOptions>()
            .BindConfiguration(RegistrationOptions.SectionName)
            .Validate(
                o => RegistrationOptions.IsPage(o.RegistrationUrl),
                "Registration:RegistrationUrl must be the http(s) address of the identity provider's registration endpoint, without a query.")
            .Validate(
                o => RegistrationOptions.IsPage(o.RedirectUri),
                "Registration:RedirectUri must be an http(s) address without a query: the account console.")
            .Validate(o => o.ClientId.Length > 0, "Registration:ClientId must not be empty.")
            .ValidateOnStart();
        services.TryAddSingleton<InviteTokens>();
        services.TryAddSingleton<InviteHandles>();
        services.TryAddSingleton<RegistrationLink>();
        services.TryAddSingleton<LandingHeaders>();
        services.TryAddSingleton<LandingPages>();
        services.TryAddSingleton<InvitePages>();
        services.TryAddSingleton<LandingLanguage>();
        services.TryAddSingleton<LandingMetrics>();
        services.TryAddSingleton<ReadInvite>();
        services.TryAddSingleton<DeclineByInvitee>();
        services.TryAddSingleton<AskForRenewal>();
        services.TryAddSingleton<NeverAgain>();
        return services;
    }
}
