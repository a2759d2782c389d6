using Companion.Foundation.Outbox;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Journey.Onboarding;

internal static class OnboardingServices
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services)
    {
        services.TryAddSingleton<Onboardings>();
        services.TryAddSingleton<IOnboarding>(provider => provider.GetRequiredService<Onboardings>());
        services.TryAddSingleton<GetWelcome>();
        services.AddOutboxHandler<AwaitApproval>();
        services.AddOutboxHandler<GrantMemberships>();
        services.AddOutboxHandler<ResolveChatAccount>();
        services.AddOutboxHandler<EnterRoom>();
        services.AddOutboxHandler<SendWelcome>();
        services.AddOutboxHandler<CloseChatAccount>();
        return services;
    }
}
