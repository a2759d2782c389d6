using System.Text;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>The addresses of forms and of what follows them.</summary>
internal static class LoginActions
{
    private const string NoCookie =
        "Restart login cookie not found. It may have expired; it may have been deleted or cookies are disabled in your browser.";

    public static void Map(Routes routes)
    {
        routes.Map("GET", "/login-actions/{action}", ShowAsync);
        routes.Map("POST", "/login-actions/{action}", SubmitAsync);
    }

    public static string AddressOf(Call call, LoginTab tab, string action, string? execution = null)
    {
        var address = new StringBuilder($"{call.Issuer}/login-actions/{action}?client_id={tab.Request.Client.ClientId}&tab_id={tab.Id}");
        return execution is null ? address.ToString() : address.Append("&execution=").Append(execution).ToString();
    }

    private static async Task<IResult> ShowAsync(Call call)
    {
        var (tab, action) = (Find(call), call.Route("action"));
        if (call.Query("session_code") is not null)
        {
            return new SeeOther(AddressOf(call, tab, action, call.Query("execution")));
        }

        switch (action)
        {
            case "restart":
                var wasWaiting = tab.Account is not null;
                (tab.Account, tab.Invitation, tab.GivenName) = (null, null, null);
                return Results.Redirect(AddressOf(call, tab, tab.IsRegistering && !wasWaiting ? "registration" : "authenticate"));
            case "required-action" when tab.Account is { } account:
                return await LoginFlow.ShowActionAsync(call, tab, account);
            case "authenticate" or "registration":
                tab.IsRegistering = action == "registration";
                return await LoginFlow.ContinueAsync(call, tab);
            default:
                throw call.Page(400, NoCookie);
        }
    }

    private static async Task<IResult> SubmitAsync(Call call)
    {
        var (tab, action) = (Find(call), call.Route("action"));
        if (tab.IsFinished)
        {
            return Results.Redirect(tab.Request.ErrorAt(call, "temporarily_unavailable", "authentication_expired"));
        }

        if (call.Query("session_code") != tab.SessionCode)
        {
            tab.IsExpired = true;
            return Results.Redirect(AddressOf(call, tab, action, call.Query("execution")));
        }

        tab.NewSessionCode();
        switch (action)
        {
            case "registration":
                return await Registration.SubmitAsync(call, tab);
            case "authenticate":
                return await SignIn.SubmitAsync(call, tab);
            case "required-action" when tab.Account is { } account:
                return await LoginFlow.ShowActionAsync(call, tab, account, call.Form.TryGetValue("note", out var note) ? note.ToString() : null);
            default:
                throw call.Page(400, NoCookie);
        }
    }

    private static LoginTab Find(Call call)
    {
        lock (call.Realm.Lock)
        {
            return call.Realm.Sessions.Browser(call.Cookie(LoginFlow.BrowserCookie))?.Tabs.GetValueOrDefault(call.Query("tab_id") ?? "")
                ?? throw call.Page(400, NoCookie);
        }
    }
}
