namespace Companion.Foundation.Outbox;

/// <summary>
/// Does one kind of background job. An "ensure" function: read what is, stop if it already holds, act once, read again.
/// Runs outside any transaction and may run again after a crash.
/// </summary>
internal abstract class OutboxHandler
{
    public abstract string Kind { get; }

    /// <summary>Messages of this kind that one replica works on at the same time, so that a slow channel leaves slots to the others.</summary>
    public virtual int MaxParallel => int.MaxValue;

    /// <summary>Attempts that count before a message of this kind is dead; null for Outbox:MaxAttempts.</summary>
    public virtual int? MaxAttempts => null;

    public abstract Task<OutboxResult> HandleAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>Records in the stream that the message died, in the transaction that marks it dead.</summary>
    public virtual Task OnDeadAsync(UnitOfWork unit, OutboxMessage message, string code, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}

/// <inheritdoc/>
internal abstract class OutboxHandler<TPayload>(OutboxKind<TPayload> kind) : OutboxHandler
    where TPayload : class
{
    public override string Kind => kind.Name;

    public sealed override Task<OutboxResult> HandleAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        HandleAsync(Typed(message), cancellationToken);

    public sealed override Task OnDeadAsync(UnitOfWork unit, OutboxMessage message, string code, CancellationToken cancellationToken) =>
        OnDeadAsync(unit, Typed(message), code, cancellationToken);

    protected abstract Task<OutboxResult> HandleAsync(OutboxMessage<TPayload> message, CancellationToken cancellationToken);

    protected virtual Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<TPayload> message, string code, CancellationToken cancellationToken) => Task.CompletedTask;

    private OutboxMessage<TPayload> Typed(OutboxMessage message) => new(
        message.Id,
        message.StreamId,
        JsonSerializer.Deserialize(message.Payload, kind.Json)!,
        message.Attempts,
        message.CreatedAt);
}
