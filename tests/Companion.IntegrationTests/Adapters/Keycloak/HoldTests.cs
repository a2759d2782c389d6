using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Companion.Adapters.Keycloak.Realm;
using Microsoft.AspNetCore.WebUtilities;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>A way by which a realm gives somebody a session, tokens or an assertion.</summary>
public enum Way
{
    SignIn,
    SignInForAnAction,
    ActionInARequestObject,
    ActionInAPushedRequest,
    ActionInAForm,
    ImplicitFlow,
    ClientThatAsksForConsent,
    ForgottenPassword,
    LinkToConfirmTheAddress,
    LinkFromAnAdmin,
    PasswordWithoutAPage,
    Device,
    Saml,
    LinkedProvider,
    TokensOfBefore,
    SilentSignIn,
    CookiesOfAnAdmin,
    OtherPagesOfTheSignIn,
}

/// <summary>
/// Nobody is signed in whose account waits for approval, was denied, or owes the proof of its address: no code that can be redeemed, no
/// token, no session, no assertion, and the account still stands as before. By every way that a realm offers, on the real Keycloak, and
/// with layers of the hold taken out.
/// </summary>
[Collection(nameof(RealKeycloak))]
public sealed partial class HoldTests(RealKeycloak keycloak, HeldRealmFixture held) : KeycloakContract(keycloak), IClassFixture<HeldRealmFixture>
{
    private const string Session = "a session";

    /// <summary>Ways that end with something for somebody who may come in.</summary>
    private static readonly Way[] Open =
    [
        Way.SignIn, Way.SignInForAnAction, Way.ActionInARequestObject, Way.ActionInAPushedRequest, Way.ActionInAForm, Way.ImplicitFlow, Way.ForgottenPassword,
        Way.PasswordWithoutAPage, Way.Device, Way.Saml, Way.LinkedProvider, Way.TokensOfBefore, Way.CookiesOfAnAdmin,
    ];

    /// <summary>Ways that somebody whose address is not proved does not have, or that prove it: they begin in the mailbox.</summary>
    private static readonly Way[] Proving = [Way.TokensOfBefore, Way.ForgottenPassword, Way.LinkToConfirmTheAddress, Way.LinkFromAnAdmin];

    public static TheoryData<Way, Standing> Ways { get; } = new(
        from way in Enum.GetValues<Way>()
        from standing in Enum.GetValues<Standing>()
        where standing == Standing.Member ? Open.Contains(way) : standing != Standing.Unproven || !Proving.Contains(way)
        select (way, standing));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nobody_comes_in_too_early(Way way, Standing standing)
    {
        var (realm, person) = await PersonAsync(standing);
        var before = await realm.ShowAsync(person, Ct);
        var given = await TryAsync(realm, way, person);
        if (standing == Standing.Member)
        {
            given.ShouldNotBeNull("The way must lead somewhere, or this table says nothing.");
            return;
        }

        given.ShouldBeNull();
        (await realm.ShowAsync(person, Ct)).ShouldBe(before);
        before.ShouldEndWith("sessions: 0");
    }

    /// <summary>Each layer alone, on the ways that it is there for.</summary>
    [Theory]
    [InlineData("flow", Standing.Waiting)]
    [InlineData("flow", Standing.DeniedAndSwitchedOn)]
    [InlineData("veto", Standing.Waiting)]
    [InlineData("veto", Standing.DeniedAndSwitchedOn)]
    [InlineData("veto", Standing.Unproven)]
    [InlineData("mapper", Standing.Waiting)]
    [InlineData("mapper", Standing.DeniedAndSwitchedOn)]
    [InlineData("mapper", Standing.Unproven)]
    public async Task Each_layer_holds_without_the_others(string layer, Standing standing)
    {
        var (realm, person) = await PersonAsync(standing);
        await realm.KeepAsync(layer == "flow", action: standing == Standing.Unproven, layer == "veto", layer == "mapper", Ct);
        try
        {
            Way[] reached = layer switch
            {
                "flow" => [Way.Saml, Way.ImplicitFlow, Way.Device, Way.LinkedProvider],
                "veto" => [Way.Saml, Way.ImplicitFlow, Way.Device],
                _ => [Way.ImplicitFlow],
            };
            foreach (var way in ((Way[])[Way.SignIn, Way.SignInForAnAction, Way.PasswordWithoutAPage, Way.ForgottenPassword, .. reached])
                .Where(way => standing != Standing.Unproven || !Proving.Contains(way)))
            {
                // The mapper fails what clients get; a session at Keycloak itself it doesn't see.
                var given = await TryAsync(realm, way, person);
                (layer == "mapper" && given?.EndsWith(Session, StringComparison.Ordinal) == true ? null : given).ShouldBeNull($"{way} with {layer} alone");
            }
        }
        finally
        {
            await realm.KeepAsync(flow: true, action: true, veto: true, mapper: true, Ct);
        }
    }

