namespace Companion.Community.Timeline;

/// <summary>
/// Empties the timeline and writes it again from all events, in one transaction that holds up appends until it ends. Entries get new
/// positions: who follows the feed starts from the beginning. Outgoing webhooks go on with what they have not handed over yet.
/// </summary>
internal sealed class RewriteTimeline(Transactions transactions, StreamPages pages, IEnumerable<ITimelineFollower> followers)
{
    /// <param name="progress">Told after each page how many streams are done.</param>
    /// <returns>How many entries were written.</returns>
    public Task<int> RunAsync(Action<int>? progress, CancellationToken cancellationToken) => transactions.RunAsync(
        async (unit, ct) =>
        {
            await TimelineChain.RestartAsync(unit, ct);
            await unit.ExecuteAsync("lock table companion.timeline_entry in access exclusive mode", [], ct);
            List<Func<Task>> returns = [];
            foreach (var follower in followers)
            {
                returns.Add(await follower.LeaveAsync(unit, ct));
            }

            await unit.ExecuteAsync("truncate companion.timeline_entry", [], ct);
            await TellAgainAsync(unit, progress, ct);
            var count = await SortAsync(unit, ct);
            foreach (var goBack in returns)
            {
                await goBack();
            }

            return count;
        },
        cancellationToken);

    private async Task TellAgainAsync(UnitOfWork unit, Action<int>? progress, CancellationToken cancellationToken)
    {
        var (count, last) = (0, Guid.Empty);
        while (await pages.AfterAsync(unit, last, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var statement in page.SelectMany(stream => stream.Type.TellAgain(stream.Events)))
            {
                unit.Queue(statement);
            }

            await unit.FlushAsync(cancellationToken);
            last = page[^1].Id;
            progress?.Invoke(count += page.Count);
        }
    }

    /// <summary>Entries were written stream by stream; their positions follow the order in which the events were appended.</summary>
    private static Task<int> SortAsync(UnitOfWork unit, CancellationToken cancellationToken) => unit.ExecuteLongAsync(
        """
        with told as (
          delete from companion.timeline_entry
          returning id, kind, type, at, actor, account, inviter, invite_id, detail, event_id)
        insert into companion.timeline_entry (kind, type, at, actor, account, inviter, invite_id, detail, event_id)
        select t.kind, t.type, t.at, t.actor, t.account, t.inviter, t.invite_id, t.detail, t.event_id
        from told t join events.mt_events e on e.id = t.event_id
        order by e.seq_id, t.id
        """,
        cancellationToken);
}

/// <summary>Something that keeps a place in the timeline, and has to find it again when the timeline is written again.</summary>
internal interface ITimelineFollower
{
    /// <summary>Takes down its place, before the timeline is emptied.</summary>
    /// <returns>Goes back to that place, in the timeline as it was written again.</returns>
    Task<Func<Task>> LeaveAsync(UnitOfWork unit, CancellationToken cancellationToken);
}
