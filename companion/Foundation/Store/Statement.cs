using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Weasel.Postgresql;

namespace Companion.Foundation.Store;

/// <summary>One SQL statement that waits for its unit of work to be flushed.</summary>
internal sealed partial record Statement(string Sql, Param[] Parameters)
{
    /// <summary>By the text of the statement: the program has only so many.</summary>
    private static readonly ConcurrentDictionary<string, Piece[]> Parsed = new(StringComparer.Ordinal);

    internal NpgsqlBatchCommand ToBatchCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var parameter in Parameters)
        {
            command.Parameters.Add(parameter.ToParameter());
        }

        return command;
    }

    /// <summary>Marten's batches know parameters by their places only.</summary>
    internal void AppendTo(ICommandBuilder builder)
    {
        foreach (var (text, name, place) in Parsed.GetOrAdd(Sql, Parse))
        {
            builder.Append(text);
            if (place is not null)
            {
                builder.Append(place);
            }
            else if (name is not null)
            {
                var parameter = Parameters.First(parameter => parameter.Name == name);
                builder.AppendParameter(parameter.Value ?? DBNull.Value, parameter.Type);
            }
        }
    }

    private static Piece[] Parse(string sql)
    {
        List<Piece> pieces = [];
        List<string> names = [];
        var end = 0;
        foreach (Match match in Name().Matches(sql))
        {
            var (name, known) = (match.Value[1..], names.IndexOf(match.Value[1..]));
            pieces.Add(new Piece(sql[end..match.Index], name, known < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"${known + 1}")));
            end = match.Index + match.Length;
            if (known < 0)
            {
                names.Add(name);
            }
        }

        return [.. pieces, new Piece(sql[end..], null, null)];
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Name();

    /// <param name="Name">The parameter that follows the text; null at the end.</param>
    /// <param name="Place">Where that parameter stands already; null where it comes for the first time.</param>
    private readonly record struct Piece(string Text, string? Name, string? Place);
}
