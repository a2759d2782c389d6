using System.Net.Mail;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>A mail with a link: whoever opens it has the mailbox. In another browser than the one that waits it takes one more click.</summary>
internal static class EmailVerification
{
    private const string TokenType = "verify-email";

    private static readonly TimeSpan Lifespan = TimeSpan.FromMinutes(5);

    public static void Map(Routes routes) => routes.Map("GET", "/login-actions/action-token", call => Task.FromResult(Open(call)));

    /// <summary>One mail per tab.</summary>
    public static async Task<IResult> ShowAsync(Call call, LoginTab tab, Account account)
    {
        if (tab.MailedTo != account.Email)
        {
            try
            {
                await SendAsync(call, account, LinkOf(call, account, new() { ["browser"] = tab.Browser.Id, ["tab"] = tab.Id }));
            }
            catch (SmtpException)
            {
                return call.Provider.Pages.Error(call.Realm, tab.Language, 500, "emailSendErrorMessage");
            }

            tab.MailedTo = account.Email;
        }

        return call.Provider.Pages.VerifyEmail(call, tab, account);
    }

    private static IResult Open(Call call)
    {
        lock (call.Realm.Lock)
        {
            var pages = call.Provider.Pages;
            var claims = call.Realm.Key.Read(call.Query("key") ?? "");
            var account = call.Realm.Accounts.Find(Json.Text(claims?["sub"]) ?? "");
            if (account is not { Enabled: true } || Json.Text(claims!["typ"]) != TokenType || Json.Text(claims["eml"]) != account.Email
                || (long)claims["exp"]! <= call.Now.ToUnixTimeSeconds())
            {
                throw call.Page(400, "The link is stale. Maybe the address is confirmed already.");
            }

            if (account.EmailVerified && !account.RequiredActions.Contains(RequiredAction.VerifyEmail))
            {
                return pages.Info(call.Realm, "Address confirmed", "The address is confirmed already.");
            }

            var browser = call.Realm.Sessions.Browser(call.Cookie(LoginFlow.BrowserCookie));
            var tab = browser?.Id == Json.Text(claims["browser"]) ? browser?.Tabs.GetValueOrDefault(Json.Text(claims["tab"]) ?? "") : null;
            if (tab is null && claims["confirmed"] is null)
            {
                return pages.Info(
                    call.Realm, "Confirm the address", $"Confirm that {account.Email} is yours.", LinkOf(call, account, new() { ["confirmed"] = true }));
            }

            account.EmailVerified = true;
            account.RequiredActions.Remove(RequiredAction.VerifyEmail);
            return tab is null ? pages.Info(call.Realm, "Address confirmed", "emailVerifiedMessage") : LoginFlow.GoOn(call, tab, account);
        }
    }

    private static string LinkOf(Call call, Account account, JsonObject claims)
    {
        (claims["typ"], claims["sub"], claims["eml"]) = (TokenType, account.Id, account.Email);
        claims["exp"] = (call.Now + Lifespan).ToUnixTimeSeconds();
        return $"{call.Issuer}/login-actions/action-token?key={call.Realm.Key.Sign(claims)}";
    }

    private static async Task SendAsync(Call call, Account account, string link)
    {
        var server = call.Realm.MailServer;
        using var client = new SmtpClient(server.Host, server.Port) { Credentials = server.Login };
        using var mail = new MailMessage(server.From, account.Email!, "Confirm your address", $"Open this link to confirm your address:\n\n{link}\n");
        await client.SendMailAsync(mail, call.Aborted);
    }
}
