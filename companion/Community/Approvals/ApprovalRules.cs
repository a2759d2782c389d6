namespace Companion.Community.Approvals;

/// <summary>Which rules ask for a decision. Pure: the same facts and rules give the same answer.</summary>
public static class ApprovalRules
{
    /// <summary>What has to be decided before the subject goes on; nothing where no rule asks.</summary>
    public static IReadOnlyList<ApprovalRequirement> Ask(IEnumerable<ApprovalRule> rules, ApprovalSubject subject, ApprovalFacts facts) =>
        [.. rules.Where(rule => rule.Subject == subject && Applies(rule.When, facts)).Select(Requirement)];

    internal static bool Applies(RuleConditions when, ApprovalFacts facts)
    {
        var inviter = facts.Inviter;
        return Holds(when.AccountAgeBelow, age => !(inviter.AccountAge >= age))
            && Holds(when.StandingBelow, share => inviter.Standing.Share < share)
            && Holds(when.BroughtBelow, number => inviter.Standing.All < number)
            && Holds(when.OpenInvitesAtLeast, number => inviter.OpenInvites >= number)
            && Holds(when.IssuedLastDayAtLeast, number => inviter.IssuedLastDay >= number)
            && Holds(when.IssuedLastWeekAtLeast, number => inviter.IssuedLastWeek >= number)
            && Holds(when.DepthAtLeast, depth => inviter.Depth >= depth)
            && Holds(when.Flagged, flagged => inviter.IsFlagged == flagged)
            && AnyOf(when.Kinds, kind => inviter.Kind == kind)
            && AnyOf(when.InviterIn, place => IsIn(inviter, place))
            && !when.InviterNotIn.Any(place => IsIn(inviter, place))
            && AnyOf(when.InviterRoles, inviter.Roles.Contains)
            && AnyOf(when.Domains, domain => IsOf(facts.Domain, domain))
            && !when.DomainsNot.Any(domain => IsOf(facts.Domain, domain))
            && AnyOf(when.Channels, channel => facts.Channel == channel)
            && AnyOf(when.Rooms, room => facts.Rooms.Contains(new RoomId(room)))
            && AnyOf(when.Organizations, alias => facts.Memberships.Any(membership => membership.Organization == alias))
            && AnyOf(when.Groups, group => facts.Memberships.Any(membership => membership.Group == group));
    }

    private static ApprovalRequirement Requirement(ApprovalRule rule) => new(
        rule.Name,
        rule.Approvers,
        rule.Needed,
        Math.Max(rule.Panel, rule.Needed),
        rule.Deadline,
        rule.AtDeadline,
        rule.EscalateTo.Length > 0 ? rule.EscalateTo : null);

    private static bool Holds<T>(T? condition, Func<T, bool> test)
        where T : struct =>
        condition is not { } value || test(value);

    private static bool AnyOf<T>(IReadOnlyList<T> choices, Func<T, bool> test) => choices.Count == 0 || choices.Any(test);

    private static bool IsIn(InviterFacts inviter, string place) => inviter.Memberships.Any(membership => membership.Organization is { } alias
        ? alias == place
        : membership.Group is { } group && GroupPath.Covers(place, group));

    private static bool IsOf(string domain, string listed) => listed.StartsWith('.')
        ? domain.EndsWith(listed, StringComparison.OrdinalIgnoreCase)
        : string.Equals(domain, listed, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What one rule asks for.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Approvers">Path of the group whose members decide.</param>
/// <param name="Needed">How many of them have to approve.</param>
/// <param name="Panel">Out of how many; at least as many as are needed.</param>
/// <param name="Deadline">Counted from the beginning; null for none.</param>
public sealed record ApprovalRequirement(
    string Rule, string Approvers, int Needed, int Panel, TimeSpan? Deadline, DeadlineAction AtDeadline, string? EscalateTo);
