using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Web;

namespace Companion.Journey.Invites;

/// <summary>Reads invites for their inviter, and for moderators those of anyone.</summary>
internal sealed class ListInvites(
    NpgsqlDataSource dataSource, InviterDirectory directory, IOnboarding onboarding, IOptions<InvitePolicy> policy, TimeProvider clock)
{
    public const int MaxLimit = 100;

    public const int DefaultLimit = 50;

    /// <summary>The one place that says what an invite's state is called.</summary>
    private const string Columns =
        """
        select s.data, c.address, c.message, c.note, d.contact_id, state.word, o.opened_at, d.issued_at, case when @moderator then c.answers end, w.text
        from companion.invite_details d
        join events.mt_doc_invite s on s.id = d.invite_id
        left join companion.contact c on c.contact_id = d.contact_id
        left join companion.invite_opening o on o.invite_id = d.invite_id
        left join companion.onboarding_details nd on nd.invite_id = d.invite_id and nd.kind = 'newcomer'
        left join companion.approval_details ad on ad.invite_id = d.invite_id and ad.subject = 'invite'
        left join events.mt_doc_approval a on a.id = ad.approval_id
        left join companion.approval_note w on w.approval_id = ad.approval_id
          and w.number = (case ad.status when 'open' then a.data ->> 'OpenQuestion' when 'refused' then a.data ->> 'Reason' end)::int
        cross join lateral (select case
          when d.status = 'claimed' then 'registering'
          when d.status = 'awaiting_approval' and d.expires_at <= @now then 'expired'
          when d.status = 'redeemed' and nd.status in ('awaiting_approval', 'denied') then nd.status
          when d.status <> 'issued' then d.status
          when d.expires_at <= @now then 'expired'
          when d.delivery = 'failed' then 'delivery_failed'
          when o.opened_at is not null then 'opened'
          when d.delivery = 'sent' then 'sent'
          when d.delivery = 'unknown' then 'delivery_unknown'
          else 'issued' end as word) state
        """;

    private const string Page =
        """
        (d.issued_at, d.invite_id) < (@before_at, @before_id)
          and (@status is null or state.word = @status)
          and (@search is null or strpos(lower(c.address), lower(@search)) > 0)
        order by d.issued_at desc, d.invite_id desc
        limit @limit
        """;

    /// <summary>What many addresses hold is found among the newest invites at once, what few hold by the index over parts of them.</summary>
    private const string Newest =
        """
        d.issued_at >= coalesce((
          select n.issued_at from companion.invite_details n where (n.issued_at, n.invite_id) < (@before_at, @before_id)
          order by n.issued_at desc, n.invite_id desc offset 1000 limit 1), '-infinity')
        """;

    // Arrays are read before anything else: among so many joins the planner would come to them last.
    private const string Indexed =
        """
        d.invite_id = any (array(
          select i.invite_id from companion.contact f join companion.invite_details i on i.contact_id = f.contact_id
          where companion.parts(lower(f.address)) @> companion.longest_parts(lower(@search)) and strpos(lower(f.address), lower(@search)) > 0))
        """;

    private const string OfOne = $"{Columns} where d.inviter = @inviter and {Page}";

    public async Task<Outcome<InvitePage>> RunAsync(InviteQuery query, CancellationToken cancellationToken)
    {
        if (Obstacle(query) is { } refusal)
        {
            return refusal;
        }

        if ((query.Cursor is null ? InviteCursor.Start : InviteCursor.Parse(query.Cursor)) is not { } before)
        {
            return new Refusal("cursor_malformed", "This page can't be found any more; start with the first.", "cursor");
        }

        var search = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search.Trim();
        var rows = query.Inviter is not null ? await ReadAsync(OfOne)
            : search is null ? await ReadAsync(OfAll("true"))
            : await ReadAsync(OfAll(Newest)) is { } newest && newest.Count > query.Limit ? newest
            : await ReadAsync(OfAll(Indexed));
        var views = await ShowAsync([.. rows.Take(query.Limit).Select(row => row.Record)], cancellationToken);
        var next = rows.Count > query.Limit ? new InviteCursor(rows[query.Limit - 1].IssuedAt, views[^1].Id).ToString() : null;
        return new InvitePage(views, next);

        string OfAll(string where) => $"{Columns} where {where} and {Stored(query.Status)} and {Page}";

        Task<List<(InviteRecord Record, DateTimeOffset IssuedAt)>> ReadAsync(string sql) => dataSource.QueryAsync(
            sql,
            reader => (Read(reader), reader.GetFieldValue<DateTimeOffset>(7)),
            [
                Param.Text("inviter", query.Inviter?.Value),
                Param.Bool("moderator", query.IsModerator),
                Param.Time("before_at", before.IssuedAt),
                Param.Uuid("before_id", before.InviteId.Value),
                Param.Text("status", query.Status),
                Param.Text("search", search),
                Param.Time("now", clock.GetUtcNow()),
                Param.Int("limit", query.Limit + 1),
            ],
            cancellationToken);
    }

    /// <summary>What of a state an index knows, so that one that few have is found as fast as any.</summary>
    private static string Stored(string? status) => status switch
    {
        "issued" or "sent" or "opened" => "d.status = 'issued'",
        "delivery_failed" => "d.status = 'issued' and d.delivery = 'failed'",
        "delivery_unknown" => "d.status = 'issued' and d.delivery = 'unknown'",
        "registering" => "d.status = 'claimed'",
        "redeemed" or "revoked" or "declined" => "d.status = @status",
        "awaiting_approval" or "denied" =>
            """
            d.invite_id in (
              select invite_id from companion.invite_details where status = @status
              union all select invite_id from companion.onboarding_details where status = @status and kind = 'newcomer')
            """,
        _ => "true",
    };

    /// <returns>Null where there is none that the caller may see.</returns>
    public async Task<InviteView?> FindAsync(InviteId invite, Caller caller, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            $"{Columns} where d.invite_id = @invite_id and (@moderator or d.inviter = @caller)",
            Read,
            [
                Param.Uuid("invite_id", invite.Value),
                Param.Bool("moderator", caller.IsModerator),
                Param.Text("caller", caller.Account.Value),
                Param.Time("now", clock.GetUtcNow()),
            ],
            cancellationToken);
        return (await ShowAsync(rows, cancellationToken)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<InviteView>> ShowAsync(IReadOnlyList<InviteRecord> records, CancellationToken cancellationToken)
    {
        var names = await directory.NamesAsync(records.SelectMany(record => record.Invite.Memberships), cancellationToken);
        var rooms = await onboarding.RoomsAsync(
            records.Where(record => record.Invite.Account is not null).Select(record => new InviteId(record.Invite.Id)), cancellationToken);
        return [.. records.Select(record => InviteView.Of(
            record, rooms.GetValueOrDefault(new InviteId(record.Invite.Id)), policy.Value, names, directory.NameOf))];
    }

    private static Refusal? Obstacle(InviteQuery query) =>
        query.Status is not null && !InviteView.Statuses.Contains(query.Status, StringComparer.Ordinal)
            ? new Refusal("status_unknown", $"Choose one of these states: {string.Join(", ", InviteView.Statuses)}.", "status")
        : query.Limit is < 1 or > MaxLimit
            ? new Refusal("limit_out_of_range", $"Ask for 1 to {MaxLimit} invitations at once.", "limit")
        : null;

    private static InviteRecord Read(NpgsqlDataReader reader) => new(
        InviteStream.Type.ReadState(reader.GetFieldValue<byte[]>(0)),
        reader.IsDBNull(1)
            ? null
            : new Contact(new ContactId(reader.GetGuid(4)), EmailAddress.FromStored(reader.GetString(1)), reader.NullableText(2), reader.NullableText(3)),
        reader.IsDBNull(8) ? null : ContactTable.ReadAnswers(reader.GetFieldValue<byte[]>(8)),
        reader.GetString(5),
        reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
        reader.NullableText(9));
}

/// <summary>Which invites are asked for.</summary>
/// <param name="Inviter">Whose; null for everybody's.</param>
/// <param name="Status">One of <see cref="InviteView.Statuses"/>; null for any.</param>
/// <param name="Search">Part of the address; null for any.</param>
/// <param name="Limit">1 to <see cref="ListInvites.MaxLimit"/>.</param>
/// <param name="IsModerator">Whether a moderator asks.</param>
internal sealed record InviteQuery(AccountId? Inviter, string? Status, string? Search, string? Cursor, int Limit, bool IsModerator);
