using Companion.Foundation.Outbox;
using Marten;
using MartenSession = Marten.Services.SessionOptions;

namespace Companion.Foundation.Store;

/// <summary>Runs use cases in transactions: tries again on conflicts, and finds out what became of a COMMIT whose answer was lost.</summary>
internal sealed partial class Transactions(
    NpgsqlDataSource dataSource, IDocumentStore store, TimeProvider clock, OutboxSignal signal, ILogger<Transactions> logger)
{
    private const int MaxAttempts = 6;

    /// <summary>Runs what has no name of its own by which a repetition could be told.</summary>
    /// <inheritdoc cref="RunAsync{T}(Guid, Func{UnitOfWork, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> RunAsync<T>(Func<UnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(Guid.CreateVersion7(clock.GetUtcNow()), work, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Guid, Func{UnitOfWork, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task RunAsync(Guid commandId, Func<UnitOfWork, CancellationToken, Task> work, CancellationToken cancellationToken) => RunAsync(
        commandId,
        async (unit, ct) =>
        {
            await work(unit, ct);
            return true;
        },
        cancellationToken);

    /// <summary>Runs a use case in one transaction.</summary>
    /// <param name="commandId">Names what is done; the same for every repetition of the same request.</param>
    /// <param name="work">May run several times; must read everything it decides on through the unit of work.</param>
    /// <exception cref="ConcurrencyException">Still in conflict after several attempts.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached or refused; nothing was committed, or nobody knows (no event appended).</exception>
    public async Task<T> RunAsync<T>(
        Guid commandId, Func<UnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            UnitOfWork? unit = null;
            T result = default!;
            var committing = false;
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await using var session = store.IdentitySession(MartenSession.ForTransaction(transaction));
                session.Logger = PreparedStatements.Instance;
                unit = new UnitOfWork(connection, session, commandId, ToMicroseconds(clock.GetUtcNow()));
                result = await work(unit, cancellationToken);
                await unit.FlushAsync(cancellationToken);
                committing = true;
                await transaction.CommitAsync(cancellationToken);
                Announce(unit);
                return result;
            }
            catch (Exception exception) when (committing ? exception is NpgsqlException or OperationCanceledException : IsConflict(exception))
            {
                if (await IsCommittedAsync(unit, CancellationToken.None))
                {
                    Log.CommitAnswerLost(logger, commandId);
                    Announce(unit!);
                    return result;
                }

                if (attempt == MaxAttempts || unit?.Witness is null && committing || cancellationToken.IsCancellationRequested)
                {
                    if (!committing && exception is PostgresException)
                    {
                        throw new ConcurrencyException(exception);
                    }

                    throw;
                }

                Log.TryingAgain(logger, commandId, attempt, exception.GetType().Name);
            }

            // Real milliseconds: a clock that a test holds still must not hold a conflict.
            await Task.Delay(Random.Shared.Next(5 * (1 << attempt)), cancellationToken);
        }
    }

    /// <summary>Columns hold no finer time; events and states that did would be a little later than their own timers.</summary>
    private static DateTimeOffset ToMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    private static bool IsConflict(Exception exception) => exception switch
    {
        ConcurrencyException => true,
        PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.ExclusionViolation
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected,
        } => true,
        _ => false,
    };

    private async Task<bool> IsCommittedAsync(UnitOfWork? unit, CancellationToken cancellationToken)
    {
        if (unit?.Witness is not { } witness)
        {
            return false;
        }

        await using var command = dataSource.CreateCommand("select exists (select from events.mt_events where stream_id = $1 and id = $2)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = witness.StreamId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = witness.EventId });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private void Announce(UnitOfWork unit)
    {
        if (unit.HasDueWork)
        {
            signal.Announce();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Warning, "The answer to the COMMIT of command {CommandId} was lost; its event is there, so it was committed.")]
        public static partial void CommitAnswerLost(ILogger logger, Guid commandId);

        [LoggerMessage(111, LogLevel.Debug, "Command {CommandId} is tried again after attempt {Attempt}: {Reason}.")]
        public static partial void TryingAgain(ILogger logger, Guid commandId, int attempt, string reason);
    }
}
