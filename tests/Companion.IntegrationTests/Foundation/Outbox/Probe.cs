using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Companion.Foundation.Outbox;
using Companion.Foundation.Store;

namespace Companion.IntegrationTests.Foundation.Outbox;

internal sealed record ProbePayload(string Name);

[JsonSerializable(typeof(ProbePayload))]
internal sealed partial class ProbeJson : JsonSerializerContext;

/// <summary>A handler that does what its test says, and remembers what it was given.</summary>
internal sealed class Probe(
    Func<OutboxMessage<ProbePayload>, CancellationToken, Task<OutboxResult>> handle,
    int maxParallel = int.MaxValue,
    OutboxKind<ProbePayload>? kind = null)
    : OutboxHandler<ProbePayload>(kind ?? OutboxKind)
{
    public static OutboxKind<ProbePayload> OutboxKind { get; } = new("probe", ProbeJson.Default.ProbePayload);

    public static OutboxKind<ProbePayload> OtherKind { get; } = new("other_probe", ProbeJson.Default.ProbePayload);

    public ConcurrentQueue<OutboxMessage<ProbePayload>> Seen { get; } = new();

    public Func<UnitOfWork, string, CancellationToken, Task>? Buried { get; init; }

    public override int MaxParallel => maxParallel;

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<ProbePayload> message, CancellationToken cancellationToken)
    {
        Seen.Enqueue(message);
        return handle(message, cancellationToken);
    }

    protected override Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<ProbePayload> message, string code, CancellationToken cancellationToken) =>
        Buried?.Invoke(unit, code, cancellationToken) ?? Task.CompletedTask;
}
