namespace Companion.Community.Messages;

/// <param name="Outcome">Null while the conversation goes on, or when the process died in it.</param>
internal sealed record MailAttempt(int Attempt, DateTimeOffset StartedAt, string? Outcome);

/// <summary>Table companion.mail_attempt: the log of conversations with the mail server, without addresses.</summary>
internal sealed class MailAttempts(NpgsqlDataSource dataSource)
{
    public const string UnknownOutcome = nameof(MailOutcome.Unknown);

    /// <returns>In their order.</returns>
    public Task<List<MailAttempt>> ListAsync(Guid outboxId, CancellationToken cancellationToken) => dataSource.QueryAsync(
        "select attempt, started_at, outcome from companion.mail_attempt where outbox_id = @outbox_id order by attempt",
        reader => new MailAttempt(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.NullableText(2)),
        [Param.Uuid("outbox_id", outboxId)],
        cancellationToken);

    /// <summary>Queues the intent to connect.</summary>
    public static void Start(UnitOfWork unit, Guid outboxId, int attempt) => unit.Queue(
        "insert into companion.mail_attempt (outbox_id, attempt, started_at) values (@outbox_id, @attempt, @now)",
        Param.Uuid("outbox_id", outboxId),
        Param.Int("attempt", attempt),
        Param.Time("now", unit.Now));

    public static void Finish(UnitOfWork unit, Guid outboxId, int attempt, MailOutcome outcome, string? code) => unit.Queue(
        """
        update companion.mail_attempt set finished_at = @now, outcome = @outcome, code = @code
        where outbox_id = @outbox_id and attempt = @attempt
        """,
        Param.Uuid("outbox_id", outboxId),
        Param.Int("attempt", attempt),
        Param.Time("now", unit.Now),
        Param.Text("outcome", outcome.GetType().Name),
        Param.Text("code", code));
}