    [Theory]
    [InlineData("CONFIGURE_TOTP")]
    [InlineData("UPDATE_PASSWORD")]
    [InlineData("UPDATE_PROFILE")]
    public async Task A_sign_in_does_not_end_before_what_the_realm_asks_for(string action)
    {
        var (realm, person) = await PersonAsync(Standing.Member);
        await realm.Admin.PutAsync($"users/{person.Id}", new JsonObject { ["requiredActions"] = new JsonArray(action) }, Ct);
        (await TryAsync(realm, Way.SignIn, person)).ShouldBeNull();
        RealmJson.Texts((await realm.Admin.GetAsync($"users/{person.Id}", Ct))["requiredActions"]).ShouldBe([action]);
    }

    [Fact]
    public async Task A_denial_ends_what_was_open()
    {
        var (realm, person) = await PersonAsync(Standing.DeniedAndSwitchedOn);
        using var client = new HttpClient();
        foreach (var endpoint in (string[])[$"{realm.Url}/protocol/openid-connect/userinfo", $"{realm.Url}/account/"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)person.Tokens!["access_token"]!);
            request.Headers.Accept.ParseAdd("application/json");
            (await client.SendAsync(request, Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Somebody_who_just_registered_comes_in_by_nothing_but_approval()
    {
        var realm = await held.RealmAsync(Keycloak, Ct);
        var invited = Peer.Invite();
        invited.ApprovalRequired = true;
        var visitor = Visitor(HeldRealm.Name);
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(invited), invited);
        page.Document.QuerySelector("#invite-waiting").ShouldNotBeNull(page.Text);
        var account = RealmJson.Objects(await realm.Admin.GetAsync($"users?exact=true&username={invited.Username}", Ct)).Single();
        (await FinishAsync(visitor, page, "")).ShouldBeNull();
        RealmJson.Objects(await realm.Admin.GetAsync($"users/{account["id"]}/sessions", Ct)).ShouldBeEmpty();
        await Peer.HearsAsync(invited, "inspect", "claim", "registered");
    }

    /// <summary>From the page's address, or from a link or form in it.</summary>
    private static string Query(Page page, string name)
    {
        var match = Regex.Match(WebUtility.HtmlDecode(page.Source), $@"[?&]{name}=([^&""'\s]+)");
        return page.Parameter(name) ?? (match.Success ? WebUtility.UrlDecode(match.Groups[1].Value) : "");
    }

    private async Task<(HeldRealm Realm, HeldPerson Person)> PersonAsync(Standing standing)
    {
        var realm = await held.RealmAsync(Keycloak, Ct);
        return (realm, await realm.AddAsync(standing, Ct));
    }

    /// <returns>What was given, in a word; null for nothing.</returns>
    private Task<string?> TryAsync(HeldRealm realm, Way way, HeldPerson person) => way switch
    {
        Way.SignIn => EachAsync(
            [RealmVisitor.Console, "account", RealmVisitor.Join, HeldRealm.App],
            client => SignInAsync(person, Proof(client, out var verifier), verifier, client)),
        Way.SignInForAnAction => ForActionsAsync(realm, person),
        Way.ActionInARequestObject => InRequestObjectAsync(person),
        Way.ActionInAPushedRequest => PushedAsync(realm, person),
        Way.ActionInAForm => InFormAsync(person),
        Way.ImplicitFlow => EachAsync(["token id_token", "code token"], type => SignInAsync(
            person, Address(HeldRealm.App, $"&nonce=n1&response_type={Uri.EscapeDataString(type)}").Replace("response_type=code&", "", StringComparison.Ordinal), "")),
        Way.ClientThatAsksForConsent => SignInAsync(person, Address("asking"), ""),
        Way.ForgottenPassword => ForgottenPasswordAsync(person),
        Way.LinkToConfirmTheAddress => MailedAsync(realm, person, "VERIFY_EMAIL"),
        Way.LinkFromAnAdmin => EachAsync(["UPDATE_PASSWORD", "UPDATE_PROFILE"], action => MailedAsync(realm, person, action)),
        Way.PasswordWithoutAPage => PasswordAsync(person),
        Way.Device => DeviceAsync(realm, person),
        Way.Saml => SignInAsync(person, $"{realm.Url}/protocol/saml/clients/{HeldRealm.SamlName}", ""),
        Way.LinkedProvider => LinkedAsync(person),
        Way.TokensOfBefore => RefreshAsync(person),
        Way.SilentSignIn => SilentAsync(person),
        Way.CookiesOfAnAdmin => ImpersonatedAsync(realm, person),
        Way.OtherPagesOfTheSignIn => ElsewhereAsync(realm, person),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    private static async Task<string?> EachAsync(IEnumerable<string> variants, Func<string, Task<string?>> attempt)
    {
        foreach (var variant in variants)
        {
            if (await attempt(variant) is { } given)
            {
                return $"{variant}: {given}";
            }
        }

        return null;
    }

    private string Address(string client, string more = "") => Visitor(HeldRealm.Name).AuthorizationUrl(client, more);

    private string Proof(string client, out string verifier)
    {
        (verifier, var challenge) = RealmVisitor.Proof();
        return Address(client, $"&code_challenge={challenge}&code_challenge_method=S256");
    }

    private async Task<string?> SignInAsync(HeldPerson person, string address, string verifier, string client = HeldRealm.App)
    {
        var visitor = Visitor(HeldRealm.Name);
        return await FinishAsync(visitor, await visitor.SignInAsync(address, person.Username, HeldPerson.Password), verifier, client);
    }

    /// <summary>Looks at what a page gave; where it gave nothing, asks for the end of the sign-in as if all were done.</summary>
    private async Task<string?> FinishAsync(RealmVisitor visitor, Page page, string verifier, string client = HeldRealm.App)
    {
        if (await GivenAsync(visitor, page, verifier, client) is { } given)
        {
            return given;
        }

        var names = ((string[])["client_id", "tab_id", "client_data"]).Select(name => (Name: name, Value: Query(page, name))).Where(pair => pair.Value.Length > 0);
        var address = QueryHelpers.AddQueryString(
            $"{Keycloak.BaseUrl}/realms/{HeldRealm.Name}/login-actions/consent", names.ToDictionary(pair => pair.Name, pair => (string?)pair.Value));
        var end = await visitor.Browser.PostAsync(address, new Dictionary<string, string> { ["accept"] = "Yes" }, Ct);
        if (await GivenAsync(visitor, end, verifier, client) is { } late)
        {
            return late;
        }

        var silent = await visitor.Browser.OpenAsync(Address(RealmVisitor.Join, "&prompt=none"), Ct);
        return silent.Parameter("code") is null ? null : Session;
    }

    private static async Task<string?> GivenAsync(RealmVisitor visitor, Page page, string verifier, string client)
    {
        if (page.Parameter("access_token") is not null)
        {
            return "a token in the address";
        }

        if (page.Value("SAMLResponse") is { } response)
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(response)).Contains("status:Success", StringComparison.Ordinal) ? "an assertion" : null;
        }

        if (page.Parameter("code") is not { } code || page.Parameter("session_state") is null)
        {
            return null;
        }

        var answer = await visitor.RedeemAsync(code, [("client_id", client), .. verifier.Length > 0 ? [("code_verifier", verifier)] : Array.Empty<(string, string)>()]);
        return answer.Status == HttpStatusCode.OK ? "tokens" : null;
    }

    private async Task<string?> ForActionsAsync(HeldRealm realm, HeldPerson person)
    {
        var actions = RealmJson.Objects(await realm.Admin.GetAsync("authentication/required-actions", Ct)).Select(action => (string)action["alias"]!);
        return await EachAsync([.. actions, "INVITE-APPROVAL", "none", ""], action =>
            SignInAsync(person, Address(HeldRealm.App, $"&kc_action={Uri.EscapeDataString(action)}"), ""));
    }

    private Task<string?> InRequestObjectAsync(HeldPerson person)
    {
        var header = WebEncoders.Base64UrlEncode("""{"alg":"none"}"""u8);
        var body = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(new JsonObject
        {
            ["client_id"] = HeldRealm.App,
            ["response_type"] = "code",
            ["scope"] = "openid",
            ["redirect_uri"] = Visitor(HeldRealm.Name).Redirect,
            ["kc_action"] = "invite-approval",
        }.ToJsonString()));
        return SignInAsync(person, Address(HeldRealm.App, $"&request={header}.{body}."), "");
    }

