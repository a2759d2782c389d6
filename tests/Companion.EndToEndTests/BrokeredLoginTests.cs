using Sandbox.Browsing;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

public sealed class BrokeredLoginTests(RealWorld world) : WorldTest(world)
{
    [Fact]
    public async Task Signing_in_with_an_account_from_elsewhere_makes_no_account_here()
    {
        var password = Guid.NewGuid().ToString();
        const string Address = "stranger@elsewhere.example";
        await ConnectAnotherRealmAsync(Address, password);
        using var browser = new Browser();

        var login = await browser.OpenAsync(
            $"{World.Keycloak.RealmUrl}/protocol/openid-connect/auth?client_id=companion-join&response_type=code&scope=openid&code_challenge={new string('a', 43)}&code_challenge_method=S256&kc_idp_hint=elsewhere"
                + $"&redirect_uri={Uri.EscapeDataString($"{World.Keycloak.RealmUrl}/account/")}",
            Ct);
        login.Url.ShouldContain("/realms/elsewhere/");
        var end = await browser.SubmitAsync(login, new Dictionary<string, string> { ["username"] = Address, ["password"] = password }, Ct);

        end.Url.ShouldContain($"/realms/{World.Keycloak.Realm}/");
        end.Parameter("code").ShouldBeNull();
        ((int)end.Status).ShouldBeInRange(400, 499);
        (await World.Admin.FindByEmailAsync(Address, Ct)).ShouldBeEmpty();
    }

    private async Task ConnectAnotherRealmAsync(string address, string password)
    {
        var secret = Guid.NewGuid().ToString();
        await World.Admin.CreateRealmAsync(
            new
            {
                realm = "elsewhere",
                enabled = true,
                clients = new[] { new { clientId = "community", secret, redirectUris = new[] { $"{World.Keycloak.RealmUrl}/broker/elsewhere/endpoint" } } },
                users = new[]
                {
                    new
                    {
                        username = "stranger",
                        email = address,
                        firstName = "Some",
                        lastName = "Stranger",
                        enabled = true,
                        emailVerified = true,
                        credentials = new[] { new { type = "password", value = password } },
                    },
                },
            },
            Ct);
        var endpoints = $"{World.Keycloak.BaseUrl}/realms/elsewhere/protocol/openid-connect";
        await World.Admin.PostAsync(
            "identity-provider/instances",
            new
            {
                alias = "elsewhere",
                providerId = "oidc",
                enabled = true,
                postBrokerLoginFlowAlias = "invite hold",
                config = new
                {
                    clientId = "community",
                    clientSecret = secret,
                    clientAuthMethod = "client_secret_post",
                    authorizationUrl = $"{endpoints}/auth",
                    tokenUrl = $"{endpoints}/token",
                    userInfoUrl = $"{endpoints}/userinfo",
                    jwksUrl = $"{endpoints}/certs",
                    useJwksUrl = "true",
                    validateSignature = "true",
                    issuer = $"{World.Keycloak.BaseUrl}/realms/elsewhere",
                    defaultScope = "openid profile email",
                },
            },
            Ct);
    }
}
