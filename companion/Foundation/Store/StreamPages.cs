using JasperFx.Events;

namespace Companion.Foundation.Store;

/// <summary>All streams with their events, a page at a time in the order of their ids, so that memory is bounded however many there are.</summary>
internal sealed class StreamPages(IEnumerable<IStreamType> types)
{
    private const int PageSize = 100;

    // Marten itself may have written a stream without a type, to fill gaps in the numbers.
    private const string Sql =
        """
        select id, type, version from events.mt_streams
        where id > @last and type is not null and not is_archived
        order by id limit @limit
        """;

    private const string LockedSql = $"{Sql} for update";

    private readonly Dictionary<string, IStreamType> _types = types.ToDictionary(type => type.Alias, StringComparer.Ordinal);

    /// <summary>Those after this id; none at the end.</summary>
    public Task<IReadOnlyList<StoredStream>> AfterAsync(UnitOfWork unit, Guid last, CancellationToken cancellationToken) =>
        ReadAsync(unit, Sql, last, cancellationToken);

    /// <summary>Those after this id, locked: an append to one of them comes wholly before this or after the transaction.</summary>
    public Task<IReadOnlyList<StoredStream>> LockAfterAsync(UnitOfWork unit, Guid last, CancellationToken cancellationToken) =>
        ReadAsync(unit, LockedSql, last, cancellationToken);

    private async Task<IReadOnlyList<StoredStream>> ReadAsync(UnitOfWork unit, string sql, Guid last, CancellationToken cancellationToken)
    {
        var heads = await unit.QueryAsync(
            sql,
            reader => (Id: reader.GetGuid(0), Alias: reader.GetString(1), Version: reader.GetInt64(2)),
            [Param.Uuid("last", last), Param.Int("limit", PageSize)],
            cancellationToken);
        var events = await unit.EventsAsync([.. heads.Select(head => head.Id)], cancellationToken);
        var byStream = events.ToLookup(stored => stored.StreamId);
        return [.. heads.Select(head => new StoredStream(head.Id, TypeOf(head.Alias), head.Version, [.. byStream[head.Id]]))];
    }

    private IStreamType TypeOf(string alias) => _types.TryGetValue(alias, out var type)
        ? type
        : throw new NewerStoreException($"there are streams of type {alias}");
}

internal sealed record StoredStream(Guid Id, IStreamType Type, long Version, IReadOnlyList<IEvent> Events);
