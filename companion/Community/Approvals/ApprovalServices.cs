using Companion.Foundation.Kernel;
using Companion.Foundation.Outbox;
using Companion.Journey.Registrations;
using Companion.Oversight.Moderation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Companion.Community.Approvals;

internal static class ApprovalServices
{
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddOptions<ApprovalOptions>().BindStrictly(ApprovalOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApprovalOptions>, ApprovalOptionsValidator>());
        services.TryAddSingleton<ApprovalNotes>();
        services.TryAddSingleton<DecideApproval>();
        services.TryAddSingleton<WaitingNewcomers>();
        services.TryAddSingleton<ListApprovals>();
        services.TryAddSingleton<TryPolicy>();
        services.AddOutboxHandler<CheckApprovalDeadline>();
        services.AddOutboxHandler<EnactApproval>();
        services.AddOutboxHandler<SettleApprovalElsewhere>();
        services.AddOutboxHandler<TellApprovers>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApprovalApiJson.Default));
        return services;
    }
}
