using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Npgsql;

namespace Companion.Journey.Landing;

/// <summary>
/// When somebody first and last went on from an invitation's page. Shown to inviter and moderators; decides nothing, so it is no event and may be lost.
/// </summary>
internal sealed class InviteOpenings(NpgsqlDataSource dataSource)
{
    public Task RecordAsync(InviteId invite, DateTimeOffset now, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        """
        insert into companion.invite_opening (invite_id, first_opened_at, opened_at) values (@invite_id, @now, @now)
        on conflict (invite_id) do update set opened_at = excluded.opened_at
        """,
        [Param.Uuid("invite_id", invite.Value), Param.Time("now", now)],
        cancellationToken);
}
