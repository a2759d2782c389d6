namespace Companion.Foundation.Outbox;

/// <summary>A claimed background job.</summary>
/// <param name="Attempts">This attempt counted, from 1.</param>
/// <param name="LeaseOwner">Fencing token: whoever finishes with another one has lost the lease and changes nothing.</param>
internal sealed record OutboxMessage(
    Guid Id, string Kind, Guid StreamId, byte[] Payload, int Attempts, DateTimeOffset CreatedAt, Guid LeaseOwner);

/// <inheritdoc cref="OutboxMessage"/>
internal sealed record OutboxMessage<TPayload>(Guid Id, Guid StreamId, TPayload Payload, int Attempts, DateTimeOffset CreatedAt);
