using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>What goes into tokens, by the scopes and roles that a client may have.</summary>
internal static class Tokens
{
    /// <summary>The claims of an access token.</summary>
    /// <param name="session">Null for a client that speaks for itself.</param>
    public static JsonObject Access(Call call, Client client, Account account, IReadOnlyList<string> scopes, UserSession? session)
    {
        var claims = Common(call, client, session, "Bearer");
        if (scopes.Contains("basic"))
        {
            claims["sub"] = account.Id;
        }

        var resources = Resources(call.Realm, client, account, scopes);
        string[] audiences =
            [
                .. scopes.Select(scope => call.Realm.Audiences.GetValueOrDefault(scope)).OfType<string>(),
                .. resources.Select(resource => resource.Key).Where(resource => resource != client.ClientId),
            ];
        if (audiences.Length > 0)
        {
            claims["aud"] = audiences is [var only] ? only : Json.Array(audiences);
        }

        var roles = call.Realm.RolesOf(account).Select(role => role.Name).Where(role => client.HasFullScope || client.MappedRealmRoles.Contains(role)).ToList();
        if (roles.Count > 0 && scopes.Contains("roles"))
        {
            claims["realm_access"] = new JsonObject { ["roles"] = Json.Array(roles) };
        }

        if (resources.Count > 0)
        {
            claims["resource_access"] = resources;
        }

        claims["scope"] = Shown(scopes);
        AddPerson(claims, account, scopes);
        return claims;
    }

    public static JsonObject Identity(Call call, Client client, IReadOnlyList<string> scopes, UserSession session, string? nonce)
    {
        var claims = Common(call, client, session, "ID");
        claims["aud"] = client.ClientId;
        claims["sub"] = session.Account.Id;
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        AddPerson(claims, session.Account, scopes);
        return claims;
    }

    /// <summary>Scripts read their refresh tokens; what one is good for is in the session.</summary>
    public static JsonObject Refresh(Call call, Client client, IReadOnlyList<string> scopes, UserSession session)
    {
        var claims = Common(call, client, session, "Refresh");
        claims["exp"] = call.Now.AddSeconds(Sessions.RefreshSeconds).ToUnixTimeSeconds();
        (claims["aud"], claims["sub"], claims["scope"]) = (call.Issuer, session.Account.Id, string.Join(' ', scopes));
        return claims;
    }

    /// <summary>The claims that tell who somebody is.</summary>
    public static void AddPerson(JsonObject claims, Account account, IReadOnlyList<string> scopes)
    {
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                claims[name] = value;
            }
        }

        if (scopes.Contains("email"))
        {
            claims["email_verified"] = account.EmailVerified;
            Add("email", account.Email);
        }

        if (scopes.Contains("profile"))
        {
            Add("name", $"{account.FirstName} {account.LastName}".Trim());
            Add("preferred_username", account.Username);
            Add("locale", account.Attribute("locale"));
            Add("given_name", account.FirstName);
            Add("family_name", account.LastName);
            Add("picture", account.Attribute(Account.Picture));
        }
    }

    /// <summary>Scopes that have no name outside are not told.</summary>
    public static string Shown(IEnumerable<string> scopes) =>
        string.Join(' ', scopes.Except(["basic", "acr", "roles", "web-origins", "invite-hold"]));

    private static JsonObject Common(Call call, Client client, UserSession? session, string type)
    {
        var claims = new JsonObject
        {
            ["exp"] = (call.Now + call.Realm.AccessTokenLifespan).ToUnixTimeSeconds(),
            ["iat"] = call.Now.ToUnixTimeSeconds(),
            ["jti"] = Random.Id(),
            ["iss"] = call.Issuer,
            ["typ"] = type,
            ["azp"] = client.ClientId,
            ["acr"] = "1",
        };
        if (session is not null)
        {
            claims["auth_time"] = session.Since.ToUnixTimeSeconds();
            claims["sid"] = session.Id;
        }

        return claims;
    }

    private static JsonObject Resources(Realm realm, Client client, Account account, IReadOnlyList<string> scopes)
    {
        var resources = new JsonObject();
        if (!scopes.Contains("roles"))
        {
            return resources;
        }

        foreach (var roles in account.ClientRoles.Select(role => role.Split('/')).GroupBy(role => role[0], role => role[1]))
        {
            resources[roles.Key] = new JsonObject { ["roles"] = Json.Array(roles) };
        }

        var own = account.ServiceAccountOf is not null ? [] : realm.AccountRoles.Where(role => client.HasFullScope || client.MappedAccountRoles.Contains(role)).ToList();
        if (own.Count > 0)
        {
            resources["account"] = new JsonObject { ["roles"] = Json.Array(own) };
        }

        return resources;
    }
}
