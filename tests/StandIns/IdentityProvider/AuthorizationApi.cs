using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Where clients send people: to sign in, or to register.</summary>
internal static class AuthorizationApi
{
    public static void Map(Routes routes)
    {
        foreach (var method in (string[])["GET", "POST"])
        {
            routes.Map(method, "/protocol/openid-connect/auth", call => StartAsync(call, isRegistering: call["prompt"] == "create"));
            routes.Map(method, "/protocol/openid-connect/registrations", call => StartAsync(call, isRegistering: true));
        }
    }

    private static async Task<IResult> StartAsync(Call call, bool isRegistering)
    {
        var request = AuthorizationRequest.Read(call);
        LoginTab tab;
        lock (call.Realm.Lock)
        {
            var session = isRegistering || call["prompt"] == "login" ? null : LoginFlow.SignedIn(call);
            if (session is null && call["prompt"] == "none")
            {
                return Results.Redirect(request.ErrorAt(call, "login_required"));
            }

            tab = Open(call, request);
            tab.IsRegistering = isRegistering;
            tab.Account = session?.Account;
        }

        return await LoginFlow.ContinueAsync(call, tab);
    }

    /// <summary>A person who is signed in already and comes to register begins as a stranger.</summary>
    private static LoginTab Open(Call call, AuthorizationRequest request)
    {
        var sessions = call.Realm.Sessions;
        var browser = sessions.Browser(call.Cookie(LoginFlow.BrowserCookie));
        if (browser is null || (browser.User is not null && LoginFlow.SignedIn(call) is null))
        {
            browser = sessions.NewBrowser();
        }

        var tab = new LoginTab(browser, request);
        browser.Tabs.Add(tab.Id, tab);
        call.SetCookie(LoginFlow.BrowserCookie, browser.Id);
        return tab;
    }
}
