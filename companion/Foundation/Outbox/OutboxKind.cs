using System.Text.Json.Serialization.Metadata;

namespace Companion.Foundation.Outbox;

/// <summary>One kind of background job and the shape of its payload.</summary>
internal sealed record OutboxKind<TPayload>(string Name, JsonTypeInfo<TPayload> Json)
    where TPayload : class;
