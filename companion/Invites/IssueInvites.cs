using System.Globalization;
using Companion.Contacts;
using Companion.Decisions;
using Companion.Directory;
using Companion.EventStore;
using Companion.Hosting;
using Microsoft.Extensions.Options;

namespace Companion.Invites;

/// <summary>Issues invites row by row: a refused row stops no other, and all that are issued are stored in one transaction.</summary>
internal sealed class IssueInvites(
    Transactions transactions,
    InviterDirectory directory,
    ContactKeys keys,
    RepeatableRequests repeatable,
    IOptions<InvitePolicy> policy,
    IOptions<DirectoryOptions> directoryOptions,
    IOptions<CommunityOptions> community,
    TimeProvider clock)
{
    private const string Scope = "invites";

    /// <summary>Whole-request refusals: rows_missing, rows_too_many, inviter_gone.</summary>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read; nothing was stored.</exception>
    public async Task<Outcome<IssueInvitesAnswer>> RunAsync(
        AccountId inviter, IssueInvitesRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (RequestObstacle(request) is { } refusal)
        {
            return refusal;
        }

        var rows = Prepare(request);
        var person = await directory.FindAsync(inviter, cancellationToken);
        if (person is not { Enabled: true })
        {
            return InviteRefusals.CannotInvite;
        }

        var namesRooms = rows.Any(row => row.Draft is { Rooms.Count: > 0 });
        var rooms = namesRooms ? await directory.RoomsAsync(inviter, cancellationToken) : [];
        var rights = InviteRights.Of(person, directoryOptions.Value, rooms ?? []);
        if (rooms is null)
        {
            rows = [.. rows.Select(row => row.Draft is { Rooms.Count: > 0 } ? row with { Refusal = InviteRefusals.RoomsUnavailable } : row)];
        }

        var ownKey = EmailAddress.TryParse(person.Address?.Value, out var own) ? keys.Match(own) : [];
        return await transactions.RunAsync(
            (unit, ct) => repeatable.OnceAsync(
                unit,
                $"{Scope}:{inviter}",
                idempotencyKey,
                request,
                InviteApiJson.Default.IssueInvitesRequest,
                InviteApiJson.Default.IssueInvitesAnswer,
                () => IssueAsync(unit, inviter, rows, rights, ownKey, ct),
                ct),
            cancellationToken);
    }

    private static Refusal? RequestObstacle(IssueInvitesRequest request) => request.Invites switch
    {
        null or [] => new Refusal("rows_missing", "Name at least one person to invite.", "invites"),
        { Count: > IssueInvitesRequest.MaxRows } => new Refusal(
            "rows_too_many",
            string.Create(CultureInfo.InvariantCulture, $"Invite at most {IssueInvitesRequest.MaxRows} people at once."),
            "invites"),
        var rows when rows.Contains(null) => Problems.Malformed("invites"),
        _ => null,
    };

    /// <summary>All that can be done before the database is asked.</summary>
    private List<PreparedRow> Prepare(IssueInvitesRequest request)
    {
        var now = clock.GetUtcNow();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var prepared = new List<PreparedRow>();
        foreach (var row in request.Invites!)
        {
            var number = prepared.Count + 1;
            var draft = InviteDraft.Read(row!, request, community.Value.DefaultLanguage);
            if (draft.Value is not { } value)
            {
                prepared.Add(new PreparedRow(number, null, draft.Refusal, default, default, [], []));
                continue;
            }

            var (match, abuse) = (keys.Match(value.Address), keys.Abuse(value.Address));
            var refusal = seen.TryAdd(Convert.ToHexString(match), number) ? null : Duplicate(seen[Convert.ToHexString(match)]);
            prepared.Add(new PreparedRow(number, value, refusal, new(Guid.CreateVersion7(now)), new(Guid.CreateVersion7(now)), match, abuse));
        }

        return prepared;
    }

    private async Task<Outcome<IssueInvitesAnswer>> IssueAsync(
        UnitOfWork unit, AccountId inviter, List<PreparedRow> rows, InviteRights rights, byte[] ownKey, CancellationToken cancellationToken)
    {
        var open = rows.Where(row => row.Refusal is null).ToList();
        var usages = open.Count == 0
            ? []
            : await InviteUsage.ReadAsync(unit, inviter, [.. open.Select(row => (row.Match, row.Abuse))], cancellationToken);
        var usageOf = open.Zip(usages).ToDictionary(pair => pair.First.Number, pair => pair.Second);
        var issued = new List<PreparedRow>();
        var answers = rows.Select(row =>
        {
            var refusal = row.Refusal ?? Issue(unit, inviter, row, Counting(usageOf[row.Number], row, issued), rights, ownKey);
            if (refusal is null)
            {
                issued.Add(row);
            }

            return refusal is null
                ? new InviteRowAnswer(row.Number, "issued", row.Id, unit.Now + policy.Value.Lifetime, null, null, null)
                : new InviteRowAnswer(row.Number, "refused", null, null, refusal.Code, refusal.Message, refusal.Field);
        });
        return new IssueInvitesAnswer([.. answers]);
    }

    /// <summary>The rows of this request that were issued before count too.</summary>
    private static InviteUsage Counting(InviteUsage stored, PreparedRow row, List<PreparedRow> issued)
    {
        var sameMailbox = issued.Count(other => other.Abuse.AsSpan().SequenceEqual(row.Abuse));
        return stored with
        {
            OpenInvites = stored.OpenInvites + issued.Count,
            IssuedLastDay = stored.IssuedLastDay + issued.Count,
            RecipientLastDay = stored.RecipientLastDay + sameMailbox,
            RecipientEver = stored.RecipientEver + sameMailbox,
        };
    }

    private Refusal? Issue(
        UnitOfWork unit, AccountId inviter, PreparedRow row, InviteUsage usage, InviteRights rights, byte[] ownKey)
    {
        var draft = row.Draft!;
        var facts = usage.ToFacts(inviterEnabled: true, row.Match.AsSpan().SequenceEqual(ownKey), rights);
        var decision = InviteDecider.Decide(
            Invite.Initial,
            new IssueInvite(row.Id, inviter, row.ContactId, draft.Memberships, draft.Rooms, draft.Language, facts, policy.Value),
            unit.Now);
        if (decision.Refusal is null)
        {
            ContactTable.Add(unit, new Contact(row.ContactId, draft.Address, draft.Message), row.Match, row.Abuse);
            unit.Append(InviteStream.Type, new Loaded<Invite>(row.Id.Value, Invite.Initial, 0), decision.Events);
        }

        return decision.Refusal;
    }

    private static Refusal Duplicate(int row) => new(
        "contact_duplicate", string.Create(CultureInfo.InvariantCulture, $"This address is in row {row} already."), "contact");

    private sealed record PreparedRow(int Number, InviteDraft? Draft, Refusal? Refusal, InviteId Id, ContactId ContactId, byte[] Match, byte[] Abuse);
}
