using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>The address of an account is one that its owner has read mail at, also after it was changed.</summary>
[Collection(nameof(RealKeycloak))]
public sealed partial class AddressChangeTests(RealKeycloak keycloak) : KeycloakContract(keycloak)
{
    private const string Password = "a-password-of-a-test";

    [Fact]
    public async Task Nobody_writes_another_address_into_the_account()
    {
        var (seed, id) = await MemberAsync();
        var tokens = await Visitor().TokensAsync(seed.Username, Password);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)tokens["access_token"]!);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        var account = (await client.GetFromJsonAsync<JsonObject>($"{Keycloak.RealmUrl}/account/", Ct))!;
        account["email"] = "owner@example.org";
        (await client.PostAsJsonAsync($"{Keycloak.RealmUrl}/account/", account, Ct)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldHaveAsync(id, seed.Email);
    }

    [Fact]
    public async Task Another_address_is_the_accounts_when_the_link_in_the_mail_to_it_was_opened_and_not_before()
    {
        var (seed, id) = await MemberAsync();
        var wanted = AccountSeed.New().Email;
        var visitor = Visitor();
        var page = await visitor.SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join, "&kc_action=UPDATE_EMAIL"), seed.Username, Password);
        page = await visitor.Browser.SubmitAsync(page, new Dictionary<string, string> { ["email"] = wanted }, Ct);
        page.Status.ShouldBe(HttpStatusCode.OK);
        await ShouldHaveAsync(id, seed.Email);

        var link = Link().Match((await Keycloak.Mail.WaitForAsync(wanted, Ct)).Text).Value;
        page = await visitor.Browser.OpenAsync(link, Ct);
        if (page.Document.QuerySelector("#kc-info-message a[href*='action-token']") is { } confirm)
        {
            await visitor.Browser.OpenAsync(confirm.GetAttribute("href")!, Ct);
        }

        await ShouldHaveAsync(id, wanted);
    }

    [Fact]
    public async Task Whoever_has_no_address_proves_the_one_that_is_filled_in()
    {
        var (seed, id) = await MemberAsync();
        await Keycloak.Admin.PutAsync($"users/{id}", new JsonObject { ["email"] = "" }, Ct);
        var wanted = AccountSeed.New().Email;
        var visitor = Visitor();
        var page = await visitor.SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), seed.Username, Password);
        page = await visitor.Browser.SubmitAsync(page, new Dictionary<string, string> { ["email"] = wanted, ["firstName"] = "Anna", ["lastName"] = "Anders" }, Ct);
        page.Parameter("code").ShouldBeNull();
        ((string?)(await Keycloak.Admin.GetAsync($"users/{id}", Ct))["email"]).ShouldBeNull();
        await Keycloak.Mail.WaitForAsync(wanted, Ct);
    }

    private async Task<(AccountSeed Seed, string Id)> MemberAsync()
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Anders", Password = Password };
        return (seed, await Keycloak.AddAccountAsync(seed, Ct));
    }

    private async Task ShouldHaveAsync(string id, string address)
    {
        var account = await Keycloak.Admin.GetAsync($"users/{id}", Ct);
        ((string?)account["email"], (bool)account["emailVerified"]!).ShouldBe((address, true));
    }

    [GeneratedRegex(@"https?://\S+/login-actions/action-token\S+")]
    private static partial Regex Link();
}
