using System.Net;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Registering by invitation: what is asked and told when, and what is left behind.</summary>
public abstract class RegistrationContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Fact]
    public async Task A_good_handle_opens_a_form_that_is_locked_to_the_invited_address()
    {
        var person = Peer.Invite();
        var form = await Visitor().OpenRegistrationAsync(person);
        form.Status.ShouldBe(HttpStatusCode.OK);
        form.Has("username", "email", "firstName", "lastName", "password", "password-confirm").ShouldBeTrue(form.Text);
        form.Value("email").ShouldBe(person.Address);
        form.Document.QuerySelector("[name='email']")!.HasAttribute("readonly").ShouldBeTrue();
        form.Text.ShouldContain("Alice <i>Ahlers invited you to Harbour");
        var question = (await Peer.HearsAsync(person, "inspect")).Single();
        question.Path.ShouldBe("/idp/v1/inspect");
        question.IsGenuine.ShouldBeTrue();
        question.Body.Select(field => field.Key).ShouldBe(["type", "realm", "handle"], ignoreOrder: true);
        question.Text("realm").ShouldBe(Keycloak.Realm);
    }

    [Fact]
    public async Task A_client_that_asks_to_create_an_account_leads_to_the_same_form()
    {
        var person = Peer.Invite();
        var visitor = Visitor();
        var form = await visitor.Browser.OpenAsync(visitor.AuthorizationUrl(RealmVisitor.Join, $"&prompt=create&invite={person.Handle}"), Ct);
        form.Value("email").ShouldBe(person.Address);
        (await visitor.RegisterAsync(form, person)).Parameter("code").ShouldNotBeNull();
        await Peer.HearsAsync(person, "inspect", "claim", "registered");
    }

    [Fact]
    public async Task An_address_that_an_account_never_proved_goes_to_the_invited_person()
    {
        var person = Peer.Invite();
        var other = AccountSeed.New() with { Email = person.Address, AddressVerified = false };
        var id = await Keycloak.AddAccountAsync(other, Ct);
        var visitor = Visitor();
        (await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person)).Parameter("code").ShouldNotBeNull();
        (await Keycloak.Admin.GetAsync($"users/{id}", Ct))["email"].ShouldBeNull();
        ((string?)(await Keycloak.FindAsync(person.Username, Ct))!["email"]).ShouldBe(person.Address);
        await Peer.HearsAsync(person, "inspect", "claim", "registered");
    }

    [Fact]
    public async Task An_address_that_an_account_has_proved_stays_there()
    {
        var person = Peer.Invite();
        var other = AccountSeed.New() with { Email = person.Address };
        var id = await Keycloak.AddAccountAsync(other, Ct);
        var visitor = Visitor();
        (await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person)).Status.ShouldBe(HttpStatusCode.OK);
        ((string?)(await Keycloak.Admin.GetAsync($"users/{id}", Ct))["email"]).ShouldBe(person.Address);
        (await Keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();
    }

    [Theory]
    [InlineData("ali\u200Bce")]
    [InlineData("\u202Ealice")]
    [InlineData("\uFF41lice")]
    [InlineData("al\u0131ce")]
    [InlineData("alice ahlers")]
    [InlineData("alice@example.org")]
    public async Task A_user_name_that_looks_like_another_is_refused(string username)
    {
        var person = Peer.Invite();
        var visitor = Visitor();
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person, ("username", username));
        page.Parameter("code").ShouldBeNull();
        page.Has("username", "password").ShouldBeTrue(page.Text);
        await Peer.HearsAsync(person, "inspect");
    }

    [Fact]
    public async Task The_claim_comes_before_the_account_is_seen_and_the_fact_after_it()
    {
        var person = Peer.Invite();
        var seenAtClaim = true;
        person.OnClaim = async _ =>
        {
            seenAtClaim = await Keycloak.FindAsync(person.Username, CancellationToken.None) is not null;
            return null;
        };
        var visitor = Visitor();
        var end = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        end.Parameter("code").ShouldNotBeNull(end.Text);
        end.Url.ShouldStartWith($"{visitor.Redirect}welcome?");
        seenAtClaim.ShouldBeFalse();
        var heard = await Peer.HearsAsync(person, "inspect", "claim", "registered");
        heard.ShouldAllBe(message => message.IsGenuine);
        heard.Select(message => message.Path).ShouldBe(["/idp/v1/inspect", "/idp/v1/claim", "/idp/v1/facts"]);
        var account = (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull();
        var (claim, fact) = (heard[1], heard[2]);
        claim.Body.Select(field => field.Key).ShouldBe(["type", "realm", "handle", "claimKey", "accountId", "address", "displayName"], ignoreOrder: true);
        claim.Text("claimKey").Length.ShouldBe(43);
        claim.Text("address").ShouldBe(person.Address);
        claim.Text("displayName").ShouldBe("Anna Anders");
        claim.Text("accountId").ShouldBe((string)account["id"]!);
        fact.Body.Select(field => field.Key).ShouldBe(["type", "realm", "inviteId", "claimKey", "accountId", "displayName"], ignoreOrder: true);
        (fact.Text("claimKey"), fact.Text("accountId")).ShouldBe((claim.Text("claimKey"), claim.Text("accountId")));
    }

    [Fact]
    public async Task The_account_is_what_the_claim_granted_and_not_what_was_posted()
    {
        var person = Peer.Invite();
        var visitor = Visitor();
        var form = await visitor.OpenRegistrationAsync(person);
        var end = await visitor.RegisterAsync(
            form, person, ("email", "mallory@example.org"), ("invite_id", "made-up"), ("attributes.invite_id", "made-up"), ("emailVerified", "false"), ("enabled", "false"));
        end.Parameter("code").ShouldNotBeNull(end.Text);
        var account = (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull();
        ((string?)account["email"]).ShouldBe(person.Address);
        ((bool)account["emailVerified"]!).ShouldBeTrue();
        ((bool)account["enabled"]!).ShouldBeTrue();
        ((string?)account["attributes"]!["invite_id"]![0]).ShouldBe(person.InviteId);
        account["attributes"]!["invite_approval"].ShouldBeNull();
        var groups = await Keycloak.Admin.GetAsync($"users/{account["id"]}/groups", Ct);
        groups.AsArray().Select(group => (string)group!["path"]!).ShouldBe(["/members"]);
    }

    [Theory]
    [InlineData("invite_unknown", HttpStatusCode.NotFound)]
    [InlineData("invite_expired", HttpStatusCode.Gone)]
    [InlineData("invite_revoked", HttpStatusCode.Gone)]
    [InlineData("invite_redeemed", HttpStatusCode.Gone)]
    [InlineData("invite_in_use", HttpStatusCode.Conflict)]
    [InlineData("invite_waiting", HttpStatusCode.Forbidden)]
    [InlineData("inviting_paused", HttpStatusCode.ServiceUnavailable)]
    [InlineData("a_code_of_tomorrow", HttpStatusCode.Forbidden)]
    public async Task A_refused_inspection_shows_no_form_but_why(string code, HttpStatusCode status)
    {
        var person = Peer.Invite();
        person.GateRefusal = code;
        var page = await Visitor().OpenRegistrationAsync(person);
        ShouldRefuse(page, code, status);
        var link = page.Document.QuerySelector(code == "invite_redeemed" ? "#invite-login" : "#invite-landing");
        link.ShouldNotBeNull().GetAttribute("href").ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("&invite=")]
    [InlineData("&invite=x&a=1&b=2&c=3&d=4&e=5")]
    public async Task Without_a_handle_the_companion_is_not_even_asked(string parameters)
    {
        var visitor = Visitor();
        ShouldRefuse(await visitor.Browser.OpenAsync(visitor.RegistrationUrl(null, parameters), Ct), "invite_missing", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("username", "ab", "Use 3 to 64 characters.")]
    [InlineData("username", "an@na", "This contains a character that can't be used in a user name.")]
    [InlineData("firstName", "", "Fill in this field.")]
    [InlineData("lastName", "a<b", "This contains a character that can't be used in a name.")]
    [InlineData("password", "short", "Use at least 8 characters.")]
    [InlineData("password", "", "Choose a password.")]
    [InlineData("password-confirm", "something else", "The two passwords differ.")]
    public async Task A_mistake_in_the_form_brings_it_back_and_claims_nothing(string field, string value, string complaint)
    {
        var person = Peer.Invite();
        var visitor = Visitor();
        var form = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person, (field, value));
        form.Status.ShouldBe(HttpStatusCode.OK);
        form.Text.ShouldContain(complaint);
        form.Value("email").ShouldBe(person.Address);
        form.Value("username").ShouldBe(field == "username" ? value : person.Username);
        form.Value("password").ShouldBeNullOrEmpty();
        await Peer.HearsAsync(person, "inspect");
        (await visitor.RegisterAsync(form, person)).Parameter("code").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_taken_address_or_name_is_said_at_its_field()
    {
        var (seed, person) = (AccountSeed.New(), Peer.Invite());
        await Keycloak.AddAccountAsync(seed with { Email = person.Address }, Ct);
        var visitor = Visitor();
        var form = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person, ("username", seed.Username));
        form.Text.ShouldContain("This user name is taken.");
        form.Text.ShouldContain("There is an account with this address already.");
        await Peer.HearsAsync(person, "inspect");
    }

    [Theory]
    [InlineData("&kc_locale=de", "en", "de")]
    [InlineData("", "de", "de")]
    [InlineData("&kc_locale=en", "de", "en")]
    [InlineData("", "fr", "en")]
    public async Task The_form_speaks_as_the_link_asks_or_else_as_the_invite_does(string parameter, string invited, string shown)
    {
        var person = Peer.Invite();
        person.Language = invited;
        var form = await Visitor().OpenRegistrationAsync(person, parameter);
        form.Text.ShouldContain(shown == "de" ? "hat dich zu Harbour eingeladen" : "invited you to Harbour");
    }

    internal static void ShouldRefuse(Page page, string code, HttpStatusCode status)
    {
        page.Status.ShouldBe(status, page.Text);
        page.Document.QuerySelector("#invite-refused").ShouldNotBeNull().GetAttribute("data-code").ShouldBe(code);
        page.Has("password").ShouldBeFalse();
    }
}

public sealed class StandInRegistrationTests(StandInKeycloak keycloak) : RegistrationContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealRegistrationTests(RealKeycloak keycloak) : RegistrationContract(keycloak);
