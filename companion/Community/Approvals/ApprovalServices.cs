using Companion.Foundation.Kernel;
using Companion.Foundation.Outbox;
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
        services.AddOutboxHandler<CheckApprovalDeadline>();
        services.AddOutboxHandler<SettleApprovalElsewhere>();
        return services.AddOutboxHandler<TellApprovers>();
    }
}
