using Companion.Community.Approvals;

namespace Companion.Oversight.Moderation;

/// <summary>What other rules would have changed.</summary>
/// <param name="Cases">Invites and newcomers that were judged again.</param>
/// <param name="Unknown">Those that can't be any more: the inviter is gone, or the address was erased that a rule looks at.</param>
/// <param name="Rules">Those of then and those that were tried.</param>
/// <param name="Held">Went on at once then and would wait.</param>
/// <param name="Freed">Waited then and would go on at once.</param>
/// <param name="Changed">Every case that other rules would have asked about, oldest first.</param>
internal sealed record PolicyTrial(
    int Cases, int Unknown, IReadOnlyList<RuleTrial> Rules, int Held, int Freed, IReadOnlyList<TriedCase> Changed)
{
    public static PolicyTrial Of(IReadOnlyList<TriedCase> tried, int unknown, IReadOnlyList<ApprovalRule> rules)
    {
        var names = rules.Select(rule => rule.Name).Union(tried.SelectMany(one => one.Then), StringComparer.Ordinal);
        return new PolicyTrial(
            tried.Count,
            unknown,
            [.. names.Select(name => new RuleTrial(name, tried.Count(one => one.Then.Contains(name)), tried.Count(one => one.Now.Contains(name))))],
            tried.Count(one => one.Then.Count == 0 && one.Now.Count > 0),
            tried.Count(one => one.Then.Count > 0 && one.Now.Count == 0),
            [.. tried.Where(one => !one.Then.Order(StringComparer.Ordinal).SequenceEqual(one.Now.Order(StringComparer.Ordinal), StringComparer.Ordinal))]);
    }
}

/// <param name="Then">How often it asked.</param>
/// <param name="Now">How often it would.</param>
internal sealed record RuleTrial(string Rule, int Then, int Now);

/// <param name="Then">Rules that asked.</param>
/// <param name="Now">Rules that would.</param>
internal sealed record TriedCase(
    InviteId InviteId, ApprovalSubject Subject, DateTimeOffset At, AccountId Inviter, IReadOnlyList<string> Then, IReadOnlyList<string> Now);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(PolicyTrial))]
internal sealed partial class PolicyTrialJson : JsonSerializerContext;
