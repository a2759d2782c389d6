using System.Text.RegularExpressions;
using Weasel.Postgresql;

namespace Companion.Foundation.Store;

/// <summary>One SQL statement that waits for its unit of work to be flushed.</summary>
internal sealed partial record Statement(string Sql, Param[] Parameters)
{
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
        Dictionary<string, int> places = [];
        var end = 0;
        foreach (Match name in Name().Matches(Sql))
        {
            builder.Append(Sql[end..name.Index]);
            end = name.Index + name.Length;
            if (places.TryGetValue(name.Value, out var place))
            {
                builder.Append(string.Create(CultureInfo.InvariantCulture, $"${place}"));
            }
            else
            {
                var parameter = Parameters.Single(parameter => name.ValueSpan[1..].SequenceEqual(parameter.Name));
                builder.AppendParameter(parameter.Value ?? DBNull.Value, parameter.Type);
                places[name.Value] = places.Count + 1;
            }
        }

        builder.Append(Sql[end..]);
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Name();
}
