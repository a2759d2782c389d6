using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>Whom a request's access token speaks for.</summary>
internal static class BearerToken
{
    private const string Prefix = "Bearer ";

    /// <summary>The caller in this realm, if the token is one of its own, still good, and its owner still there.</summary>
    public static Account? Caller(Call call, Realm realm)
    {
        if (Claims(call, realm) is not { } claims || Json.Text(claims["typ"]) != "Bearer" || (long)claims["exp"]! <= call.Now.ToUnixTimeSeconds())
        {
            return null;
        }

        var session = realm.Sessions.User(Json.Text(claims["sid"]));
        if (claims["sid"] is not null && session is null)
        {
            return null;
        }

        var account = session?.Account ?? realm.Accounts.Find(Json.Text(claims["sub"]) ?? "");
        return account is { Enabled: true } ? account : null;
    }

    public static string? SessionId(Call call, Realm realm) => Json.Text(Claims(call, realm)?["sid"]);

    private static JsonObject? Claims(Call call, Realm realm)
    {
        var header = call.Http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? realm.Key.Read(header[Prefix.Length..]) : null;
    }
}
