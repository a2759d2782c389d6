using Microsoft.Extensions.Options;

namespace Companion.Community.Approvals;

internal sealed class ApprovalOptionsValidator : IValidateOptions<ApprovalOptions>
{
    private const int MaxMinutesByHand = 1440;

    public ValidateOptionsResult Validate(string? name, ApprovalOptions options)
    {
        var failures = options.Rules.SelectMany(FailuresOf).ToList();
        failures.AddRange(options.Rules.GroupBy(rule => rule.Name).Where(same => same.Count() > 1)
            .Select(same => $"Approvals:Rules has {same.Key} twice; give every rule a name of its own."));
        if (options.MinutesByHand is not (>= 0 and <= MaxMinutesByHand))
        {
            failures.Add("Approvals:MinutesByHand must be between 0 and 1440.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> FailuresOf(ApprovalRule rule)
    {
        var which = $"Approvals:Rules: {(rule.Name.Length > 0 ? rule.Name : "a rule")}";
        if (rule.Name.Length == 0)
        {
            yield return $"{which} needs a Name.";
        }

        if (!rule.Approvers.StartsWith('/'))
        {
            yield return $"{which}: Approvers must be the path of a group, e.g. /moderators.";
        }

        if (rule.Needed < 1 || rule.Panel != 0 && rule.Panel < rule.Needed)
        {
            yield return $"{which}: Needed must be at least 1, and Panel 0 or at least Needed.";
        }

        if (rule.Deadline <= TimeSpan.Zero)
        {
            yield return $"{which}: Deadline must be positive.";
        }

        if (rule.AtDeadline == DeadlineAction.Escalate && !rule.EscalateTo.StartsWith('/'))
        {
            yield return $"{which}: EscalateTo must be the path of a group where AtDeadline is Escalate.";
        }

        if (rule.When.StandingBelow is < 0 or > 1)
        {
            yield return $"{which}: StandingBelow must be between 0 and 1.";
        }
    }
}
