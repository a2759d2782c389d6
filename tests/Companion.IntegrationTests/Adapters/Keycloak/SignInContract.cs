using System.Net;
using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>OpenID Connect as far as the consoles and the companion use it.</summary>
public abstract class SignInContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    private const string Password = "a-password-of-a-test";

    [Fact]
    public async Task The_discovery_document_names_the_endpoints_that_are_used()
    {
        var visitor = Visitor();
        var document = (await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Keycloak.RealmUrl}/.well-known/openid-configuration"))).Json;
        ((string?)document["issuer"]).ShouldBe(Keycloak.RealmUrl);
        foreach (var (name, endpoint) in ((string, string)[])
            [("authorization", "auth"), ("token", "token"), ("userinfo", "userinfo"), ("end_session", "logout")])
        {
            ((string?)document[$"{name}_endpoint"]).ShouldBe(visitor.Endpoint(endpoint));
        }

        ((string?)document["jwks_uri"]).ShouldBe(visitor.Endpoint("certs"));
        RealmJson.Texts(document["code_challenge_methods_supported"]).ShouldContain("S256");
        RealmJson.Texts(document["prompt_values_supported"]).ShouldContain("create");
    }

    [Fact]
    public async Task A_members_access_token_has_the_claims_that_the_companion_checks()
    {
        var (seed, id) = await MemberAsync(["/members", "/moderators"]);
        var visitor = Visitor();
        var tokens = await visitor.TokensAsync(seed.Username, Password);
        var token = await ReadTokenAsync(visitor, (string)tokens["access_token"]!);
        ((string?)token["iss"]).ShouldBe(Keycloak.RealmUrl);
        ((string?)token["sub"]).ShouldBe(id);
        ((string?)token["typ"]).ShouldBe("Bearer");
        ((string?)token["azp"]).ShouldBe(RealmVisitor.Console);
        RealmJson.Texts(token["aud"]).ShouldContain("companion-api");
        RealmJson.Texts(token["realm_access"]!["roles"]).ShouldBe(["companion-moderator"]);
        ((string?)token["scope"]!)!.Split(' ').ShouldBe(["openid", "profile", "email", "companion-api"], ignoreOrder: true);
        ((string?)token["preferred_username"]).ShouldBe(seed.Username);
        ((long)token["exp"]! - (long)token["iat"]!).ShouldBe(300);
        ((string?)tokens["token_type"]).ShouldBe("Bearer");
        var identity = await ReadTokenAsync(visitor, (string)tokens["id_token"]!);
        ((string?)identity["typ"]).ShouldBe("ID");
        ((string?)identity["aud"]).ShouldBe(RealmVisitor.Console);
        ((string?)identity["nonce"]).ShouldBe("n1");
    }

    [Fact]
    public async Task Who_is_no_moderator_has_no_realm_role_in_the_token()
    {
        var (seed, _) = await MemberAsync(["/members"]);
        var visitor = Visitor();
        var tokens = await visitor.TokensAsync(seed.Username, Password);
        (await ReadTokenAsync(visitor, (string)tokens["access_token"]!))["realm_access"].ShouldBeNull();
    }

    [Fact]
    public async Task The_token_of_a_newcomer_is_good_nowhere_else()
    {
        var (seed, _) = await MemberAsync([]);
        var visitor = Visitor();
        var (verifier, challenge) = RealmVisitor.Proof();
        var page = await visitor.SignInAsync(
            visitor.AuthorizationUrl(RealmVisitor.Join, $"&code_challenge={challenge}&code_challenge_method=S256"), seed.Username, Password);
        var tokens = (await visitor.RedeemAsync(page.Parameter("code")!, ("client_id", RealmVisitor.Join), ("code_verifier", verifier))).Json;
        var token = await ReadTokenAsync(visitor, (string)tokens["access_token"]!);
        token["aud"].ShouldBeNull();
        token["preferred_username"].ShouldBeNull();
        ((string?)token["azp"]).ShouldBe(RealmVisitor.Join);
    }

    [Fact]
    public async Task A_client_may_have_its_answer_in_the_fragment()
    {
        var (seed, _) = await MemberAsync([]);
        var visitor = Visitor();
        var good = new Uri((await visitor.SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join, "&response_mode=fragment&state=s1"), seed.Username, Password)).Url);
        good.Query.ShouldBeEmpty();
        good.Fragment.TrimStart('#').Split('&').Select(field => field.Split('=')[0]).ShouldBe(["state", "session_state", "iss", "code"]);
        var refused = new Uri((await Visitor().Browser.OpenAsync(visitor.AuthorizationUrl(RealmVisitor.Join, "&response_mode=fragment&prompt=none"), Ct)).Url);
        refused.Query.ShouldBeEmpty();
        refused.Fragment.ShouldContain("error=login_required");
    }

    [Theory]
    [InlineData("code_verifier", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong", "PKCE verification failed: Code mismatch")]
    [InlineData("code_verifier", "short", "PKCE verification failed: Invalid code verifier")]
    [InlineData("redirect_uri", "https://elsewhere.example/", "Incorrect redirect_uri")]
    [InlineData("client_id", RealmVisitor.Join, "Auth error: Found different client_id in clientSession")]
    [InlineData("code", "made-up", "Code not valid")]
    public async Task A_code_is_redeemed_only_by_who_asked_for_it(string field, string value, string why)
    {
        var (visitor, code, verifier) = await CodeAsync();
        var refused = await visitor.RedeemAsync(code, ("code_verifier", verifier), (field, value));
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Error.ShouldBe("invalid_grant");
        ((string?)refused.Json["error_description"]).ShouldBe(why);
        // The attempt has cost the code, unless it named another one.
        var after = await visitor.RedeemAsync(code, ("code_verifier", verifier));
        after.Status.ShouldBe(field == "code" ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_code_that_is_used_twice_ends_what_it_brought()
    {
        var (visitor, code, verifier) = await CodeAsync();
        var tokens = await visitor.RedeemAsync(code, ("code_verifier", verifier));
        var again = await visitor.RedeemAsync(code, ("code_verifier", verifier));
        again.Error.ShouldBe("invalid_grant");
        (await RefreshAsync(visitor, tokens.Json)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_session_is_renewed_until_it_is_ended()
    {
        var (seed, _) = await MemberAsync([]);
        var visitor = Visitor();
        var tokens = await visitor.TokensAsync(seed.Username, Password);
        var renewed = await RefreshAsync(visitor, tokens);
        renewed.Status.ShouldBe(HttpStatusCode.OK);
        (await UserInfoAsync(visitor, renewed.Json)).Json["preferred_username"]!.ToString().ShouldBe(seed.Username);
        var refreshToken = ("refresh_token", (string)renewed.Json["refresh_token"]!);
        (await visitor.PostAsync("token", ("grant_type", "refresh_token"), ("client_id", RealmVisitor.Join), refreshToken)).Error.ShouldBe("invalid_grant");
        (await visitor.PostAsync("logout", ("client_id", RealmVisitor.Console), refreshToken)).Status.ShouldBe(HttpStatusCode.NoContent);
        var late = await RefreshAsync(visitor, renewed.Json);
        ((string?)late.Json["error_description"]).ShouldBe("Session not active");
        (await UserInfoAsync(visitor, renewed.Json)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await visitor.Browser.OpenAsync(visitor.AuthorizationUrl(RealmVisitor.Join), Ct)).Parameter("code").ShouldBeNull();
    }

    [Fact]
    public async Task Signing_in_once_is_enough_for_the_next_client_until_the_browser_signs_out()
    {
        var (seed, _) = await MemberAsync([]);
        var visitor = Visitor();
        var tokens = await visitor.TokensAsync(seed.Username, Password);
        (await visitor.Browser.OpenAsync(visitor.AuthorizationUrl(RealmVisitor.Join, "&prompt=none"), Ct)).Parameter("code").ShouldNotBeNull();
        var end = await visitor.Browser.OpenAsync(
            $"{visitor.Endpoint("logout")}?id_token_hint={tokens["id_token"]}&state=s1&post_logout_redirect_uri={Uri.EscapeDataString(visitor.Redirect)}", Ct);
        end.Url.ShouldStartWith(visitor.Redirect);
        (await visitor.Browser.OpenAsync(visitor.AuthorizationUrl(RealmVisitor.Join, "&prompt=none&state=s2"), Ct)).Parameter("error").ShouldBe("login_required");
    }

    [Fact]
    public async Task A_wrong_password_or_name_says_the_same_and_a_disabled_account_gets_nowhere()
    {
        var (seed, _) = await MemberAsync([]);
        var (disabled, _) = await MemberAsync([], enabled: false);
        var visitor = Visitor();
        foreach (var (name, password) in ((string, string)[])[(seed.Username, "wrong"), ("nobody-at-all", Password)])
        {
            var page = await Visitor().SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), name, password);
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain("These details don't match an account.");
        }

        var refused = await Visitor().SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), disabled.Username, Password);
        refused.Parameter("code").ShouldBeNull();
        refused.Text.ShouldContain("This account is switched off.");
        (await Visitor().SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), seed.Email.ToUpperInvariant(), Password)).Parameter("code").ShouldNotBeNull();
    }

    private async Task<(AccountSeed Seed, string Id)> MemberAsync(string[] groups, bool enabled = true)
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Password = Password, Groups = groups, Enabled = enabled };
        return (seed, await Keycloak.AddAccountAsync(seed, Ct));
    }

    private async Task<(RealmVisitor Visitor, string Code, string Verifier)> CodeAsync()
    {
        var (seed, _) = await MemberAsync([]);
        var visitor = Visitor();
        var (verifier, challenge) = RealmVisitor.Proof();
        var page = await visitor.SignInAsync(
            visitor.AuthorizationUrl(RealmVisitor.Console, $"&state=a%2Fb%26c&code_challenge={challenge}&code_challenge_method=S256"), seed.Username, Password);
        page.Parameter("state").ShouldBe("a/b&c");
        page.Parameter("iss").ShouldBe(Keycloak.RealmUrl);
        return (visitor, page.Parameter("code").ShouldNotBeNull(), verifier);
    }

    private static Task<RealmAnswer> RefreshAsync(RealmVisitor visitor, JsonNode tokens) => visitor.PostAsync(
        "token", ("grant_type", "refresh_token"), ("client_id", RealmVisitor.Console), ("refresh_token", (string)tokens["refresh_token"]!));

    private static Task<RealmAnswer> UserInfoAsync(RealmVisitor visitor, JsonNode tokens)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, visitor.Endpoint("userinfo"));
        request.Headers.Authorization = new("Bearer", (string)tokens["access_token"]!);
        return visitor.SendAsync(request);
    }

    private static async Task<JsonNode> ReadTokenAsync(RealmVisitor visitor, string token)
    {
        var keys = (await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, visitor.Endpoint("certs")))).Json["keys"];
        return PublishedKeys.Read(token, keys!);
    }
}

public sealed class StandInSignInTests(StandInKeycloak keycloak) : SignInContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealSignInTests(RealKeycloak keycloak) : SignInContract(keycloak);
