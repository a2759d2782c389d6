using System.ComponentModel.DataAnnotations;

namespace Companion.Adapters.Keycloak;

/// <summary>Configuration section Keycloak.</summary>
[OptionsValidator]
internal sealed partial class KeycloakOptions : IValidateOptions<KeycloakOptions>
{
    public const string SectionName = "Keycloak";

    /// <summary>Where this service reaches the server, e.g. http://keycloak:8080; without a trailing slash.</summary>
    [WebAddress]
    public string BaseUrl { get; set; } = "";

    /// <summary>Where people reach it, e.g. https://id.example.org; without a trailing slash.</summary>
    [WebAddress]
    public string PublicUrl { get; set; } = "";

    public string Realm { get; set; } = "";

    [Required]
    public string ClientId { get; set; } = "companion";

    [Required]
    public string ClientSecret { get; set; } = "";

    /// <summary>The client that people register into.</summary>
    [Required]
    public string JoinClientId { get; set; } = "companion-join";

    /// <summary>Longest wait for one answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", MinimumIsExclusive = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
