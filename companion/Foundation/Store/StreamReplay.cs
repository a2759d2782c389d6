using Companion.Community.Timeline;

namespace Companion.Foundation.Store;

internal sealed class StreamReplay<TState, TEvent>(AggregateType<TState, TEvent> type) : IStreamReplay
    where TState : class
    where TEvent : class
{
    private TState _state = type.Initial;

    public TimelineEntry? Apply(string alias, byte[] data)
    {
        var @event = type.Read(alias, data);
        _state = type.Evolve(_state, @event);
        return type.Describe(_state, @event);
    }

    public IEnumerable<Statement> Replace(Guid streamId, long version, DateTimeOffset now)
    {
        yield return new Statement($"delete from {type.SnapshotTable} where id = @id", [Param.Uuid("id", streamId)]);
        yield return StreamSql.Snapshot(type, streamId, _state, version, now);
        if (type.ForgetDetails?.Invoke(streamId) is { } forget)
        {
            yield return forget;
        }

        foreach (var details in type.Details(_state))
        {
            yield return details;
        }
    }
}
