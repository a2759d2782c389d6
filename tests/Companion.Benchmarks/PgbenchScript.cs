using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Companion.Benchmarks;

/// <summary>
/// Turns the statements of one request into a pgbench script that runs the very same statements. What is different in each request
/// (ids, hashes, lock keys) gets random digits; everything else stays as it was.
/// </summary>
internal sealed partial class PgbenchScript
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly StringBuilder _body = new();

    public static async Task<string> FromAsync(
        IEnumerable<LoggedStatement> statements, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var script = new PgbenchScript();
        foreach (var statement in statements)
        {
            var types = statement.Values.Count == 0 ? [] : await ParameterTypesAsync(statement.Sql, dataSource, cancellationToken);
            script.Add(statement, types);
        }

        var head = string.Concat(script._variables.Values.Select(variable => $"\\set {variable} random(100000000000, 999999999999)\n"));
        return head + script._body;
    }

    private void Add(LoggedStatement statement, string[] types)
    {
        var sql = Placeholder().Replace(
            statement.Sql,
            match =>
            {
                var index = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1;
                return $"{Expression(statement.Values[index])}::{types[index]}";
            });
        _body.Append(string.Join(' ', sql.Split('\n', StringSplitOptions.TrimEntries))).Append(";\n");
    }

    private string Expression(string? value)
    {
        if (value is null)
        {
            return "null";
        }

        var parts = new List<string>();
        var position = 0;
        foreach (Match match in Fresh().Matches(value))
        {
            var kept = match.Groups["kept"];
            parts.Add(Literal(value[position..(kept.Index + kept.Length)]));
            parts.Add($"lpad(:{Variable(match.Value)}::text, 12, '0')");
            position = match.Index + match.Length;
        }

        parts.Add(Literal(value[position..]));
        return $"({string.Join(" || ", parts)})";
    }

    private string Variable(string value)
    {
        if (!_variables.TryGetValue(value, out var name))
        {
            _variables[value] = name = string.Create(CultureInfo.InvariantCulture, $"v{_variables.Count}");
        }

        return name;
    }

    // A colon followed by a letter would be a variable to pgbench.
    private static string Literal(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal)}'".Replace(":", "'||chr(58)||'", StringComparison.Ordinal);

    private static async Task<string[]> ParameterTypesAsync(string sql, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var prepare = new NpgsqlCommand($"prepare probe as {sql}", connection);
        await prepare.ExecuteNonQueryAsync(cancellationToken);
        await using var types = new NpgsqlCommand("select parameter_types::text[] from pg_prepared_statements where name = 'probe'", connection);
        var result = (string[])(await types.ExecuteScalarAsync(cancellationToken))!;
        await using var forget = new NpgsqlCommand("deallocate probe", connection);
        await forget.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Placeholder();

    // A UUID, a 32-byte hash or a long number; its last twelve digits become random.
    [GeneratedRegex(@"(?<kept>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9a-f]{12}|(?<kept>\\x[0-9a-f]{52})[0-9a-f]{12}|(?<kept>-?\d{2,7})\d{12}")]
    private static partial Regex Fresh();
}
