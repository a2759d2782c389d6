using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>What comes next in a tab: a form, something to be done first, or the way back to the client.</summary>
internal static class LoginFlow
{
    public const string BrowserCookie = "AUTH_SESSION_ID";

    private const string IdentityCookie = "KEYCLOAK_IDENTITY";

    /// <summary>Whoever is signed in with this browser, unless switched off since.</summary>
    public static UserSession? SignedIn(Call call) => call.Cookie(IdentityCookie) is { } token
        && call.Realm.Key.Read(token) is { } claims
        && call.Realm.Sessions.User(Json.Text(claims["sid"])) is { Account.Enabled: true } session
            ? session
            : null;

    public static void Forget(Call call) => call.DeleteCookie(IdentityCookie);

    public static async Task<IResult> ContinueAsync(Call call, LoginTab tab)
    {
        if (tab.Account is { } account)
        {
            lock (call.Realm.Lock)
            {
                return GoOn(call, tab, account);
            }
        }

        return tab.IsRegistering ? await Registration.ShowAsync(call, tab) : call.Provider.Pages.SignIn(call, tab);
    }

    /// <summary>To what must be done first, or back to the client.</summary>
    public static IResult GoOn(Call call, LoginTab tab, Account account) => PendingAction(call.Realm, account) is { } action
        ? Results.Redirect(LoginActions.AddressOf(call, tab, "required-action", action))
        : Finish(call, tab, account);

    /// <returns>What to say when somebody else has signed in with this browser meanwhile; else null.</returns>
    public static string? OtherUser(Call call, LoginTab tab, Account account) =>
        tab.Browser.User is { } other && call.Realm.Sessions.User(other.Id) is not null && other.Account != account
            ? $"You are already authenticated as different user '{other.Account.Username}' in this session. Please sign out first."
            : null;

    /// <summary>The page of what must be done first; people who have nothing to do go on.</summary>
    /// <param name="note">What somebody who waits wrote just now; null for nothing.</param>
    public static async Task<IResult> ShowActionAsync(Call call, LoginTab tab, Account account, string? note = null)
    {
        string? pending;
        lock (call.Realm.Lock)
        {
            pending = PendingAction(call.Realm, account);
            if (pending is null)
            {
                return Finish(call, tab, account);
            }

            if (pending == RequiredAction.Approval && (!account.Enabled || call.Realm.Accounts.Find(account.Id) is null))
            {
                tab.IsFinished = true;
                return call.Provider.Pages.Error(call.Realm, tab.Language, 400, "accountDisabledMessage");
            }
        }

        return pending == RequiredAction.Approval
            ? await WaitAsync(call, tab, account, note)
            : await EmailVerification.ShowAsync(call, tab, account);
    }

    private static async Task<IResult> WaitAsync(Call call, LoginTab tab, Account account, string? note)
    {
        var waiting = account.InviteId is null
            ? null
            : await call.Provider.Companion.AskAsync(CompanionMessage.Waiting(call.Realm.Name, account, note));
        lock (call.Realm.Lock)
        {
            return call.Provider.Pages.Waiting(call, tab, account, waiting, note);
        }
    }

    /// <returns>What this account has to do first, the mark of a decision being the truth and the flow, not the action, what holds; else null.</returns>
    public static string? PendingAction(Realm realm, Account account)
    {
        if (account.Approval is "pending" or "denied")
        {
            account.RequiredActions.Add(RequiredAction.Approval);
        }
        else
        {
            account.RequiredActions.Remove(RequiredAction.Approval);
        }

        return new[] { RequiredAction.Approval, RequiredAction.VerifyEmail }
            .FirstOrDefault(action => account.RequiredActions.Contains(action) && (action == RequiredAction.Approval || realm.EnabledActions.Contains(action)));
    }

    private static IResult Finish(Call call, LoginTab tab, Account account)
    {
        var (sessions, request, browser) = (call.Realm.Sessions, tab.Request, tab.Browser);
        if (OtherUser(call, tab, account) is { } other)
        {
            throw call.Page(400, other);
        }

        if (browser.User is null || sessions.User(browser.User.Id) is null)
        {
            browser.User = SignedIn(call) is { } known && known.Account == account ? known : sessions.SignIn(browser.Id, account, call.Now);
        }

        tab.IsFinished = true;
        var session = browser.User;
        call.SetCookie(IdentityCookie, call.Realm.Key.Sign(new() { ["sid"] = session.Id, ["typ"] = "Serialized-ID" }));
        return Results.Redirect(request.AnswerAt(
            ("state", request.State), ("session_state", session.Id), ("iss", call.Issuer), ("code", sessions.NewCode(request, session, call.Now))));
    }
}
