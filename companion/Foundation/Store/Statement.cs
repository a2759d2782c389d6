using Npgsql;

namespace Companion.Foundation.Store;

/// <summary>One SQL statement that waits for its unit of work to be flushed.</summary>
/// <param name="ExpectedRows">Any other number of rows is a concurrency conflict; null where it doesn't matter.</param>
internal sealed record Statement(string Sql, Param[] Parameters, int? ExpectedRows = null)
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
}
