using Companion.Community.Timeline;
using Companion.Foundation.Outbox;

namespace Companion.Oversight.Webhooks;

/// <summary>What an endpoint is told: an entry of the timeline. Ids only, no address, name or secret.</summary>
/// <param name="Type">Name of the event, e.g. invite_redeemed; as in the timeline.</param>
/// <param name="Timestamp">When it happened.</param>
internal sealed record WebhookEvent(string Type, DateTimeOffset Timestamp, WebhookData Data)
{
    public static WebhookEvent Of(TimelineLine line) => new(
        line.Type, line.At, new WebhookData(line.Id, line.Kind, line.Actor, line.Account, line.Inviter, line.InviteId, line.Detail));

    /// <summary>The same bytes in every attempt.</summary>
    public byte[] ToBody() => JsonSerializer.SerializeToUtf8Bytes(this, WebhookJson.Default.WebhookEvent);
}

/// <inheritdoc cref="TimelineLine"/>
internal sealed record WebhookData(
    long Id, string Kind, string? Actor, string? Account, string? Inviter, Guid? InviteId, string? Detail);

/// <summary>To-dos of the outgoing webhooks: one at a time for each endpoint.</summary>
internal static class WebhookOutbox
{
    public static OutboxKind<WebhookDue> Delivery { get; } = new("webhook_delivery", WebhookJson.Default.WebhookDue);
}

/// <param name="MessageId">Header webhook-id, the same in every attempt.</param>
internal sealed record WebhookDue(string Endpoint, Guid MessageId, WebhookEvent Event);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(WebhookDue))]
internal sealed partial class WebhookJson : JsonSerializerContext;
