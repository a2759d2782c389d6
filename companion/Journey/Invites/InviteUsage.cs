using System.Buffers.Binary;
using Companion.Community.Directory;

namespace Companion.Journey.Invites;

/// <summary>How much an inviter and a recipient have had, as the quotas count it.</summary>
internal sealed record InviteUsage(int OpenInvites, int IssuedLastDay, bool ContactHasOpenInvite, int RecipientLastDay, int RecipientEver)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private const long MailboxLocks = 0x6d61696c_00000000;

    /// <summary>Reads the facts about all rows in one round trip; until the transaction ends nobody else can use up the same quotas.</summary>
    /// <param name="recipients">Match key and abuse key of each row.</param>
    /// <returns>One per recipient, in their order.</returns>
    public static Task<List<InviteUsage>> ReadAsync(
        UnitOfWork unit, AccountId inviter, IReadOnlyList<(byte[] Match, byte[] Abuse)> recipients, CancellationToken cancellationToken) =>
        unit.QueryLockedAsync(
            [LockOf(inviter), .. recipients.Select(recipient => LockOf(recipient.Abuse))],
            """
            select own.open, own.last_day,
              exists (select from companion.invite_details d where d.match_key = r.match_key and d.is_open),
              mailbox.last_day, mailbox.ever
            from unnest(@match_keys::bytea[], @abuse_keys::bytea[]) with ordinality as r (match_key, abuse_key, row)
            cross join (
              select
                (select count(*) from companion.invite_details where inviter = @inviter and is_open)::int as open,
                (select count(*) from companion.invite_details where inviter = @inviter and issued_at > @day_ago)::int as last_day) own
            cross join lateral (
              select (count(*) filter (where c.created_at > @day_ago))::int as last_day, count(*)::int as ever
              from companion.contact c where c.abuse_key = r.abuse_key) mailbox
            order by r.row
            """,
            reader => new InviteUsage(reader.GetInt32(0), reader.GetInt32(1), reader.GetBoolean(2), reader.GetInt32(3), reader.GetInt32(4)),
            [
                Param.Text("inviter", inviter.Value),
                Param.Time("day_ago", unit.Now - Day),
                Param.BytesList("match_keys", [.. recipients.Select(recipient => recipient.Match)]),
                Param.BytesList("abuse_keys", [.. recipients.Select(recipient => recipient.Abuse)]),
            ],
            cancellationToken);

    /// <summary>The facts about an invite that exists and is not counted itself.</summary>
    public static async Task<InviteUsage> ReadAsync(UnitOfWork unit, Invite invite, CancellationToken cancellationToken)
    {
        var rows = await unit.QueryLockedAsync(
            [LockOf(invite.Inviter)],
            """
            select
              (select count(*) from companion.invite_details where inviter = @inviter and is_open and invite_id <> @invite_id)::int,
              (select count(*) from companion.invite_details where inviter = @inviter and issued_at > @day_ago and invite_id <> @invite_id)::int,
              exists (
                select from companion.invite_details own
                join companion.invite_details d on d.match_key = own.match_key and d.is_open and d.invite_id <> own.invite_id
                where own.invite_id = @invite_id)
            """,
            reader => new InviteUsage(reader.GetInt32(0), reader.GetInt32(1), reader.GetBoolean(2), 0, 0),
            [
                Param.Text("inviter", invite.Inviter.Value),
                Param.Uuid("invite_id", invite.Id),
                Param.Time("day_ago", unit.Now - Day),
            ],
            cancellationToken);
        return rows[0];
    }

    /// <summary>What an inviter has used up, for showing.</summary>
    public static async Task<InviteUsage> ReadAsync(
        NpgsqlDataSource dataSource, AccountId inviter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            """
            select (count(*) filter (where is_open))::int, (count(*) filter (where issued_at > @day_ago))::int
            from companion.invite_details where inviter = @inviter and (is_open or issued_at > @day_ago)
            """,
            reader => new InviteUsage(reader.GetInt32(0), reader.GetInt32(1), false, 0, 0),
            [Param.Text("inviter", inviter.Value), Param.Time("day_ago", now - Day)],
            cancellationToken);
        return rows[0];
    }

    /// <summary>As far as counting goes: that the contact is the inviter's own or in an organisation already is for the caller to add.</summary>
    public InviteFacts ToFacts(InviteRights rights) => new(
        OwnContact: false, ContactHasOpenInvite, OpenInvites, IssuedLastDay, RecipientLastDay, RecipientEver, rights, new HashSet<string>());

    /// <summary>Mailboxes share a limited number of locks: PostgreSQL has room for some thousands in all.</summary>
    private static long LockOf(byte[] abuseKey) => MailboxLocks + (BinaryPrimitives.ReadUInt16BigEndian(abuseKey) % 256);

    private static long LockOf(AccountId inviter) => AdvisoryLock.Of($"inviter\n{inviter.Value}");
}
