using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Ends a session: at once for a client that shows whose, else after asking.</summary>
internal static class LogoutApi
{
    public const string Path = "/protocol/openid-connect/logout";

    public static void Map(Routes routes)
    {
        routes.Map("GET", Path, call => Task.FromResult(Ask(call)));
        routes.Map("POST", Path, call => Task.FromResult(call["refresh_token"] is { } token ? ByRefreshToken(call, token) : Ask(call)));
        routes.Map("POST", $"{Path}/logout-confirm", call => Task.FromResult(Confirm(call)));
    }

    private static IResult Ask(Call call)
    {
        lock (call.Realm.Lock)
        {
            var hint = call["id_token_hint"] is { } token ? call.Realm.Key.Read(token) : null;
            var client = call.Realm.Clients.GetValueOrDefault(Json.Text(hint?["azp"]) ?? call["client_id"] ?? "");
            var target = call["post_logout_redirect_uri"];
            if (target is not null && client is null)
            {
                throw call.Page(400, "Missing parameters: id_token_hint");
            }

            if (target is not null && !client!.Allows(target, call.BaseUrl))
            {
                throw call.Page(400, "Invalid redirect uri");
            }

            if (hint is null)
            {
                return call.Provider.Pages.SignOut(call, $"{call.Issuer}{Path}/logout-confirm{call.Http.Request.QueryString}");
            }

            End(call, Json.Text(hint["sid"]));
            return target is null ? Done(call) : Results.Redirect(call["state"] is { } state ? AuthorizationRequest.With(target, "state", state) : target);
        }
    }

    private static IResult Confirm(Call call)
    {
        lock (call.Realm.Lock)
        {
            End(call, LoginFlow.SignedIn(call)?.Id);
            return Done(call);
        }
    }

    private static IResult ByRefreshToken(Call call, string token)
    {
        lock (call.Realm.Lock)
        {
            var client = ClientAuthentication.Authenticate(call);
            var right = call.Realm.Sessions.Right(token);
            if (right is null || right.ClientId != client.ClientId)
            {
                throw RefusedException.OAuth(400, "invalid_grant", "Invalid refresh token");
            }

            End(call, right.Session.Id);
            return Results.NoContent();
        }
    }

    private static void End(Call call, string? sessionId)
    {
        if (call.Realm.Sessions.User(sessionId) is { } session)
        {
            call.Realm.Sessions.SignOut(session);
        }

        LoginFlow.Forget(call);
    }

    private static IResult Done(Call call) => call.Provider.Pages.Info(call.Realm, "You are logged out", "You are logged out");
}
