using Npgsql;

namespace Companion.Foundation.Store;

/// <summary>One event of any stream, as it is stored.</summary>
/// <param name="Sequence">Its place among all.</param>
/// <param name="StreamType">mt_streams.type.</param>
internal sealed record StoredEvent(long Sequence, Guid Id, Guid StreamId, string StreamType, string Type, byte[] Data)
{
    /// <summary>Those after @last, in order.</summary>
    public const string PageSql =
        """
        select e.seq_id, e.id, e.stream_id, s.type, e.type, e.data
        from events.mt_events e join events.mt_streams s on s.id = e.stream_id
        where e.seq_id > @last order by e.seq_id limit @limit
        """;

    private const int PageSize = 500;

    public static Param[] PageAfter(long last) => [Param.Long("last", last), Param.Int("limit", PageSize)];

    public static StoredEvent Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<byte[]>(5));
}
