using Companion.Foundation.Outbox;
using Companion.Oversight.Moderation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Journey.Onboarding;

internal static class OnboardingServices
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services)
    {
        services.TryAddSingleton<Onboardings>();
        services.TryAddSingleton<GetWelcome>();
        services.TryAddSingleton<ListProblems>();
        services.TryAddSingleton<StuckWork>();
        services.TryAddSingleton<SolveProblem>();
        services.AddOutboxHandler<AwaitApproval>();
        services.AddOutboxHandler<GrantMemberships>();
        services.AddOutboxHandler<ResolveChatAccount>();
        services.AddOutboxHandler<EnterRoom>();
        services.AddOutboxHandler<SendWelcome>();
        services.AddOutboxHandler<CloseChatAccount>();
        return services;
    }
}
