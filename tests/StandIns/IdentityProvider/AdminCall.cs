using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>A request to the Admin API by somebody who is known.</summary>
internal sealed class AdminCall(Call call, Account caller, bool isAdministrator, JsonNode? body)
{
    public Call Call { get; } = call;

    public Realm Realm => Call.Realm;

    public Account Caller { get; } = caller;

    public JsonNode? AnyBody => body;

    public JsonObject Body => body as JsonObject ?? throw RefusedException.OAuth(400, "invalid_request", "Cannot parse the JSON");

    /// <exception cref="RefusedException">403, unless the caller has the role, or the one that is more.</exception>
    public void Demand(string role)
    {
        if (!isAdministrator && !Has(role) && !Has(role.Replace("view-", "manage-", StringComparison.Ordinal)))
        {
            throw RefusedException.Admin(403, "HTTP 403 Forbidden");
        }
    }

    public Account Person(string parameter = "user", string words = "User not found") =>
        Realm.Accounts.Find(Call.Route(parameter)) ?? throw RefusedException.Admin(404, words);

    public Organization Organization() => Realm.Organizations.Find(organization => organization.Id == Call.Route("organization"))
        ?? throw RefusedException.Unacceptable(404, "Organization not found.");

    /// <summary>201, with where the new thing is.</summary>
    public IResult Created(string path, JsonObject? shown = null)
    {
        Call.Http.Response.Headers.Location = $"{Call.BaseUrl}/admin/realms/{Realm.Name}/{path}";
        return shown is null ? Results.StatusCode(StatusCodes.Status201Created) : Results.Json(shown, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The part of a list that <c>first</c> and <c>max</c> ask for; less than none is all.</summary>
    public IEnumerable<T> Page<T>(IEnumerable<T> all, int most)
    {
        var max = Number("max", most);
        return all.Skip(Number("first", 0)).Take(max < 0 ? int.MaxValue : max);
    }

    private int Number(string name, int otherwise) =>
        int.TryParse(Call.Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private bool Has(string role) => Caller.ClientRoles.Contains($"{Realm.Management}/{role}");
}
