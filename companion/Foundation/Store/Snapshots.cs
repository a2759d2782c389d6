namespace Companion.Foundation.Store;

/// <summary>Reads of a stream's state outside a unit of work: for answers that change nothing, and to know whom to ask before a transaction.</summary>
internal static class Snapshots
{
    /// <returns>The initial state when there is no such stream.</returns>
    public static async Task<TState> ReadAsync<TState, TEvent>(
        this NpgsqlDataSource dataSource, AggregateType<TState, TEvent> type, Guid streamId, CancellationToken cancellationToken)
        where TState : class
        where TEvent : class
    {
        var rows = await dataSource.QueryAsync(
            $"select data from {type.SnapshotTable} where id = @id",
            reader => type.ReadState(reader.GetFieldValue<byte[]>(0)),
            [Param.Uuid("id", streamId)],
            cancellationToken);
        return rows.SingleOrDefault() ?? type.Initial;
    }
}
