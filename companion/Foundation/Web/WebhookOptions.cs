using System.ComponentModel.DataAnnotations;

namespace Companion.Foundation.Web;

/// <summary>Configuration section Webhooks: the secrets that the identity provider signs with, and where we send signed messages.</summary>
[OptionsValidator]
internal sealed partial class WebhookOptions : IValidateOptions<WebhookOptions>
{
    public const string SectionName = "Webhooks";

    /// <summary>whsec_ and the base64 of 24 to 64 random bytes.</summary>
    [WebhookSecret]
    public string Secret { get; set; } = "";

    /// <summary>The secret before a rotation, in the same form, while the identity provider still signs with it.</summary>
    [WebhookSecret(IsOptional = true)]
    public string? PreviousSecret { get; set; }

    [ValidateEnumeratedItems]
    public IList<WebhookEndpoint> Endpoints { get; } = [];

    /// <returns>Null where none of this name is on.</returns>
    internal WebhookEndpoint? Find(string name) => Endpoints.FirstOrDefault(endpoint => endpoint.Enabled && endpoint.Name == name);
}

/// <summary>Another system that is told what happens.</summary>
internal sealed class WebhookEndpoint
{
    public const int LongestName = 40;

    private const char AnyEnd = '*';

    /// <summary>Lower-case letters, digits and hyphens. How far it has come is remembered by it.</summary>
    public string Name { get; set; } = "";

    /// <summary>https, or http on loopback. May hold a secret, so never written to a log.</summary>
    public string Url { get; set; } = "";

    /// <summary>whsec_ and the base64 of 24 to 64 random bytes.</summary>
    [WebhookSecret]
    public string Secret { get; set; } = "";

    /// <summary>The secret before a rotation: signed with as well while the receiver may still have only that.</summary>
    [WebhookSecret(IsOptional = true)]
    public string? PreviousSecret { get; set; }

    /// <summary>Names of events, or their beginnings with a * behind; all where there are none.</summary>
    public IList<string> Types { get; } = [];

    public bool Enabled { get; set; } = true;

    internal IReadOnlyList<string> Secrets => string.IsNullOrEmpty(PreviousSecret) ? [Secret] : [Secret, PreviousSecret];

    internal bool Wants(string type) => Types.Count == 0 || Types.Any(pattern => Matches(pattern, type));

    internal static bool Matches(string pattern, string type) => pattern.EndsWith(AnyEnd)
        ? type.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : type == pattern;
}

[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebhookSecretAttribute() : ValidationAttribute("{0} must be whsec_ and the base64 of 24 to 64 random bytes.")
{
    public bool IsOptional { get; set; }

    public override bool IsValid(object? value) => value is string { Length: > 0 } secret ? WebhookSignature.Key(secret) is not null : IsOptional;
}
