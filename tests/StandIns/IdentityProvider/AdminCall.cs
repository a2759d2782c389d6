using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>A request to the Admin API by somebody who is known.</summary>
internal sealed class AdminCall(Call call, Account? serviceAccount, JsonNode? body)
{
    private const string Management = "realm-management/";

    public Call Call { get; } = call;

    public Realm Realm => Call.Realm;

    public JsonNode? AnyBody => body;

    public JsonObject Body => body as JsonObject ?? throw RefusedException.OAuth(400, "invalid_request", "Cannot parse the JSON");

    /// <exception cref="RefusedException">403, unless the caller has the role, or the one that is more.</exception>
    public void Demand(string role)
    {
        // Null stands for an administrator of the master realm.
        if (serviceAccount is not null && !Has(role) && !Has(role.Replace("view-", "manage-", StringComparison.Ordinal)))
        {
            throw RefusedException.Admin(403, "HTTP 403 Forbidden");
        }
    }

    public Account Person(string parameter = "user", string words = "User not found") =>
        Realm.Accounts.Find(Call.Route(parameter)) ?? throw RefusedException.Admin(404, words);

    public Organization Organization() => Realm.Organizations.Find(organization => organization.Id == Call.Route("organization"))
        ?? throw RefusedException.Unacceptable(404, "Organization not found.");

    /// <summary>201, with where the new thing is.</summary>
    public IResult Created(string path)
    {
        Call.Http.Response.Headers.Location = $"{Call.BaseUrl}/admin/realms/{Realm.Name}/{path}";
        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private bool Has(string role) => serviceAccount!.ClientRoles.Contains($"{Management}{role}");
}
