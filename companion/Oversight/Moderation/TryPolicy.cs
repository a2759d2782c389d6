using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Directory;

namespace Companion.Oversight.Moderation;

/// <summary>Says of past invites and newcomers what other rules would have asked for. Changes nothing.</summary>
internal sealed class TryPolicy(EventLog log, NpgsqlDataSource dataSource, InviterDirectory directory, IOptions<DirectoryOptions> directoryOptions)
{
    public async Task<PolicyTrial> RunAsync(IReadOnlyList<ApprovalRule> rules, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var cases = (await ReadAsync(since, cancellationToken)).All.ToList();
        var inviters = await directory.FindAsync(cases.Select(past => past.Inviter).Distinct(), cancellationToken);
        var domains = await DomainsAsync(cases, cancellationToken);
        List<TriedCase> tried = [];
        foreach (var past in cases)
        {
            var (person, domain) = (inviters.GetValueOrDefault(past.Inviter), domains.GetValueOrDefault(past.ContactId));
            if (person is not null && (domain is not null || !rules.Any(rule => rule.Subject == past.Subject && LooksAtDomain(rule.When))))
            {
                tried.Add(new TriedCase(
                    past.InviteId, past.Subject, past.At, past.Inviter, past.Asked, [.. Ask(rules, past, person, domain).Select(asked => asked.Rule)]));
            }
        }

        return PolicyTrial.Of(tried, cases.Count - tried.Count, rules);
    }

    private IReadOnlyList<ApprovalRequirement> Ask(IReadOnlyList<ApprovalRule> rules, PastCase past, Person person, string? domain) => ApprovalRules.Ask(
        rules,
        past.Subject,
        new ApprovalFacts(
            past.History.With(person, InviteRules.KindOf(person, directoryOptions.Value), past.At), domain ?? "", "email", past.Memberships, past.Rooms));

    private static bool LooksAtDomain(RuleConditions when) => when.Domains.Count > 0 || when.DomainsNot.Count > 0;

    private async Task<PastCases> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        PastCases cases = new(since);
        await foreach (var stored in log.ReadAsync(cancellationToken))
        {
            cases.Add(stored.StreamId, stored.Data);
        }

        return cases;
    }

    private async Task<Dictionary<ContactId, string>> DomainsAsync(IEnumerable<PastCase> cases, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            "select contact_id, address from companion.contact where contact_id = any (@contacts) and address is not null",
            reader => (Contact: new ContactId(reader.GetGuid(0)), EmailAddress.FromStored(reader.GetString(1)).Domain),
            [Param.Uuids("contacts", [.. cases.Select(past => past.ContactId.Value).Distinct()])],
            cancellationToken)).ToDictionary(row => row.Contact, row => row.Domain);
}