    private async Task<string?> PushedAsync(HeldRealm realm, HeldPerson person)
    {
        var visitor = Visitor(HeldRealm.Name);
        var pushed = await visitor.PostAsync(
            "ext/par/request",
            ("client_id", HeldRealm.App), ("response_type", "code"), ("scope", "openid"), ("redirect_uri", visitor.Redirect), ("kc_action", "invite-approval"));
        pushed.Status.ShouldBe(HttpStatusCode.Created, pushed.Text);
        return await SignInAsync(
            person, $"{realm.Url}/protocol/openid-connect/auth?client_id={HeldRealm.App}&request_uri={Uri.EscapeDataString((string)pushed.Json["request_uri"]!)}", "");
    }

    private async Task<string?> InFormAsync(HeldPerson person)
    {
        var visitor = Visitor(HeldRealm.Name);
        var fields = QueryHelpers.ParseQuery(new Uri(Address(HeldRealm.App, "&kc_action=invite-approval")).Query)
            .Select(field => KeyValuePair.Create(field.Key, field.Value.ToString()));
        var page = await visitor.Browser.PostAsync(visitor.Endpoint("auth"), fields, Ct);
        return await FinishAsync(visitor, await LogInAsync(visitor, page, person.Username), "");
    }

    private static async Task<Page> LogInAsync(RealmVisitor visitor, Page page, string username)
    {
        if (!page.Has("password"))
        {
            page = await visitor.Browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = username }, Ct);
        }

        return page.Has("password")
            ? await visitor.Browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = username, ["password"] = HeldPerson.Password }, Ct)
            : page;
    }

    /// <summary>With the new password set, and with the link's page left as it is.</summary>
    private Task<string?> ForgottenPasswordAsync(HeldPerson person) => EachAsync(["set", "left"], async end =>
    {
        var visitor = Visitor(HeldRealm.Name);
        var page = await visitor.Browser.OpenAsync(Address(HeldRealm.App), Ct);
        page = await visitor.Browser.OpenAsync(
            new Uri(new Uri(page.Url), page.Document.QuerySelector("a[href*='reset-credentials']")!.GetAttribute("href")!).AbsoluteUri, Ct);
        await visitor.Browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = person.Username }, Ct);
        if (person.Standing == Standing.Denied)
        {
            return null; // Keycloak mails nothing to accounts that are off
        }

        var linked = await visitor.Browser.OpenAsync(await LinkAsync(person), Ct);
        if (end == "set" && linked.Has("password-new"))
        {
            linked = await visitor.Browser.SubmitAsync(
                linked, new Dictionary<string, string> { ["password-new"] = HeldPerson.Password, ["password-confirm"] = HeldPerson.Password }, Ct);
        }

        return await FinishAsync(visitor, linked, "");
    });

    private async Task<string?> MailedAsync(HeldRealm realm, HeldPerson person, string action)
    {
        if (person.Standing == Standing.Denied)
        {
            return null; // refused for accounts that are off
        }

        await realm.Admin.PutAsync(
            $"users/{person.Id}/execute-actions-email?client_id={HeldRealm.App}&redirect_uri={Uri.EscapeDataString($"{realm.Url}/account/")}", new JsonArray(action), Ct);
        var visitor = Visitor(HeldRealm.Name);
        var page = await visitor.Browser.OpenAsync(await LinkAsync(person), Ct);
        var go = page.Document.QuerySelector("#kc-info-message a")?.GetAttribute("href");
        var next = go is null ? page : await visitor.Browser.OpenAsync(go, Ct);
        return await FinishAsync(visitor, next, "");
    }

    private async Task<string?> PasswordAsync(HeldPerson person)
    {
        var answer = await Visitor(HeldRealm.Name).PostAsync("token", [.. HeldRealm.PasswordGrant(person)]);
        return answer.Status == HttpStatusCode.OK ? "tokens" : null;
    }

    private async Task<string?> DeviceAsync(HeldRealm realm, HeldPerson person)
    {
        var visitor = Visitor(HeldRealm.Name);
        var device = (await visitor.PostAsync("auth/device", ("client_id", HeldRealm.App), ("scope", "openid"))).Json;
        var page = await visitor.SignInAsync((string)device["verification_uri_complete"]!, person.Username, HeldPerson.Password);
        if (page.Has("accept"))
        {
            page = await visitor.Browser.SubmitAsync(page, new Dictionary<string, string> { ["accept"] = "Yes" }, Ct);
        }

        var given = await FinishAsync(visitor, page, "");
        var poll = await visitor.PostAsync(
            "token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", HeldRealm.App), ("device_code", (string)device["device_code"]!));
        return given ?? (poll.Status == HttpStatusCode.OK ? "tokens" : null);
    }

    private async Task<string?> LinkedAsync(HeldPerson person)
    {
        var visitor = Visitor(HeldRealm.Name);
        var page = await visitor.Browser.OpenAsync(Address(HeldRealm.App, $"&kc_idp_hint={HeldRealm.Provider}"), Ct);
        return await FinishAsync(visitor, await LogInAsync(visitor, page, person.Link), "");
    }

    private Task<string?> RefreshAsync(HeldPerson person) => EachAsync(["refresh_token"], async name =>
    {
        var answer = await Visitor(HeldRealm.Name).PostAsync(
            "token", ("grant_type", "refresh_token"), ("client_id", HeldRealm.App), ("refresh_token", (string)person.Tokens![name]!));
        return answer.Status == HttpStatusCode.OK ? "tokens" : null;
    });

    private async Task<string?> SilentAsync(HeldPerson person)
    {
        var visitor = Visitor(HeldRealm.Name);
        await visitor.SignInAsync(Address(HeldRealm.App), person.Username, HeldPerson.Password);
        return await EachAsync(["none", "login", "consent", "select_account"], async prompt =>
        {
            var page = await visitor.Browser.OpenAsync(Address(HeldRealm.App, $"&prompt={prompt}"), Ct);
            return await FinishAsync(visitor, page, "");
        });
    }

    /// <summary>An admin who looks at the realm as the person sees what the person would.</summary>
    private async Task<string?> ImpersonatedAsync(HeldRealm realm, HeldPerson person)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Keycloak.BaseUrl}/admin/realms/{HeldRealm.Name}/users/{person.Id}/impersonation");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await Keycloak.AdminTokenAsync(Ct))["access_token"]!);
        using var answer = await client.SendAsync(request, Ct);
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split(';')[0]) : [];
        using var asked = new HttpRequestMessage(HttpMethod.Get, Address(HeldRealm.App));
        asked.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies));
        using var end = await client.SendAsync(asked, Ct);
        var code = end.Headers.Location is { IsAbsoluteUri: true } location ? QueryHelpers.ParseQuery(location.Query).GetValueOrDefault("code").ToString() : "";
        if (person.Standing != Standing.Member)
        {
            await realm.SignOutAsync(person, Ct); // the session is the admin's own doing
        }

        return code.Length > 0 && (await Visitor(HeldRealm.Name).RedeemAsync(code, ("client_id", HeldRealm.App))).Status == HttpStatusCode.OK ? "tokens" : null;
    }

    /// <summary>From the waiting page to pages of steps that nobody is at.</summary>
    private Task<string?> ElsewhereAsync(HeldRealm realm, HeldPerson person) => EachAsync(
        ["required-action", "authenticate", "registration", "reset-credentials", "post-broker-login", "first-broker-login"],
        path => EachAsync(["invite-approval", "invite-hold", "UPDATE_PASSWORD", "VERIFY_EMAIL", "none"], async execution =>
        {
            var visitor = Visitor(HeldRealm.Name);
            var page = await visitor.SignInAsync(Address(HeldRealm.App), person.Username, HeldPerson.Password);
            var address = QueryHelpers.AddQueryString($"{realm.Url}/login-actions/{path}", new Dictionary<string, string?>
            {
                ["execution"] = execution,
                ["client_id"] = Query(page, "client_id"),
                ["tab_id"] = Query(page, "tab_id"),
                ["client_data"] = Query(page, "client_data"),
            });
            return await FinishAsync(visitor, await visitor.Browser.OpenAsync(address, Ct), "")
                ?? await FinishAsync(visitor, await visitor.Browser.PostAsync(address, new Dictionary<string, string> { ["cancel-aia"] = "true" }, Ct), "");
        }));

    private async Task<string> LinkAsync(HeldPerson person)
    {
        var mail = await Keycloak.Mail.WaitForAsync(person.Address, Ct);
        return Link().Match(mail.Text).Value;
    }

    [GeneratedRegex(@"https?://\S+/login-actions/action-token\S+")]
    private static partial Regex Link();
}

/// <summary>The realm of <see cref="HoldTests"/>, made when it is asked for first.</summary>
public sealed class HeldRealmFixture
{
    private Task<HeldRealm>? _realm;

    internal Task<HeldRealm> RealmAsync(KeycloakUnderTest keycloak, CancellationToken cancellationToken) =>
        _realm ??= HeldRealm.CreateAsync((RealKeycloak)keycloak, cancellationToken);
}
