namespace Companion.Landing;

/// <summary>Configuration section Registration: where an invitee registers.</summary>
internal sealed class RegistrationOptions
{
    public const string SectionName = "Registration";

    /// <summary>The identity provider's registration endpoint as browsers reach it; Keycloak: …/realms/{realm}/protocol/openid-connect/registrations.</summary>
    public string RegistrationUrl { get; set; } = "";

    /// <summary>The client that people register into.</summary>
    public string ClientId { get; set; } = "companion-join";

    /// <summary>Where a newcomer lands after registering, and where members sign in: the account console.</summary>
    public string RedirectUri { get; set; } = "";

    internal static bool IsPage(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri is { Scheme: "https" or "http", Query: "", UserInfo: "" };
}
