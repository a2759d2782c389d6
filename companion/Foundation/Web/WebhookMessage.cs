using System.Security.Cryptography;

namespace Companion.Foundation.Web;

/// <summary>A verified message.</summary>
/// <param name="Id">The sender's webhook-id, the same when it sends the message again.</param>
/// <param name="Type">From the signed body; one of those that the endpoint takes.</param>
/// <param name="Body">The raw bytes that were signed.</param>
internal sealed record WebhookMessage(string Id, string Type, byte[] Body)
{
    public byte[] BodyHash => SHA256.HashData(Body);
}

/// <summary>A message, or why it is none.</summary>
internal abstract record WebhookReading
{
    private WebhookReading()
    {
    }

    public sealed record Accepted(WebhookMessage Message) : WebhookReading;

    public sealed record Rejected(WebhookRejection Rejection) : WebhookReading;
}
