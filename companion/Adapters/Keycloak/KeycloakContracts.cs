namespace Companion.Adapters.Keycloak;

internal sealed record KeycloakUser(
    string Id,
    string Username,
    bool Enabled,
    bool EmailVerified = false,
    string? Email = null,
    string? FirstName = null,
    string? LastName = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Attributes = null,
    long? CreatedTimestamp = null)
{
    public string? Attribute(string name) => Attributes?.GetValueOrDefault(name) is [var value, ..] ? value : null;

    public override string ToString() => $"KeycloakUser {Id}";
}

/// <param name="Path">In its realm or, for a group of an organisation, in that.</param>
internal sealed record KeycloakGroup(string Id, string Name, string Path)
{
    public bool IsTopLevel => Path == $"/{Name}";
}

/// <param name="Attributes">Absent in the brief form.</param>
internal sealed record KeycloakOrganization(
    string Id, string Alias, string Name, bool Enabled, IReadOnlyDictionary<string, IReadOnlyList<string>>? Attributes = null);

internal sealed record KeycloakRole(string Name);

internal sealed record MembershipsBody(IReadOnlyList<MembershipBody> Memberships, string InviteId);

internal sealed record MembershipBody(string? Organization, string? Group);

internal sealed record NoBody;

internal sealed record ApprovalBody(string Decision, string? Reason);

/// <param name="Url">Null for none.</param>
internal sealed record PictureBody(string? Url);

internal sealed record Discovery(string Issuer)
{
    /// <summary>The server's clock, where it tells it.</summary>
    [JsonIgnore]
    public DateTimeOffset? Date { get; init; }
}

/// <summary>What Keycloak got when it asked the companion.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Version">Of our provider on the node that answered; null for one that does not say.</param>
/// <param name="Contract">Version of docs/identity-provider.md that it keeps.</param>
internal sealed record ConnectionAnswer(int Status, string? Version = null, int? Contract = null, string? Node = null);

/// <summary>How the provider's own resources name what went wrong.</summary>
internal sealed record KeycloakProblem(string? Code = null);

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn)
{
    public override string ToString() => "***";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16, Converters = [typeof(LenientText)])]
[JsonSerializable(typeof(KeycloakUser))]
[JsonSerializable(typeof(List<KeycloakUser>))]
[JsonSerializable(typeof(KeycloakGroup))]
[JsonSerializable(typeof(List<KeycloakGroup>))]
[JsonSerializable(typeof(List<KeycloakOrganization>))]
[JsonSerializable(typeof(List<KeycloakRole>))]
[JsonSerializable(typeof(MembershipsBody))]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(ApprovalBody))]
[JsonSerializable(typeof(PictureBody))]
[JsonSerializable(typeof(Discovery))]
[JsonSerializable(typeof(ConnectionAnswer))]
[JsonSerializable(typeof(KeycloakProblem))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class KeycloakJson : JsonSerializerContext;
