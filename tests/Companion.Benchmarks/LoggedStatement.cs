using System.Text;
using System.Text.RegularExpressions;

namespace Companion.Benchmarks;

/// <summary>One statement as PostgreSQL's log shows it: the text with $n, and the values it was executed with (null for NULL).</summary>
internal sealed partial record LoggedStatement(string Sql, IReadOnlyList<string?> Values)
{
    /// <summary>Reads a log written with log_min_duration_statement = 0 and log_line_prefix = '%c|'.</summary>
    public static List<LoggedStatement> Read(string log)
    {
        var statements = new List<LoggedStatement>();
        var executing = false;
        foreach (var entry in EntryStart().Split(log))
        {
            var (kind, text) = (entry.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? entry[..colon] : "", entry);
            if (kind == "LOG")
            {
                // Parsing and binding are logged with the same text; only the execution counts.
                var executed = Executed().Match(text);
                executing = executed.Success;
                if (executing)
                {
                    statements.Add(new LoggedStatement(executed.Groups["sql"].Value.Trim(), []));
                }
            }
            else if (executing && kind == "DETAIL" && text.IndexOf("arameters: ", StringComparison.Ordinal) is var start and > 0)
            {
                statements[^1] = statements[^1] with { Values = ReadValues(text[(start + 11)..].Trim()) };
            }
        }

        return statements;
    }

    private static List<string?> ReadValues(string text)
    {
        var values = new List<string?>();
        var position = 0;
        while (position < text.Length)
        {
            position = text.IndexOf(" = ", position, StringComparison.Ordinal) + 3;
            values.Add(ReadValue(text, ref position));
            position += ", ".Length;
        }

        return values;
    }

    private static string? ReadValue(string text, ref int position)
    {
        if (text[position] != '\'')
        {
            position += "NULL".Length;
            return null;
        }

        var value = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] == '\'' && (position + 1 == text.Length || text[++position] != '\''))
            {
                break;
            }

            value.Append(text[position]);
        }

        return value.ToString();
    }

    // Every log entry starts with the session id and a bar.
    [GeneratedRegex(@"^[0-9a-f]+\.[0-9a-f]+\|", RegexOptions.Multiline)]
    private static partial Regex EntryStart();

    [GeneratedRegex(@"^LOG:\s+duration: [0-9.]+ ms\s+(statement|execute [^:]*): (?<sql>.*)", RegexOptions.Singleline)]
    private static partial Regex Executed();
}
