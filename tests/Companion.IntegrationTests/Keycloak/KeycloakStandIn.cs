using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Companion.IntegrationTests.Keycloak;

/// <summary>The part of Keycloak, with our provider, that the companion calls: in this process, over real HTTP.</summary>
public sealed class KeycloakStandIn : IKeycloakUnderTest, IAsyncLifetime
{
    private const string Token = "stand-in";

    private static readonly string[] AllGroups = ["/members", "/moderators"];

    private readonly ConcurrentDictionary<string, JsonObject> _users = new();
    private readonly ConcurrentDictionary<string, HashSet<string>> _groups = new();
    private readonly ConcurrentDictionary<string, HashSet<string>> _organizations = new();
    private readonly WebApplication _app = Build();

    public string BaseUrl => _app.Urls.First();

    public string Realm => "community";

    public string ClientSecret { get; } = Guid.NewGuid().ToString("N");

    public void SkipIfMissing()
    {
    }

    public async ValueTask InitializeAsync()
    {
        _app.Use(async (context, next) =>
        {
            if (context.Request.Method != "POST" && context.Request.Headers.Authorization != $"Bearer {Token}")
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            await next(context);
        });
        _app.MapPost("/realms/community/protocol/openid-connect/token", async (HttpRequest request) =>
            (await request.ReadFormAsync())["client_secret"] == ClientSecret
                ? Results.Json(new JsonObject { ["access_token"] = Token, ["expires_in"] = 60 })
                : Results.Unauthorized());
        var admin = _app.MapGroup("/admin/realms/community");
        admin.MapGet("/users/{id}", (string id) => _users.TryGetValue(id, out var user) ? Results.Json(user) : Results.NotFound());
        admin.MapGet("/users", Search);
        admin.MapGet("/users/{id}/groups", (string id) => List(_groups, id, "path"));
        admin.MapGet("/organizations/members/{id}/organizations", (string id) => List(_organizations, id, "alias"));
        _app.MapPut("/realms/community/companion/memberships/{id}", Grant);
        _app.MapPut("/realms/community/companion/approvals/{id}", Decide);
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public Task<string> AddAccountAsync(AccountSeed seed, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString();
        var user = seed.ToJson();
        user["id"] = id;
        _users[id] = user;
        _groups[id] = [.. seed.Groups];
        return Task.FromResult(id);
    }

    public Task JoinAsync(string organization, string accountId, CancellationToken cancellationToken)
    {
        _organizations.GetOrAdd(accountId, _ => []).Add(organization);
        return Task.CompletedTask;
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        return app;
    }

    private static IResult List(ConcurrentDictionary<string, HashSet<string>> of, string id, string field) => Results.Json(
        new JsonArray([.. of.GetValueOrDefault(id, []).Select(value => new JsonObject { [field] = value })]));

    private static IResult Problem(int status, string code) => Results.Json(new JsonObject { ["code"] = code, ["message"] = code }, statusCode: status);

    private IResult Search(string? email, string? q)
    {
        var mark = q?.Split(':', 2);
        var found = _users.Values.Where(user =>
            (email is null || string.Equals((string?)user["email"], email, StringComparison.OrdinalIgnoreCase))
            && (mark is null || (string?)user["attributes"]![mark[0]]?[0] == mark[1]));
        return Results.Json(new JsonArray([.. found.Select(user => user.DeepClone())]));
    }

    private async Task<IResult> Grant(string id, HttpRequest request)
    {
        var body = (await request.ReadFromJsonAsync<JsonObject>())!;
        var asked = body["memberships"]!.AsArray().Select(m => (Organization: (string?)m!["organization"], Group: (string?)m["group"])).ToList();
        foreach (var (organization, group) in asked)
        {
            if (organization is not null && !_organizations.Values.Any(aliases => aliases.Contains(organization)))
            {
                return Problem(404, "organization_unknown");
            }

            if (group is not null && group != "/members")
            {
                return AllGroups.Contains(group) ? Problem(403, "group_not_allowed") : Problem(404, "group_unknown");
            }
        }

        _groups[id].UnionWith(asked.Select(membership => membership.Group).OfType<string>());
        _organizations.GetOrAdd(id, _ => []).UnionWith(asked.Select(membership => membership.Organization).OfType<string>());
        return Results.Json(new JsonObject { ["granted"] = new JsonArray(), ["already"] = new JsonArray() });
    }

    private async Task<IResult> Decide(string id, HttpRequest request)
    {
        if (!_users.TryGetValue(id, out var user))
        {
            return Problem(404, "account_unknown");
        }

        var wanted = (string?)(await request.ReadFromJsonAsync<JsonObject>())!["decision"] == "approve" ? "approved" : "denied";
        var attributes = user["attributes"]!.AsObject();
        var state = (string?)attributes["invite_approval"]?[0];
        if (state != wanted && state != "pending" && !(state is null && wanted == "denied" && attributes.ContainsKey("invite_id")))
        {
            return Problem(409, "not_waiting");
        }

        attributes["invite_approval"] = new JsonArray(wanted);
        user["enabled"] = wanted == "approved";
        return Results.Json(new JsonObject { ["approval"] = wanted });
    }
}
