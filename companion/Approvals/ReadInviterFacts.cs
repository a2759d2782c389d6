using Companion.Database;
using Companion.Directory;
using Companion.EventStore;
using Companion.Members;

namespace Companion.Approvals;

/// <summary>What rules may look at of an inviter, from the invites and onboardings there were.</summary>
internal static class ReadInviterFacts
{
    /// <summary>Chains that are longer count as this long.</summary>
    private const int MaxDepth = 100;

    /// <param name="inviter">As the identity provider tells.</param>
    /// <param name="kind">The most that the inviter is anywhere.</param>
    public static async Task<InviterFacts> RunAsync(UnitOfWork unit, Person inviter, InviterKind kind, CancellationToken cancellationToken)
    {
        var rows = await unit.QueryAsync(
            """
            with recursive up (account, depth) as (
              select @inviter, 0
              union all
              select d.inviter, up.depth + 1
              from up join companion.invite_details d on d.account = up.account and d.status = 'redeemed'
              where up.depth < @max_depth
            ),
            brought as (
              select n.status in ('denied', 'cancelled') as is_bad
              from companion.invite_details d
              join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer'
              where d.inviter = @inviter and n.status <> 'awaiting_approval'
            )
            select
              (select max(depth) from up),
              (select count(*) filter (where not is_bad) from brought)::int,
              (select count(*) filter (where is_bad) from brought)::int,
              (select count(*) from companion.invite_details where inviter = @inviter and is_open)::int,
              (select count(*) from companion.invite_details where inviter = @inviter and issued_at > @day_ago)::int,
              (select count(*) from companion.invite_details where inviter = @inviter and issued_at > @week_ago)::int
            """,
            reader => (
                Depth: reader.GetInt32(0),
                Standing: new Standing(reader.GetInt32(1), reader.GetInt32(2)),
                Open: reader.GetInt32(3),
                LastDay: reader.GetInt32(4),
                LastWeek: reader.GetInt32(5)),
            [
                Param.Text("inviter", inviter.Id.Value),
                Param.Int("max_depth", MaxDepth),
                Param.Time("day_ago", unit.Now.AddDays(-1)),
                Param.Time("week_ago", unit.Now.AddDays(-7)),
            ],
            cancellationToken);
        var (depth, standing, open, lastDay, lastWeek) = rows[0];
        var member = await unit.LoadAsync(MemberStream.Type, MemberId.Of(inviter.Id).Value, cancellationToken);
        return new InviterFacts(
            unit.Now - inviter.CreatedAt,
            kind,
            inviter.Memberships,
            inviter.Roles,
            standing,
            open,
            lastDay,
            lastWeek,
            depth,
            member.State.IsFlagged);
    }
}
