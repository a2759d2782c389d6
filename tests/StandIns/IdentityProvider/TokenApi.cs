using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>The token endpoint.</summary>
internal static class TokenApi
{
    public static void Map(Routes routes) => routes.Map("POST", "/protocol/openid-connect/token", call =>
    {
        call.Http.Response.Headers.CacheControl = "no-store";
        lock (call.Realm.Lock)
        {
            return Task.FromResult(Results.Json(Grant(call)));
        }
    });

    private static JsonObject Grant(Call call)
    {
        if (call.Http.Request.HasFormContentType && call.HasDuplicates)
        {
            throw RefusedException.OAuth(400, "invalid_request", "duplicated parameter");
        }

        Func<Call, Client, JsonObject> grant = (call.Http.Request.HasFormContentType ? call["grant_type"] : null) switch
        {
            null => throw RefusedException.OAuth(400, "invalid_request", "Missing form parameter: grant_type"),
            "authorization_code" => ByCode,
            "refresh_token" => ByRefreshToken,
            "client_credentials" => ByClientCredentials,
            "password" => ByPassword,
            _ => throw RefusedException.OAuth(400, "unsupported_grant_type", "Unsupported grant_type"),
        };
        return grant(call, ClientAuthentication.Authenticate(call));
    }

    private static JsonObject ByCode(Call call, Client client)
    {
        var code = call["code"] ?? throw RefusedException.OAuth(400, "invalid_request", "Missing parameter: code");
        var issued = call.Realm.Sessions.TakeCode(code, call.Now) ?? throw Invalid("Code not valid");
        if (call["redirect_uri"] != issued.Request.RedirectUri)
        {
            throw Invalid("Incorrect redirect_uri");
        }

        if (issued.Request.Client.ClientId != client.ClientId)
        {
            throw Invalid("Auth error: Found different client_id in clientSession");
        }

        if (Pkce.Check(issued.Request.Challenge, call["code_verifier"]) is { } objection)
        {
            throw Invalid(objection);
        }

        return Answer(call, client, issued.Request.Scopes, issued.Session, issued.Request.Nonce);
    }

    private static JsonObject ByRefreshToken(Call call, Client client)
    {
        var token = call["refresh_token"] ?? throw RefusedException.OAuth(400, "invalid_request", "No refresh token");
        var right = call.Realm.Sessions.Right(token) ?? throw Invalid("Invalid refresh token");
        if (right.ClientId != client.ClientId)
        {
            throw Invalid("Invalid refresh token. Token client and authorized client don't match");
        }

        if (call.Now >= right.Until)
        {
            throw Invalid("Token is not active");
        }

        var session = call.Realm.Sessions.User(right.Session.Id) ?? throw Invalid("Session not active");
        if (!session.Account.Enabled)
        {
            throw Invalid("User disabled");
        }

        return session.Clients.Contains(client.ClientId)
            ? Answer(call, client, right.Scopes, session, right.Nonce)
            : throw Invalid("Session doesn't have required client");
    }

    private static JsonObject ByClientCredentials(Call call, Client client)
    {
        if (client.IsPublic || !client.HasServiceAccount)
        {
            throw RefusedException.OAuth(401, "unauthorized_client", client.IsPublic
                ? "Public client not allowed to retrieve service account"
                : "Client not enabled to retrieve service account");
        }

        var scopes = ScopesOf(call, client);
        var answer = Bare(call, client, call.Realm.Accounts.ServiceAccountOf(client.ClientId)!, scopes, session: null);
        answer["refresh_expires_in"] = 0;
        return answer;
    }

    private static JsonObject ByPassword(Call call, Client client)
    {
        if (!client.HasDirectGrants)
        {
            throw RefusedException.OAuth(400, "unauthorized_client", "Client not allowed for direct access grants");
        }

        var username = call["username"] ?? throw RefusedException.OAuth(401, "invalid_request", "Missing parameter: username");
        var account = call.Realm.Accounts.FindByLogin(username);
        if (account?.Password is null || account.Password != call["password"])
        {
            throw Invalid("Invalid user credentials");
        }

        if (!account.Enabled)
        {
            throw Invalid("Account disabled");
        }

        if (LoginFlow.PendingAction(call.Realm, account) is not null)
        {
            throw Invalid("Account is not fully set up");
        }

        var scopes = ScopesOf(call, client);
        var session = call.Realm.Sessions.SignIn(Random.Token(), account, call.Now);
        session.Clients.Add(client.ClientId);
        return Answer(call, client, scopes, session, nonce: null);
    }

    private static IReadOnlyList<string> ScopesOf(Call call, Client client) =>
        client.Grant(call["scope"]) ?? throw RefusedException.OAuth(400, "invalid_scope", $"Invalid scopes: {call["scope"]}");

    private static JsonObject Answer(Call call, Client client, IReadOnlyList<string> scopes, UserSession session, string? nonce)
    {
        var answer = Bare(call, client, session.Account, scopes, session);
        var refreshToken = call.Realm.Key.Sign(Tokens.Refresh(call, client, scopes, session));
        call.Realm.Sessions.AddRight(refreshToken, session, client.ClientId, scopes, nonce, call.Now);
        answer["refresh_expires_in"] = Sessions.RefreshSeconds;
        answer["refresh_token"] = refreshToken;
        answer["session_state"] = session.Id;
        if (scopes.Contains("openid"))
        {
            answer["id_token"] = call.Realm.Key.Sign(Tokens.Identity(call, client, scopes, session, nonce));
        }

        return answer;
    }

    private static JsonObject Bare(Call call, Client client, Account account, IReadOnlyList<string> scopes, UserSession? session) => new()
    {
        ["access_token"] = call.Realm.Key.Sign(Tokens.Access(call, client, account, scopes, session)),
        ["expires_in"] = (int)call.Realm.AccessTokenLifespan.TotalSeconds,
        ["token_type"] = "Bearer",
        ["not-before-policy"] = 0,
        ["scope"] = Tokens.Shown(scopes),
    };

    private static RefusedException Invalid(string description) => RefusedException.OAuth(400, "invalid_grant", description);
}
