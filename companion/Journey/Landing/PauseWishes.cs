namespace Companion.Journey.Landing;

/// <summary>Table companion.pause_wish: invitees who want to hear when it goes on.</summary>
internal sealed class PauseWishes(NpgsqlDataSource dataSource)
{
    /// <summary>Once for each invite and pause; nothing where it is not paused any more.</summary>
    public Task AddAsync(InviteId invite, DateTimeOffset now, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        """
        insert into companion.pause_wish (invite_id, wished_at)
        select @invite_id, @now from events.mt_doc_pause where (data ->> 'IsPaused')::boolean
        on conflict (invite_id) do nothing
        """,
        [Param.Uuid("invite_id", invite.Value), Param.Time("now", now)],
        cancellationToken);

    public async Task<bool> ContainsAsync(InviteId invite, CancellationToken cancellationToken) => (await dataSource.QueryAsync(
        "select from companion.pause_wish where invite_id = @invite_id",
        _ => true,
        [Param.Uuid("invite_id", invite.Value)],
        cancellationToken)).Count > 0;

    /// <summary>Takes all of them out, for whoever answers them in the transaction that ends the pause: a wish comes before that, or finds it over.</summary>
    public static async Task<List<InviteId>> TakeAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await unit.ExecuteAsync("lock table companion.pause_wish in share row exclusive mode", [], cancellationToken);
        return await unit.QueryAsync(
            "delete from companion.pause_wish returning invite_id", reader => new InviteId(reader.GetGuid(0)), [], cancellationToken);
    }
}
