namespace StandIns.IdentityProvider;

/// <summary>Where Keycloak has its account console: here a page that says who is signed in.</summary>
internal static class AccountConsole
{
    private const string Client = "account-console";

    public static void Map(Routes routes) => routes.Map("GET", "/account/", call =>
    {
        lock (call.Realm.Lock)
        {
            return Task.FromResult(LoginFlow.SignedIn(call) is { } session
                ? call.Provider.Pages.SignedIn(call, session.Account)
                : call.Provider.Pages.SignedOut(call, SignInAddress(call)));
        }
    });

    // The real console redeems the code; here the browser's session is all there is to see.
    private static string SignInAddress(Call call) =>
        $"{call.Issuer}/protocol/openid-connect/auth?client_id={Client}&response_type=code&scope=openid"
            + $"&redirect_uri={Uri.EscapeDataString($"{call.Issuer}/account/")}&code_challenge={Pkce.ChallengeOf(Random.Token())}&code_challenge_method=S256";
}
