using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Adapters.Keycloak;

/// <summary>The calls of docs/identity-provider.md that go to Keycloak. Repeats nothing: the outbox owns that.</summary>
internal sealed partial class KeycloakClient(HttpClient http, IOptions<KeycloakOptions> options, ILogger<KeycloakClient> logger)
{
    private readonly string _realm = options.Value.Realm;

    /// <returns>Null when there is no such user.</returns>
    public Task<KeycloakUser?> FindUserAsync(string id, CancellationToken cancellationToken) =>
        GetAsync(KeycloakPaths.User(_realm, id), KeycloakJson.Default.KeycloakUser, cancellationToken);

    public async Task<IReadOnlyList<KeycloakUser>> FindUsersByEmailAsync(string email, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.UsersByEmail(_realm, email), KeycloakJson.Default.ListKeycloakUser, cancellationToken) ?? [];

    public async Task<IReadOnlyList<KeycloakUser>> FindUsersByAttributeAsync(string name, string value, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.UsersByAttribute(_realm, name, value), KeycloakJson.Default.ListKeycloakUser, cancellationToken) ?? [];

    /// <returns>Without attributes.</returns>
    public async Task<IReadOnlyList<KeycloakUser>> FindUsersByIdAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.UsersById(_realm, ids), KeycloakJson.Default.ListKeycloakUser, cancellationToken) ?? [];

    /// <inheritdoc cref="FindUsersByIdAsync"/>
    public async Task<IReadOnlyList<KeycloakUser>> SearchUsersAsync(string text, int count, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.UserSearch(_realm, text, count), KeycloakJson.Default.ListKeycloakUser, cancellationToken) ?? [];

    public async Task<IReadOnlyList<KeycloakGroup>> GroupsOfAsync(string id, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.GroupsOf(_realm, id), KeycloakJson.Default.ListKeycloakGroup, cancellationToken) ?? [];

    /// <returns>Null when there is no group of this path.</returns>
    public Task<KeycloakGroup?> FindGroupAsync(string path, CancellationToken cancellationToken) =>
        GetAsync(KeycloakPaths.GroupByPath(_realm, path), KeycloakJson.Default.KeycloakGroup, cancellationToken);

    public async Task<IReadOnlyList<KeycloakGroup>> ChildrenOfAsync(string groupId, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.GroupChildren(_realm, groupId), KeycloakJson.Default.ListKeycloakGroup, cancellationToken) ?? [];

    public async Task<IReadOnlyList<KeycloakUser>> MembersOfAsync(string groupId, int most, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.GroupMembers(_realm, groupId, most), KeycloakJson.Default.ListKeycloakUser, cancellationToken) ?? [];

    /// <returns>None also where the realm has organizations switched off.</returns>
    public async Task<IReadOnlyList<KeycloakOrganization>> OrganizationsOfAsync(string id, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.OrganizationsOf(_realm, id), KeycloakJson.Default.ListKeycloakOrganization, cancellationToken) ?? [];

    public async Task<IReadOnlyList<KeycloakGroup>> OrganizationGroupsOfAsync(string organizationId, string id, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.OrganizationGroupsOf(_realm, organizationId, id), KeycloakJson.Default.ListKeycloakGroup, cancellationToken) ?? [];

    public async Task<IReadOnlyList<KeycloakRole>> RolesOfAsync(string id, CancellationToken cancellationToken) =>
        await GetAsync(KeycloakPaths.RolesOf(_realm, id), KeycloakJson.Default.ListKeycloakRole, cancellationToken) ?? [];

    /// <summary>By name; where a text is given, those that hold it in their name or a domain.</summary>
    public async Task<IReadOnlyList<KeycloakOrganization>> SearchOrganizationsAsync(
        string? text, int first, int count, CancellationToken cancellationToken) =>
        await GetAsync(
            KeycloakPaths.OrganizationSearch(_realm, text, first, count), KeycloakJson.Default.ListKeycloakOrganization, cancellationToken) ?? [];

    /// <summary>By name, those that have this value among an attribute's, or as their alias.</summary>
    /// <returns>None for a value with a backslash: Keycloak's attribute search can't be asked for it.</returns>
    public async Task<IReadOnlyList<KeycloakOrganization>> OrganizationsWithAsync(
        string attribute, string value, int first, int count, CancellationToken cancellationToken) =>
        value.Contains('\\', StringComparison.Ordinal) ? [] : await GetAsync(
            KeycloakPaths.OrganizationsWith(_realm, attribute, value, first, count),
            KeycloakJson.Default.ListKeycloakOrganization,
            cancellationToken) ?? [];

    /// <returns>Null when there is no such realm.</returns>
    public Task<Discovery?> DiscoverAsync(CancellationToken cancellationToken) => GetAsync(
        KeycloakPaths.Discovery(_realm),
        KeycloakJson.Default.Discovery,
        cancellationToken,
        (discovery, headers) => discovery with { Date = headers.Date });

    /// <summary>Has Keycloak ask the companion, as a registration does.</summary>
    /// <returns>Null where our provider is not installed.</returns>
    public Task<ConnectionAnswer?> ConnectionAsync(CancellationToken cancellationToken) =>
        GetAsync(KeycloakPaths.Connection(_realm), KeycloakJson.Default.ConnectionAnswer, cancellationToken);

    public Task GrantAsync(string id, MembershipsBody body, CancellationToken cancellationToken) =>
        PutAsync(KeycloakPaths.Memberships(_realm, id), body, KeycloakJson.Default.MembershipsBody, cancellationToken);

    public Task RequireVerificationAsync(string id, CancellationToken cancellationToken) =>
        PutAsync(KeycloakPaths.Verification(_realm, id), new NoBody(), KeycloakJson.Default.NoBody, cancellationToken);

    public Task SetPictureAsync(string id, PictureBody body, CancellationToken cancellationToken) =>
        PutAsync(KeycloakPaths.Picture(_realm, id), body, KeycloakJson.Default.PictureBody, cancellationToken);

    public Task DecideAsync(string id, ApprovalBody body, CancellationToken cancellationToken) =>
        PutAsync(KeycloakPaths.Approval(_realm, id), body, KeycloakJson.Default.ApprovalBody, cancellationToken);

    private Task<T?> GetAsync<T>(
        string path,
        JsonTypeInfo<T> json,
        CancellationToken cancellationToken,
        Func<T, HttpResponseHeaders, T>? complete = null,
        [CallerMemberName] string operation = "")
        where T : class =>
        GuardAsync(
            async () =>
            {
                using var response = await http.GetAsync(path, cancellationToken);
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }

                await EnsureAsync(response, cancellationToken);
                var answer = await response.Content.ReadFromJsonAsync(json, cancellationToken) ?? throw KeycloakFailures.Malformed();
                return complete is null ? answer : complete(answer, response.Headers);
            },
            operation,
            cancellationToken);

    private Task<bool> PutAsync<T>(
        string path, T body, JsonTypeInfo<T> json, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(
            async () =>
            {
                using var response = await http.PutAsync(path, JsonContent.Create(body, json), cancellationToken);
                await EnsureAsync(response, cancellationToken);
                return true;
            },
            operation,
            cancellationToken);

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw await KeycloakFailures.OfAsync(response, cancellationToken);
        }
    }

    /// <summary>Operators learn what was refused to whom; paths hold names and addresses and stay out of the log.</summary>
    private async Task<T> GuardAsync<T>(Func<Task<T>> call, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } failure)
        {
            Log.Refused(logger, operation, failure.Code, failure.IsTransient);
            throw failure;
        }
    }

    private static IdentityProviderException? Translate(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        IdentityProviderException failure => failure,
        HttpRequestException => KeycloakFailures.Unreachable(exception),
        OperationCanceledException when !cancellationToken.IsCancellationRequested => KeycloakFailures.Unreachable(exception),
        JsonException => KeycloakFailures.Malformed(exception),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(410, LogLevel.Warning, "The identity provider refused or failed in {Operation}: {Code}; worth a retry: {IsTransient}.")]
        public static partial void Refused(ILogger logger, string operation, string code, bool isTransient);
    }
}
