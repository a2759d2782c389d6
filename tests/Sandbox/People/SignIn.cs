using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sandbox.Browsing;
using Sandbox.Keycloak;

namespace Sandbox.People;

/// <summary>Getting a token the way the account console does: authorization code with PKCE, through Keycloak's login page.</summary>
internal static class SignIn
{
    private const string Client = "account-console";

    /// <summary>Through the login page of the client that people register into, to wherever that ends.</summary>
    public static async Task<Page> OpenAsync(
        IKeycloak keycloak, Browser browser, string username, string password, CancellationToken cancellationToken) =>
        await LogInAsync(browser, await browser.OpenAsync(LoginUrl(keycloak), cancellationToken), username, password, cancellationToken);

    /// <summary>The login page of the client that people register into; nobody redeems its code.</summary>
    public static string LoginUrl(IKeycloak keycloak) =>
        $"{keycloak.RealmUrl}/protocol/openid-connect/auth?client_id=companion-join&response_type=code&scope=openid"
            + $"&redirect_uri={Uri.EscapeDataString($"{keycloak.RealmUrl}/account/")}&code_challenge={new string('a', 43)}&code_challenge_method=S256";

    public static async Task<string> AccessTokenAsync(
        IKeycloak keycloak, Browser browser, string username, string password, CancellationToken cancellationToken)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var redirect = $"{keycloak.RealmUrl}/account/";
        var page = await browser.OpenAsync(
            $"{keycloak.RealmUrl}/protocol/openid-connect/auth?client_id={Client}&response_type=code&scope=openid&state=x"
                + $"&redirect_uri={Uri.EscapeDataString(redirect)}&code_challenge={challenge}&code_challenge_method=S256",
            cancellationToken);
        page = await LogInAsync(browser, page, username, password, cancellationToken);
        var code = page.Parameter("code") ?? throw new BrowsingException($"Signing in as {username} ended on a page that says: {page.Text}");
        return await RedeemAsync(keycloak, code, verifier, redirect, cancellationToken);
    }

    // With organizations in the realm the login page asks for the name first and the password second.
    private static async Task<Page> LogInAsync(
        Browser browser, Page page, string username, string password, CancellationToken cancellationToken)
    {
        if (page.Parameter("code") is not null)
        {
            return page;
        }

        if (!page.Has("password"))
        {
            page = await browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = username }, cancellationToken);
        }

        var answers = new Dictionary<string, string> { ["password"] = password };
        if (page.Has("username", "password"))
        {
            answers["username"] = username;
        }

        return await browser.SubmitAsync(page, answers, cancellationToken);
    }

    private static async Task<string> RedeemAsync(
        IKeycloak keycloak, string code, string verifier, string redirect, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Client,
            ["code"] = code,
            ["code_verifier"] = verifier,
            ["redirect_uri"] = redirect,
        });
        using var answer = await client.PostAsync(new Uri($"{keycloak.RealmUrl}/protocol/openid-connect/token"), form, cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.IsSuccessStatusCode
            ? body.GetProperty("access_token").GetString()!
            : throw new BrowsingException($"Keycloak gave no token: {body}");
    }
}
