using Companion.Foundation.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Approvals;

internal static class ApprovalServices
{
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddSettings<ApprovalOptions>(ApprovalOptions.SectionName, settings => settings
            .Validate(o => o.Rules.DistinctBy(rule => rule.Name).Count() == o.Rules.Count, "Approvals:Rules:<n>:Name must differ from rule to rule.")
            .Validate(o => o.Rules.All(rule => rule.Panel == 0 || rule.Panel >= rule.Needed), "Approvals:Rules:<n>:Panel must be 0 or at least Needed.")
            .Validate(
                o => o.Rules.All(rule => rule.AtDeadline != DeadlineAction.Escalate || rule.EscalateTo.StartsWith('/')),
                "Approvals:Rules:<n>:EscalateTo must be the path of a group where AtDeadline is Escalate."));
        services.TryAddSingleton<ApprovalNotes>();
        services.TryAddSingleton<DecideApproval>();
        services.AddOutboxHandler<CheckApprovalDeadline>();
        services.AddOutboxHandler<SettleApprovalElsewhere>();
        return services.AddOutboxHandler<TellApprovers>();
    }
}
