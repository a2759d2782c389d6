using System.Net;
using System.Text.RegularExpressions;
using Sandbox;
using Sandbox.Browsing;
using Sandbox.People;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>An email that the identity provider sends by itself comes to the inbox, and the link in it does what it says.</summary>
public abstract partial class AccountMailTests(WorldFixture world) : WorldTest(world)
{
    private static int _people;

    [Fact]
    public async Task An_address_is_confirmed_by_the_link_that_is_mailed_to_it()
    {
        var person = await AddPersonAsync(addressVerified: false);
        var browser = Use(new Browser());

        (await SignIn.OpenAsync(World.Keycloak, browser, person.Username, person.Password, Ct)).Parameter("code").ShouldBeNull();
        ShouldBeSignedIn(await browser.OpenAsync(await MailedLinkAsync(person.Email), Ct));

        var account = (await World.Admin.FindByEmailAsync(person.Email, Ct)).ShouldHaveSingleItem();
        account.GetProperty("emailVerified").GetBoolean().ShouldBeTrue();
        account.GetProperty("requiredActions").EnumerateArray().ShouldBeEmpty();
    }

    /// <summary>Somebody with an account, who must confirm the address if nobody has.</summary>
    protected async Task<Person> AddPersonAsync(bool addressVerified)
    {
        var (username, password) = ($"postbox{Interlocked.Increment(ref _people)}", Secrets.New());
        var email = $"{username}@harbour.example";
        var id = await World.Admin.CreateUserAsync(
            new
            {
                username,
                email,
                firstName = "Pia",
                lastName = "Post",
                enabled = true,
                emailVerified = addressVerified,
                requiredActions = addressVerified ? Array.Empty<string>() : ["VERIFY_EMAIL"],
                credentials = new[] { new { type = "password", value = password } },
            },
            Ct);
        return new(id, username, email, "Pia", "Post", password);
    }

    /// <summary>The link in the email that comes, which travels as the realm's settings say.</summary>
    protected async Task<string> MailedLinkAsync(string email)
    {
        var mail = await Eventually.SeeAsync(
            $"an email to {email}", () => Task.FromResult(World.Mail.Mails.LastOrDefault(mail => mail.Recipients.Contains(email))), Ct);
        (mail.Sender, mail.LoggedIn, mail.Encrypted).ShouldBe(("accounts@harbour.example", true, World.Backend == Backend.Real));
        // As mail programs show it: the formatted part where there is one. In plain text Keycloak 26.7 spoils the link of an organisation's invitation.
        return Link().Match(mail.Html.Length > 0 ? WebUtility.HtmlDecode(mail.Html) : mail.Text).Value;
    }

    [GeneratedRegex(@"https?://[^\s""<>]+/(login-actions/action-token|openid-connect/registrations)[^\s""<>]+")]
    private static partial Regex Link();
}

public sealed class RealAccountMailTests(RealWorld world) : AccountMailTests(world)
{
    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_that_is_mailed()
    {
        var person = await AddPersonAsync(addressVerified: true);
        var (browser, password) = (Use(new Browser()), Secrets.New());
        var login = await browser.OpenAsync(SignIn.LoginUrl(World.Keycloak), Ct);
        login = await browser.SubmitAsync(login, new Dictionary<string, string> { ["username"] = person.Username }, Ct);
        var forgotten = login.Document.QuerySelector("a[href*='reset-credentials']").ShouldNotBeNull(login.Text).GetAttribute("href")!;

        var asked = await browser.OpenAsync(new Uri(new Uri(login.Url), forgotten).AbsoluteUri, Ct);
        await browser.SubmitAsync(asked, "#kc-reset-password-form", new Dictionary<string, string> { ["username"] = person.Username }, Ct);
        var form = await browser.OpenAsync(await MailedLinkAsync(person.Email), Ct);
        ShouldBeSignedIn(await browser.SubmitAsync(
            form, new Dictionary<string, string> { ["password-new"] = password, ["password-confirm"] = password }, Ct));

        ShouldBeSignedIn(await SignIn.OpenAsync(World.Keycloak, Use(new Browser()), person.Username, password, Ct));
        (await SignIn.OpenAsync(World.Keycloak, Use(new Browser()), person.Username, person.Password, Ct)).Parameter("code").ShouldBeNull();
    }

    [Fact]
    public async Task Somebody_whom_an_organisations_admin_invites_in_Keycloak_joins_it_by_the_link_that_is_mailed()
    {
        var person = await AddPersonAsync(addressVerified: true);

        await InviteInKeycloakAsync(person.Email);
        var browser = Use(new Browser());
        var question = await browser.OpenAsync(await MailedLinkAsync(person.Email), Ct);
        (await World.Admin.OrganizationsOfAsync(person.AccountId, Ct)).ShouldBeEmpty();
        var yes = question.Document.QuerySelector("a[href*='action-token']").ShouldNotBeNull(question.Text).GetAttribute("href")!;
        await browser.OpenAsync(new Uri(new Uri(question.Url), yes).AbsoluteUri, Ct);

        (await World.Admin.OrganizationsOfAsync(person.AccountId, Ct)).ShouldBe([Community.Organization]);
    }

    [Fact]
    public async Task A_stranger_whom_an_organisations_admin_invites_in_Keycloak_can_not_register_by_the_link_that_is_mailed()
    {
        var address = NewAddress();

        await InviteInKeycloakAsync(address);
        var page = await Use(new Browser()).OpenAsync(await MailedLinkAsync(address), Ct);

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Has("password").ShouldBeFalse();
    }

    /// <summary>As <i>Invite member</i> in the admin console does.</summary>
    private async Task InviteInKeycloakAsync(string address)
    {
        var organization = await World.Admin.OrganizationIdAsync(Community.Organization, Ct);
        await World.Admin.PostFormAsync($"organizations/{organization}/members/invite-user", [KeyValuePair.Create("email", address)], Ct);
    }
}

[Trait("Run", "Nightly")]
public sealed class StandInAccountMailTests(StandInWorld world) : AccountMailTests(world);
