using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Browsing;
using StandIns.Mail;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Nobody gets past an address that has to be confirmed but by the link in a mail to it.</summary>
public abstract partial class VerificationContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    private const string Password = "a-password-of-a-test";

    [Fact]
    public async Task The_companion_has_an_address_confirmed_at_the_next_sign_in()
    {
        var (seed, id) = await StrangerAsync();
        (await PutAsync(id)).ShouldBe("""{"changed":true}""");
        (await PutAsync(id)).ShouldBe("""{"changed":false}""");
        RequiredActions(await ShowAsync(id)).ShouldBe(["VERIFY_EMAIL"]);

        var visitor = Visitor();
        ShouldAskToConfirm(await SignInAsync(visitor, seed), seed.Email);
        (await visitor.Browser.OpenAsync(await LinkAsync(seed.Email), Ct)).Parameter("code").ShouldNotBeNull();

        var account = await ShowAsync(id);
        ((bool)account["emailVerified"]!).ShouldBeTrue();
        RequiredActions(account).ShouldBeEmpty();
        (await PutAsync(id)).ShouldBe("""{"changed":false}""");
        (await SignInAsync(Visitor(), seed)).Parameter("code").ShouldNotBeNull();
    }

    [Fact]
    public async Task In_another_browser_the_link_asks_once_more_and_then_holds_as_well()
    {
        var (seed, id) = await StrangerAsync();
        await PutAsync(id);
        await SignInAsync(Visitor(), seed);
        var link = await LinkAsync(seed.Email);

        var phone = Visitor().Browser;
        var question = await phone.OpenAsync(link, Ct);
        ((bool)(await ShowAsync(id))["emailVerified"]!).ShouldBeFalse();
        var end = await phone.OpenAsync(question.Document.QuerySelector("#kc-info-message a")!.GetAttribute("href")!, Ct);
        end.Text.ShouldContain("Your address is confirmed.");
        ((bool)(await ShowAsync(id))["emailVerified"]!).ShouldBeTrue();
        (await SignInAsync(Visitor(), seed)).Parameter("code").ShouldNotBeNull();
        (await Visitor().Browser.OpenAsync(link, Ct)).Document.QuerySelector("#kc-info-message a[href*='action-token']").ShouldBeNull();
    }

    [Fact]
    public async Task Who_has_confirmed_the_address_is_not_asked_again()
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        (await PutAsync(id)).ShouldBe("""{"changed":false}""");
        RequiredActions(await ShowAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_newcomer_whose_address_nobody_proved_has_to_confirm_it_first()
    {
        var (person, visitor, page) = await RegisterAsync();
        ShouldAskToConfirm(page, person.Address);
        ((bool)(await Keycloak.FindAsync(person.Username, Ct))!["emailVerified"]!).ShouldBeFalse();
        (await visitor.Browser.OpenAsync(await LinkAsync(person.Address), Ct)).Parameter("code").ShouldNotBeNull();
        ((bool)(await Keycloak.FindAsync(person.Username, Ct))!["emailVerified"]!).ShouldBeTrue();
        await Peer.HearsAsync(person, "inspect", "claim", "registered");
    }

    [Fact]
    public async Task While_no_mail_goes_out_nobody_gets_past()
    {
        Keycloak.Mail.Fail(MailPoint.Sender, new MailFault.Reply(451, "4.3.0 not now"), times: 1);
        var (person, _, page) = await RegisterAsync();
        page.Parameter("code").ShouldBeNull();
        page.Url.ShouldContain("execution=VERIFY_EMAIL");
        page.Status.ShouldBe(HttpStatusCode.InternalServerError);
        page.Text.ShouldContain("The mail could not be sent.");
        ((bool)(await Keycloak.FindAsync(person.Username, Ct))!["emailVerified"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_made_up_link_confirms_nothing()
    {
        var page = await Visitor().Browser.OpenAsync($"{Keycloak.RealmUrl}/login-actions/action-token?key=made.up.key", Ct);
        page.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("{id}", "[]", 400, "malformed")]
    [InlineData("{id}", "{not json", 400, "malformed")]
    [InlineData("{id}", "", 400, "malformed")]
    [InlineData("none", "{}", 404, "account_unknown")]
    public async Task A_call_that_can_not_be_meant_has_a_code(string account, string body, int status, string code)
    {
        var (_, id) = await StrangerAsync();
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.PutAsync($"verifications/{account.Replace("{id}", id, StringComparison.Ordinal)}", body, Ct);
        ((int)answer.Status, (string?)answer.Json["code"]).ShouldBe((status, code));
        RequiredActions(await ShowAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_companion_may_have_addresses_confirmed()
    {
        var (seed, id) = await StrangerAsync();
        var tokens = await Visitor().TokensAsync(seed.Username, Password);
        foreach (var (token, status, code) in ((string, HttpStatusCode, string)[])
            [("", HttpStatusCode.Unauthorized, "unauthenticated"), ((string)tokens["access_token"]!, HttpStatusCode.Forbidden, "forbidden")])
        {
            using var other = new CompanionCaller(Keycloak) { Token = token };
            var refused = await other.PutAsync($"verifications/{id}", "{}", Ct);
            (refused.Status, (string?)refused.Json["code"]).ShouldBe((status, code));
        }

        RequiredActions(await ShowAsync(id)).ShouldBeEmpty();
    }

    private static void ShouldAskToConfirm(Page page, string address)
    {
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Parameter("code").ShouldBeNull();
        page.Url.ShouldContain("execution=VERIFY_EMAIL");
        page.Text.ShouldContain($"We sent a mail to {address}.");
    }

    private static Task<Page> SignInAsync(RealmVisitor visitor, AccountSeed seed) =>
        visitor.SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), seed.Username, Password);

    private static IEnumerable<string> RequiredActions(JsonNode account) => account["requiredActions"]!.AsArray().Select(action => (string)action!);

    private Task<JsonNode> ShowAsync(string id) => Keycloak.Admin.GetAsync($"users/{id}", Ct);

    private async Task<(AccountSeed Seed, string Id)> StrangerAsync()
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Password = Password, AddressVerified = false };
        return (seed, await Keycloak.AddAccountAsync(seed, Ct));
    }

    private async Task<(InvitedPerson Person, RealmVisitor Visitor, Page Page)> RegisterAsync()
    {
        var (person, visitor) = (Peer.Invite(), Visitor());
        person.AddressVerified = false;
        return (person, visitor, await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person));
    }

    private async Task<string> LinkAsync(string address) =>
        Link().Match((await Keycloak.Mail.WaitForAsync(address, Ct)).Text).Value;

    private async Task<string> PutAsync(string id)
    {
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.PutAsync($"verifications/{id}", "{}", Ct);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Text;
    }

    [GeneratedRegex(@"https?://\S+/login-actions/action-token\S+")]
    private static partial Regex Link();
}

public sealed class StandInVerificationTests(StandInKeycloak keycloak) : VerificationContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealVerificationTests(RealKeycloak keycloak) : VerificationContract(keycloak);
