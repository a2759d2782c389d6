namespace Companion.Foundation.Web;

/// <summary>Configuration section Webhooks: the secrets that the identity provider signs with.</summary>
internal sealed class WebhookOptions
{
    public const string SectionName = "Webhooks";

    /// <summary>whsec_ and the base64 of 24 to 64 random bytes.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The secret before a rotation, in the same form, while the identity provider still signs with it.</summary>
    public string? PreviousSecret { get; set; }

    internal static bool IsSecret(string value) => WebhookSignature.Key(value) is not null;
}
