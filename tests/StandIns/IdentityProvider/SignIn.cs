using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Name and password: on one page, or on two once the realm has organizations.</summary>
internal static class SignIn
{
    public static async Task<IResult> SubmitAsync(Call call, LoginTab tab)
    {
        lock (call.Realm.Lock)
        {
            var (pages, accounts) = (call.Provider.Pages, call.Realm.Accounts);
            if (call.Realm.Organizations.Count > 0 && tab.GivenName is null)
            {
                return TakeName(call, tab, call.Form["username"].ToString());
            }

            var account = accounts.FindByLogin(tab.GivenName ?? call.Form["username"].ToString());
            if (account?.Password is null || account.Password != call.Form["password"])
            {
                return pages.SignIn(call, tab, "invalidUserMessage");
            }

            if (!account.Enabled)
            {
                return pages.SignIn(call, tab, "accountDisabledMessage");
            }

            tab.Account = account;
        }

        return await LoginFlow.ContinueAsync(call, tab);
    }

    /// <summary>Tells nobody whether there is such an account, except that it is switched off.</summary>
    private static IResult TakeName(Call call, LoginTab tab, string name)
    {
        if (name.Length == 0)
        {
            return call.Provider.Pages.SignIn(call, tab, "invalidUsernameMessage");
        }

        if (call.Realm.Accounts.FindByLogin(name) is { Enabled: false })
        {
            throw new RefusedException(call.Provider.Pages.Error(call.Realm, tab.Language, 400, "accountDisabledMessage"));
        }

        tab.GivenName = name;
        return call.Provider.Pages.SignIn(call, tab);
    }
}
