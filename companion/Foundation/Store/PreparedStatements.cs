using Marten;
using Marten.Services;

namespace Companion.Foundation.Store;

/// <summary>
/// Has each statement of a session prepared on its connection, once: planning costs more than most of them. Npgsql's own preparing does so
/// in the use itself, and a use that fails leaves the connection out of step for whoever gets it next (Npgsql 10.0.0 and 10.0.3).
/// </summary>
internal sealed class PreparedStatements : IMartenSessionLogger
{
    public static PreparedStatements Instance { get; } = new();

    public void OnBeforeExecute(NpgsqlCommand command) => command.Prepare();

    public void OnBeforeExecute(NpgsqlBatch batch) => batch.Prepare();

    public void LogSuccess(NpgsqlCommand command)
    {
    }

    public void LogSuccess(NpgsqlBatch batch)
    {
    }

    public void LogFailure(NpgsqlCommand command, Exception ex)
    {
    }

    public void LogFailure(NpgsqlBatch batch, Exception ex)
    {
    }

    public void LogFailure(Exception ex, string message)
    {
    }

    public void RecordSavedChanges(IDocumentSession session, IChangeSet commit)
    {
    }
}
