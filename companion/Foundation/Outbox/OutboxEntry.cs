namespace Companion.Foundation.Outbox;

/// <summary>A message as an operator sees it; its payload stays in the database.</summary>
/// <param name="State">waiting (not due yet), due, leased, dead or done.</param>
/// <param name="LastError">Short code of the last outcome that was not success.</param>
internal sealed record OutboxEntry(
    Guid Id, string Kind, Guid? StreamId, string State, int Attempts, string? LastError, DateTimeOffset CreatedAt, DateTimeOffset DueAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<OutboxEntry>))]
internal sealed partial class OutboxJson : JsonSerializerContext;
