namespace Companion.Foundation.Web;

/// <summary>Why a message was not taken. The sender learns the refusal only; the reason is for the operator's metric and log.</summary>
internal sealed record WebhookRejection(string Reason, Refusal Refusal)
{
    private static readonly Refusal NotAccepted = new("webhook_not_accepted", "This message is not accepted. Compare secrets, clocks and realm names of both sides.");

    public static WebhookRejection MediaType { get; } = new("media_type", Problems.WrongMediaType);

    public static WebhookRejection TooLarge { get; } = new("too_large", Problems.TooLarge);

    public static WebhookRejection HeaderMissing { get; } = new("header_missing", NotAccepted);

    public static WebhookRejection HeaderRepeated { get; } = new("header_repeated", NotAccepted);

    public static WebhookRejection HeaderMalformed { get; } = new("header_malformed", NotAccepted);

    public static WebhookRejection Timestamp { get; } = new("timestamp", NotAccepted);

    public static WebhookRejection Signature { get; } = new("signature", NotAccepted);

    public static WebhookRejection Malformed { get; } = new("malformed", Problems.Malformed());

    public static WebhookRejection Type { get; } = new("type", NotAccepted);

    public static WebhookRejection Realm { get; } = new("realm", NotAccepted);
}
