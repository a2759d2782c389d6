using Companion.Contacts;
using Companion.Database;
using Companion.Decisions;
using Companion.Directory;
using Companion.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.Invites;

/// <summary>Reads invites for their inviter, and for moderators those of anyone.</summary>
internal sealed class ListInvites(NpgsqlDataSource dataSource, IOptions<InvitePolicy> policy, TimeProvider clock)
{
    public const int MaxLimit = 100;

    public const int DefaultLimit = 50;

    private const string Columns =
        """
        select s.data, c.address, d.issued_at
        from companion.invite_details d
        join events.mt_doc_invite s on s.id = d.invite_id
        left join companion.contact c on c.contact_id = d.contact_id
        """;

    private const string Page =
        """
        (d.issued_at, d.invite_id) < (@before_at, @before_id)
          and (@status is null or @status = case
            when d.status = 'claimed' then 'registering'
            when d.status <> 'issued' then d.status
            when d.expires_at <= @now then 'expired'
            when d.delivery = 'sent' then 'sent'
            when d.delivery = 'failed' then 'delivery_failed'
            when d.delivery = 'unknown' then 'delivery_unknown'
            else 'issued' end)
        order by d.issued_at desc, d.invite_id desc
        limit @limit
        """;

    private const string OfOne = $"{Columns} where d.inviter = @inviter and {Page}";

    private const string OfAll = $"{Columns} where {Page}";

    /// <param name="inviter">Whose; null for everybody's.</param>
    /// <param name="status">One of <see cref="InviteView.Statuses"/>; null for any.</param>
    public async Task<Outcome<InvitePage>> RunAsync(
        AccountId? inviter, string? status, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (Obstacle(status, limit) is { } refusal)
        {
            return refusal;
        }

        if ((cursor is null ? InviteCursor.Start : InviteCursor.Parse(cursor)) is not { } before)
        {
            return new Refusal("cursor_malformed", "This page can't be found any more; start with the first.", "cursor");
        }

        var now = clock.GetUtcNow();
        var rows = await dataSource.QueryAsync(
            inviter is null ? OfAll : OfOne,
            reader => (View: Read(reader, now), IssuedAt: reader.GetFieldValue<DateTimeOffset>(2)),
            [
                Param.Text("inviter", inviter?.Value),
                Param.Time("before_at", before.IssuedAt),
                Param.Uuid("before_id", before.InviteId.Value),
                Param.Text("status", status),
                Param.Time("now", now),
                Param.Int("limit", limit + 1),
            ],
            cancellationToken);
        var next = rows.Count > limit ? new InviteCursor(rows[limit - 1].IssuedAt, rows[limit - 1].View.Id).ToString() : null;
        return new InvitePage([.. rows.Take(limit).Select(row => row.View)], next);
    }

    /// <returns>Null where there is none that the caller may see.</returns>
    public async Task<InviteView?> FindAsync(InviteId invite, Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await dataSource.QueryAsync(
            $"{Columns} where d.invite_id = @invite_id and (@any or d.inviter = @caller)",
            reader => Read(reader, now),
            [
                Param.Uuid("invite_id", invite.Value),
                Param.Bool("any", caller.IsModerator),
                Param.Text("caller", caller.Account.Value),
            ],
            cancellationToken);
        return rows.SingleOrDefault();
    }

    private static Refusal? Obstacle(string? status, int limit) =>
        status is not null && !InviteView.Statuses.Contains(status, StringComparer.Ordinal)
            ? new Refusal("status_unknown", $"Choose one of these states: {string.Join(", ", InviteView.Statuses)}.", "status")
        : limit is < 1 or > MaxLimit ? new Refusal("limit_out_of_range", $"Ask for 1 to {MaxLimit} invitations at once.", "limit")
        : null;

    private InviteView Read(NpgsqlDataReader reader, DateTimeOffset now) => InviteView.Of(
        InviteStream.Type.ReadState(reader.GetFieldValue<byte[]>(0)),
        reader.IsDBNull(1) ? null : EmailAddress.FromStored(reader.GetString(1)),
        policy.Value,
        now);
}
