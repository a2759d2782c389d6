namespace Companion.Adapters.Keycloak;

/// <summary>Configuration section Keycloak.</summary>
internal sealed class KeycloakOptions
{
    public const string SectionName = "Keycloak";

    /// <summary>Where this service reaches the server, e.g. http://keycloak:8080; without a trailing slash.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Where people reach it, e.g. https://id.example.org; without a trailing slash.</summary>
    public string PublicUrl { get; set; } = "";

    public string Realm { get; set; } = "";

    public string ClientId { get; set; } = "companion";

    public string ClientSecret { get; set; } = "";

    /// <summary>The client that people register into.</summary>
    public string JoinClientId { get; set; } = "companion-join";

    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
