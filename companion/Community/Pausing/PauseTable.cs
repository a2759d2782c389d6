namespace Companion.Community.Pausing;

/// <summary>The pause as it is now, with its text: read wherever something is judged, and remembered nowhere.</summary>
internal static class PauseTable
{
    private const string Sql =
        """
        select s.data, t.text
        from (select 1) one
        left join events.mt_doc_pause s on true
        left join companion.pause_text t on true
        """;

    public static async Task<(Pause State, string? Text)> ReadAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(Sql, Read, [], cancellationToken))[0];

    /// <summary>Why nobody may invite or register now; null while it goes on.</summary>
    public static async Task<Refusal?> ObstacleAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken) =>
        Obstacle(await ReadAsync(dataSource, cancellationToken));

    /// <inheritdoc cref="ObstacleAsync(NpgsqlDataSource, CancellationToken)"/>
    public static async Task<Refusal?> ObstacleAsync(UnitOfWork unit, CancellationToken cancellationToken) =>
        Obstacle((await unit.QueryAsync(Sql, Read, [], cancellationToken))[0]);

    /// <summary>Queues what people read from now on.</summary>
    /// <param name="text">Null for nothing.</param>
    public static void Write(UnitOfWork unit, string? text)
    {
        unit.Queue("delete from companion.pause_text");
        if (text is not null)
        {
            unit.Queue(
                "insert into companion.pause_text (text, written_at) values (@text, @now)", Param.Text("text", text), Param.Time("now", unit.Now));
        }
    }

    private static Refusal? Obstacle((Pause State, string? Text) pause) => pause.State.IsPaused ? PauseRefusals.Paused(pause.Text) : null;

    private static (Pause State, string? Text) Read(NpgsqlDataReader reader) =>
        (reader.IsDBNull(0) ? Pause.Initial : PauseStream.Type.ReadState(reader.GetFieldValue<byte[]>(0)), reader.NullableText(1));
}
