using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>What the realm tells everybody about itself, and what it tells a client about a person.</summary>
internal static class DiscoveryApi
{
    public static void Map(Routes routes)
    {
        routes.Map("GET", "", call => Json(new JsonObject
        {
            ["realm"] = call.Realm.Name,
            ["token-service"] = $"{call.Issuer}/protocol/openid-connect",
            ["account-service"] = $"{call.Issuer}/account",
            ["tokens-not-before"] = 0,
        }));
        routes.Map("GET", "/.well-known/openid-configuration", call => Json(Configuration(call)));
        routes.Map("GET", "/protocol/openid-connect/certs", call => Json(new JsonObject { ["keys"] = new JsonArray(call.Realm.Key.Published) }));
        foreach (var method in (string[])["GET", "POST"])
        {
            routes.Map(method, "/protocol/openid-connect/userinfo", UserInfo);
        }
    }

    private static JsonObject Configuration(Call call)
    {
        var endpoints = $"{call.Issuer}/protocol/openid-connect";
        return new JsonObject
        {
            ["issuer"] = call.Issuer,
            ["authorization_endpoint"] = $"{endpoints}/auth",
            ["token_endpoint"] = $"{endpoints}/token",
            ["userinfo_endpoint"] = $"{endpoints}/userinfo",
            ["end_session_endpoint"] = $"{endpoints}/logout",
            ["jwks_uri"] = $"{endpoints}/certs",
            ["grant_types_supported"] = new JsonArray("authorization_code", "client_credentials", "password", "refresh_token"),
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query", "fragment"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["prompt_values_supported"] = new JsonArray("none", "login", "create"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["authorization_response_iss_parameter_supported"] = true,
        };
    }

    private static Task<IResult> UserInfo(Call call)
    {
        lock (call.Realm.Lock)
        {
            if (BearerToken.Caller(call, call.Realm) is { } account)
            {
                var claims = new JsonObject { ["sub"] = account.Id };
                Tokens.AddPerson(claims, account, ["profile", "email"]);
                return Json(claims);
            }
        }

        call.Http.Response.Headers.WWWAuthenticate =
            $"Bearer realm=\"{call.Realm.Name}\", error=\"invalid_token\", error_description=\"Token verification failed\"";
        return Task.FromResult(Results.Text("", "text/plain", statusCode: 401));
    }

    private static Task<IResult> Json(JsonObject json) => Task.FromResult(Results.Json(json));
}
