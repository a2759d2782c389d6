namespace Companion.Foundation.Store;

/// <summary>What readiness and the doctor both look at.</summary>
internal static class DatabaseProbe
{
    /// <returns>The settings that decide whether a commit outlives a crash, as this role has them.</returns>
    public static async Task<(string SynchronousCommit, string Fsync)> DurabilityAsync(this NpgsqlDataSource dataSource, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            "select current_setting('synchronous_commit'), current_setting('fsync')",
            reader => (reader.GetString(0), reader.GetString(1)),
            [],
            cancellationToken))[0];

    /// <summary>Writes where nobody reads: a full disk, a standby or a role without rights is seen before a request meets it.</summary>
    public static Task ProbeWriteAsync(this NpgsqlDataSource dataSource, CancellationToken cancellationToken) =>
        dataSource.ExecuteAsync("update companion.write_probe set written_at = now()", [], cancellationToken);
}
