using System.Collections.Concurrent;
using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Foundation.Web;

namespace Companion.Journey.Invites;

/// <summary>Says of every row of a request whether it may go out: the same for a dry run and for the real one.</summary>
internal sealed class JudgeInvites(
    InviterDirectory directory,
    IIdentityProvider identityProvider,
    ContactKeys keys,
    IOptions<InvitePolicy> policy,
    IOptions<ApprovalOptions> approvals,
    IOptions<DirectoryOptions> directoryOptions,
    IOptions<CommunityOptions> community,
    TimeProvider clock)
{
    private const int MaxParallel = 8;

    /// <summary>Why a request can't be looked at row by row; null when it can.</summary>
    public static Refusal? Obstacle(IssueInvitesRequest request) => request.Invites switch
    {
        null or [] => new Refusal("rows_missing", "Name at least one person to invite.", "invites"),
        { Count: > IssueInvitesRequest.MaxRows } => new Refusal(
            "rows_too_many",
            string.Create(CultureInfo.InvariantCulture, $"Invite at most {IssueInvitesRequest.MaxRows} people at once."),
            "invites",
            IssueInvitesRequest.MaxRows.ToString(CultureInfo.InvariantCulture)),
        var rows when rows.Contains(null) => Problems.Malformed("invites"),
        var rows when rows.Any(row => row!.Memberships?.Contains(null) == true) => Problems.Malformed("memberships"),
        var rows when rows.Any(row => row!.Rooms?.Contains(null) == true) => Problems.Malformed("rooms"),
        var rows when OrganizationsIn(rows).Distinct(StringComparer.Ordinal).Skip(IssueInvitesRequest.MaxOrganizations).Any() => new Refusal(
            "organizations_too_many",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Name at most {IssueInvitesRequest.MaxOrganizations} different organisations at once; send the rows for the others separately."),
            "invites",
            IssueInvitesRequest.MaxOrganizations.ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static IEnumerable<string> OrganizationsIn(IEnumerable<InviteRow?> rows) =>
        rows.SelectMany(row => row?.Memberships ?? []).Select(membership => membership?.Organization).OfType<string>();

    /// <summary>All that can be read before the database is asked. Whole-request refusals: rows_missing, rows_too_many, organizations_too_many, inviter_gone.</summary>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read.</exception>
    public async Task<Outcome<InviteBatch>> ReadAsync(AccountId inviter, IssueInvitesRequest request, CancellationToken cancellationToken)
    {
        if (Obstacle(request) is { } refusal)
        {
            return refusal;
        }

        var person = await directory.FindAsync(inviter, cancellationToken);
        if (person is null || !InviteRules.MayInvite(person))
        {
            return InviteRefusals.CannotInvite;
        }

        var lines = Lines(request);
        var organizations = await directory.FindOfferedAsync(
            person, lines.SelectMany(line => line.Draft?.Organizations ?? []), cancellationToken);
        lines = [.. lines.Select(line => line with { Draft = line.Draft?.Named(organizations, directoryOptions.Value.RoleGroups) })];
        var named = organizations.Values.DistinctBy(organization => organization.Alias, StringComparer.Ordinal).ToList();
        var rooms = await RoomsAsync(inviter, lines, cancellationToken);
        if (rooms is { Chat: ChatStanding.Unavailable })
        {
            lines = [.. lines.Select(line => line.Draft is { Rooms.Count: > 0 } ? line with { Refusal = InviteRefusals.RoomsUnavailable } : line)];
        }

        return new InviteBatch(
            person,
            await WithMembershipsAsync(person, lines, named, cancellationToken),
            InviteRules.RightsOf(person, named, rooms?.Rooms ?? [], directoryOptions.Value),
            named,
            EmailAddress.TryParse(person.Address?.Value, out var own) ? keys.Match(own) : []);
    }

    /// <summary>Decides row by row; rows that go out count for those after them.</summary>
    public async Task<IReadOnlyList<InviteVerdict>> DecideAsync(UnitOfWork unit, InviteBatch batch, CancellationToken cancellationToken)
    {
        var open = batch.Lines.Where(line => line.Refusal is null).ToList();
        var usages = open.Count == 0
            ? []
            : await InviteUsage.ReadAsync(
                unit, batch.Inviter.Id, [.. open.Select(line => (line.Match, line.Abuse))], cancellationToken);
        var usageOf = open.Zip(usages).ToDictionary(pair => pair.First.Number, pair => pair.Second);
        var history = await InviterHistory.ReadAsync(unit, batch.Inviter.Id, cancellationToken);
        var inviter = history.With(batch.Inviter, batch.Rights.Kind ?? InviterKind.Member, unit.Now);
        var rights = batch.Rights with { IsFrozen = history.IsFrozen };
        var going = new List<InviteLine>();
        return
        [
            .. batch.Lines.Select(line =>
            {
                if (line.Refusal is { } refusal)
                {
                    return new InviteVerdict(line, Decision<InviteEvent>.Refuse(refusal), []);
                }

                var asked = Ask(line.Draft!, Counting(inviter, going));
                var decision = Decide(batch with { Rights = rights }, line, Counting(usageOf[line.Number], line, going), asked.Count > 0, unit.Now);
                if (decision.Refusal is null)
                {
                    going.Add(line);
                }

                return new InviteVerdict(line, decision, asked);
            }),
        ];
    }

    private List<InviteLine> Lines(IssueInvitesRequest request)
    {
        var now = clock.GetUtcNow();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = new List<InviteLine>();
        foreach (var row in request.Invites!)
        {
            var number = lines.Count + 1;
            var (draft, refusal) = InviteDraft.Read(row!, request, community.Value.DefaultLanguage);
            if (draft is null)
            {
                lines.Add(new InviteLine(number, null, refusal, default, default, [], [], []));
                continue;
            }

            var match = keys.Match(draft.Address);
            var before = seen.TryAdd(Convert.ToHexString(match), number) ? null : InviteRefusals.ContactDuplicate(seen[Convert.ToHexString(match)]);
            lines.Add(new InviteLine(
                number, draft, before, new(Guid.CreateVersion7(now)), new(Guid.CreateVersion7(now)), match, keys.Abuse(draft.Address), []));
        }

        return lines;
    }

    private async Task<RoomOffers?> RoomsAsync(AccountId inviter, List<InviteLine> lines, CancellationToken cancellationToken) =>
        lines.Any(line => line.Draft is { Rooms.Count: > 0 }) ? await directory.RoomsAsync(inviter, cancellationToken) : null;

    /// <summary>Which of the organisations a contact is in already: looked up only where the inviter may list the members.</summary>
    private async Task<IReadOnlyList<InviteLine>> WithMembershipsAsync(
        Person inviter, List<InviteLine> lines, List<Organization> organizations, CancellationToken cancellationToken)
    {
        var listable = organizations
            .Where(organization => InviteRules.MayListMembers(inviter, organization, directoryOptions.Value))
            .Select(organization => organization.Alias)
            .ToHashSet(StringComparer.Ordinal);
        var memberOf = new ConcurrentDictionary<int, IReadOnlyList<string>>();
        await Parallel.ForEachAsync(
            lines.Where(line => line.Refusal is null && line.Draft!.Organizations.Any(listable.Contains)),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (line, ct) =>
            {
                var account = await identityProvider.FindByAddressAsync(line.Draft!.Address, ct);
                memberOf[line.Number] = account is { AddressVerified: true } ? [.. account.Organizations.Where(listable.Contains)] : [];
            });
        return [.. lines.Select(line => memberOf.TryGetValue(line.Number, out var held) ? line with { MemberOf = held } : line)];
    }

    /// <summary>The rows of this request that go out before count too.</summary>
    private static InviteUsage Counting(InviteUsage stored, InviteLine line, List<InviteLine> going)
    {
        var sameMailbox = going.Count(other => other.Abuse.AsSpan().SequenceEqual(line.Abuse));
        return stored with
        {
            OpenInvites = stored.OpenInvites + going.Count,
            IssuedLastDay = stored.IssuedLastDay + going.Count,
            RecipientLastDay = stored.RecipientLastDay + sameMailbox,
            RecipientEver = stored.RecipientEver + sameMailbox,
        };
    }

    private static InviterFacts Counting(InviterFacts stored, List<InviteLine> going) => stored with
    {
        OpenInvites = stored.OpenInvites + going.Count,
        IssuedLastDay = stored.IssuedLastDay + going.Count,
        IssuedLastWeek = stored.IssuedLastWeek + going.Count,
    };

    private IReadOnlyList<ApprovalRequirement> Ask(InviteDraft draft, InviterFacts inviter) => ApprovalRules.Ask(
        approvals.Value.Rules,
        ApprovalSubject.Invite,
        new ApprovalFacts(inviter, draft.Address.Domain, "email", draft.Memberships, draft.Rooms));

    private Decision<InviteEvent> Decide(InviteBatch batch, InviteLine line, InviteUsage usage, bool awaitingApproval, DateTimeOffset now)
    {
        var draft = line.Draft!;
        var facts = usage.ToFacts(batch.Rights) with
        {
            OwnContact = line.Match.AsSpan().SequenceEqual(batch.OwnKey),
            MemberOf = line.MemberOf.ToHashSet(StringComparer.Ordinal),
        };
        return InviteDecider.Decide(
            Invite.Initial,
            new IssueInvite(
                line.Id,
                batch.Inviter.Id,
                line.ContactId,
                draft.Memberships,
                draft.Rooms,
                draft.Language,
                facts,
                policy.Value,
                awaitingApproval,
                draft.RemindInviter,
                draft.RemindInvitee),
            now);
    }
}

/// <summary>A request that was read.</summary>
/// <param name="Organizations">Those that its rows name.</param>
/// <param name="OwnKey">Match key of the inviter's own address; empty where there is none.</param>
internal sealed record InviteBatch(
    Person Inviter, IReadOnlyList<InviteLine> Lines, InviteRights Rights, IReadOnlyList<Organization> Organizations, byte[] OwnKey);

/// <summary>One row of it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Draft">Null when it can't be read.</param>
/// <param name="Refusal">What is known to speak against it before the database was asked.</param>
/// <param name="MemberOf">Organisations that the contact is in already.</param>
internal sealed record InviteLine(
    int Number, InviteDraft? Draft, Refusal? Refusal, InviteId Id, ContactId ContactId, byte[] Match, byte[] Abuse, IReadOnlyList<string> MemberOf);

/// <param name="Approvals">What people have to decide before it is sent.</param>
internal sealed record InviteVerdict(InviteLine Line, Decision<InviteEvent> Decision, IReadOnlyList<ApprovalRequirement> Approvals);
