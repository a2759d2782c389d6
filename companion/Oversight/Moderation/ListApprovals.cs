using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Journey.Invites;

namespace Companion.Oversight.Moderation;

/// <summary>The moderators' queue: what waits, oldest first, and what was decided, newest first.</summary>
internal sealed class ListApprovals(
    NpgsqlDataSource dataSource,
    ApprovalNotes notes,
    InviterDirectory directory,
    IOptions<ApprovalOptions> options,
    IOptions<CommunityOptions> community,
    TimeProvider clock)
{
    public const int MaxLimit = 100;

    public const int DefaultLimit = 50;

    private const string Columns =
        """
        select a.data, i.data, c.address, c.note, c.answers,
          (select count(*) from companion.approval_details e where e.inviter = d.inviter and e.approval_id <> d.approval_id and e.status = 'granted')::int,
          (select count(*) from companion.approval_details e where e.inviter = d.inviter and e.approval_id <> d.approval_id and e.status = 'refused')::int,
          coalesce(d.ended_at, d.requested_at)
        from companion.approval_details d
        join events.mt_doc_approval a on a.id = d.approval_id
        join events.mt_doc_invite i on i.id = d.invite_id
        left join companion.invite_details v on v.invite_id = d.invite_id
        left join companion.contact c on c.contact_id = v.contact_id
        """;

    private const string Waiting =
        $"""
        {Columns}
        where d.status = 'open' and (@at is null or (d.requested_at, d.approval_id) > (@at, @id))
        order by d.requested_at, d.approval_id
        limit @limit
        """;

    private const string Decided =
        $"""
        {Columns}
        where d.status <> 'open' and (@at is null or (d.ended_at, d.approval_id) < (@at, @id))
        order by d.ended_at desc, d.approval_id desc
        limit @limit
        """;

    public async Task<Outcome<ApprovalPage>> RunAsync(
        AccountId caller, bool decided, string? cursor, int limit, string? language, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new Refusal("limit_out_of_range", $"Ask for 1 to {MaxLimit} cases at once.", "limit");
        }

        InviteCursor? from = null;
        if (cursor is not null && (from = InviteCursor.Parse(cursor)) is null)
        {
            return new Refusal("cursor_malformed", "This page can't be found any more; start with the first.", "cursor");
        }

        var rows = await dataSource.QueryAsync(
            decided ? Decided : Waiting,
            Read,
            [
                Param.Time("at", from?.IssuedAt),
                Param.Uuid("id", from?.InviteId.Value),
                Param.Int("limit", limit + 1),
            ],
            cancellationToken);
        var shown = rows.Take(limit).ToList();
        var next = rows.Count > limit ? new InviteCursor(shown[^1].Position, new InviteId(shown[^1].State.Id)).ToString() : null;
        var (open, last) = await CountAsync(cancellationToken);
        return new ApprovalPage(await ShowAsync(shown, caller, language, cancellationToken), next, open, last);
    }

    /// <returns>Null where there is no such case.</returns>
    public async Task<ApprovalView?> FindAsync(ApprovalId id, AccountId caller, string? language, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync($"{Columns} where d.approval_id = @id", Read, [Param.Uuid("id", id.Value)], cancellationToken);
        return (await ShowAsync(rows, caller, language, cancellationToken)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<ApprovalView>> ShowAsync(
        IReadOnlyList<Row> rows, AccountId caller, string? language, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var texts = await notes.OfAsync(rows.Select(row => row.State.Id), cancellationToken);
        var histories = await InviterHistory.ReadAsync(dataSource, rows.Select(row => row.State.Inviter).ToHashSet(), now, cancellationToken);
        var names = await directory.NamesAsync(rows.SelectMany(row => row.Invite.Memberships), cancellationToken);
        var people = await PeopleAsync(rows, texts, caller, cancellationToken);
        var approver = new Approver(caller, people.GetValueOrDefault(caller)?.Groups.ToHashSet(StringComparer.Ordinal) ?? []);
        return [.. rows.Select(row => Show(row, [.. texts[row.State.Id]]))];

        ApprovalView Show(Row row, IReadOnlyList<ApprovalNote> written)
        {
            var state = row.State;
            var history = histories[state.Inviter];
            var inviter = people.GetValueOrDefault(state.Inviter);
            return new ApprovalView(
                new ApprovalId(state.Id),
                JsonNamingPolicy.SnakeCaseLower.ConvertName(state.Subject.ToString()),
                JsonNamingPolicy.SnakeCaseLower.ConvertName(state.Status.ToString()),
                state.InviteId,
                state.Account is { } newcomer ? Named(newcomer) : null,
                new ApprovalInviter(
                    state.Inviter,
                    inviter?.DisplayName,
                    inviter?.CreatedAt,
                    history.Standing.Good,
                    history.Standing.Bad,
                    history.OpenInvites,
                    history.Depth,
                    history.IsFlagged),
                row.Contact,
                [.. row.Invite.Memberships.Select(names.Show)],
                [.. row.Invite.Rooms.Select(room => new InviteRoom(room, directory.NameOf(room), null))],
                row.Note,
                row.Answers,
                [.. state.Requirements.Select(requirement => Requirement(requirement, state.Votes))],
                [.. state.Votes.Select(vote => new ApprovalVoteView(Named(vote.By), vote.Approve, TextOf(vote.Note), vote.At))],
                [.. written.Where(note => state.Votes.All(vote => vote.Note != note.Number)).Select(note => new ApprovalQuestionView(
                    note.Author is { } author ? Named(author) : null, note.Text, note.At))],
                state.Hold is { } hold && now < hold.Until ? new ApprovalHold(Named(hold.By), hold.Until) : null,
                state.RequestedAt,
                state.NextDeadline,
                state.EndedAt,
                ApprovalDecider.Obstacle(state, approver, now)?.Code,
                new EarlierDecisions(row.Granted, row.Refused));

            string? TextOf(int? number) => written.FirstOrDefault(note => note.Number == number)?.Text;
        }

        ApprovalPerson Named(AccountId account) => new(account, people.GetValueOrDefault(account)?.DisplayName);

        ApprovalRequirementView Requirement(RequirementProgress requirement, IReadOnlyList<Vote> votes) => new(
            requirement.Asked.Rule,
            options.Value.SentenceOf(requirement.Asked.Rule, language ?? community.Value.DefaultLanguage),
            requirement.Approvers,
            requirement.Asked.Needed,
            requirement.Asked.Panel,
            votes.Count(vote => vote.Approve && vote.Rules.Contains(requirement.Asked.Rule)),
            votes.Count(vote => !vote.Approve && vote.Rules.Contains(requirement.Asked.Rule)),
            requirement.IsMet(votes));
    }

    /// <summary>Everybody whose name is shown; who can't be read now stays without one.</summary>
    private async Task<Dictionary<AccountId, Person>> PeopleAsync(
        IReadOnlyList<Row> rows, ILookup<Guid, ApprovalNote> texts, AccountId caller, CancellationToken cancellationToken)
    {
        var accounts = rows
            .SelectMany(row => row.State.Votes.Select(vote => vote.By)
                .Concat(texts[row.State.Id].Select(note => note.Author).OfType<AccountId>())
                .Append(row.State.Inviter)
                .Concat(row.State.Account is { } account ? [account] : [])
                .Concat(row.State.Hold is { } hold ? [hold.By] : []))
            .Append(caller)
            .Distinct();
        return await directory.FindAsync(accounts, cancellationToken);
    }

    private async Task<(int Open, DateTimeOffset? Last)> CountAsync(CancellationToken cancellationToken) => (await dataSource.QueryAsync(
        "select (count(*) filter (where status = 'open'))::int, max(ended_at) from companion.approval_details",
        reader => (reader.GetInt32(0), reader.IsDBNull(1) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(1)),
        [],
        cancellationToken))[0];

    private static Row Read(NpgsqlDataReader reader) => new(
        ApprovalStream.Type.ReadState(reader.GetFieldValue<byte[]>(0)),
        InviteStream.Type.ReadState(reader.GetFieldValue<byte[]>(1)),
        reader.NullableText(2),
        reader.NullableText(3),
        reader.IsDBNull(4) ? null : ContactTable.ReadAnswers(reader.GetFieldValue<byte[]>(4)),
        reader.GetInt32(5),
        reader.GetInt32(6),
        reader.GetFieldValue<DateTimeOffset>(7));

    private sealed record Row(
        Approval State,
        Invite Invite,
        string? Contact,
        string? Note,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Answers,
        int Granted,
        int Refused,
        DateTimeOffset Position);
}
