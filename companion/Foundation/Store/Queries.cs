namespace Companion.Foundation.Store;

/// <summary>Statements outside a unit of work: reads, and writes that stand alone.</summary>
internal static class Queries
{
    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlDataSource dataSource, string sql, Func<NpgsqlDataReader, T> map, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Add(parameters);
        return await command.ReadAllAsync(map, cancellationToken);
    }

    public static async Task<int> ExecuteAsync(
        this NpgsqlDataSource dataSource, string sql, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Add(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static string? NullableText(this NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    internal static void Add(this NpgsqlCommand command, Param[] parameters)
    {
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter.ToParameter());
        }
    }

    internal static async Task<List<T>> ReadAllAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAllAsync(map, cancellationToken);
    }

    internal static async Task<List<T>> ReadAllAsync<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
