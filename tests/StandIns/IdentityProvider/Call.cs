using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace StandIns.IdentityProvider;

/// <summary>One request to a realm, as the handlers see it.</summary>
internal sealed class Call(Provider provider, Realm realm, HttpContext http, IReadOnlyDictionary<string, StringValues> parameters)
{
    public Provider Provider { get; } = provider;

    public Realm Realm { get; } = realm;

    public HttpContext Http { get; } = http;

    public string BaseUrl => Provider.BaseUrl;

    public string Issuer => $"{BaseUrl}/realms/{Realm.Name}";

    public DateTimeOffset Now => Provider.Clock.GetUtcNow();

    public CancellationToken Aborted => Http.RequestAborted;

    public IEnumerable<string> Names => parameters.Keys;

    public bool HasDuplicates => Names.Any(IsDuplicate);

    public bool IsDuplicate(string name) => parameters.TryGetValue(name, out var values) && values.Count > 1;

    /// <summary>The fields of a posted form; empty when none came.</summary>
    public IFormCollection Form => Http.Request.HasFormContentType ? Http.Request.Form : FormCollection.Empty;

    /// <summary>A parameter of the protocol, from the form where it is posted and else from the query.</summary>
    public string? this[string name] => parameters.TryGetValue(name, out var values) ? values[0] : null;

    public string Route(string name) => Http.Request.RouteValues[name] as string ?? "";

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values[0] : null;

    public string? Cookie(string name) => Http.Request.Cookies[name];

    public void SetCookie(string name, string value) => Http.Response.Cookies.Append(name, value, Options());

    public void DeleteCookie(string name) => Http.Response.Cookies.Delete(name, Options());

    /// <summary>The page that says that nothing more can be done here.</summary>
    public RefusedException Page(int status, string sentence) => new(Provider.Pages.Error(Realm, Messages.Fallback, status, sentence));

    /// <exception cref="RefusedException">It is not JSON.</exception>
    public async Task<JsonNode?> ReadJsonAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(Http.Request.Body, cancellationToken: Aborted);
        }
        catch (JsonException)
        {
            throw RefusedException.OAuth(400, "invalid_request", "Cannot parse the JSON");
        }
    }

    private CookieOptions Options() => new() { Path = $"/realms/{Realm.Name}/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.None };
}
