using Companion.Adapters.Keycloak;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Adapters.Keycloak;

public sealed class KeycloakSignInTests
{
    private readonly KeycloakSignIn _signIn = new(Options.Create(new KeycloakOptions
    {
        PublicUrl = "https://id.example.org:8443",
        Realm = "harbour",
    }));

    [Fact]
    public void The_address_carries_the_handle_and_the_readers_language() => _signIn.RegisterUrl("h-_1", "de").ShouldStartWith(
        "https://id.example.org:8443/realms/harbour/protocol/openid-connect/registrations?client_id=companion-join&response_type=code"
        + "&scope=openid&redirect_uri=https%3A%2F%2Fid.example.org%3A8443%2Frealms%2Fharbour%2Faccount%2Fwelcome&invite=h-_1&kc_locale=de&code_challenge=");

    [Fact]
    public void The_code_that_comes_of_it_is_good_for_nobody()
    {
        var challenges = Enumerable.Range(0, 3).Select(_ => QueryHelpers.ParseQuery(new Uri(_signIn.RegisterUrl("h", "en")).Query)["code_challenge"].ToString()).ToList();
        challenges.Distinct().Count().ShouldBe(3);
        challenges.ShouldAllBe(challenge => challenge.Length == 43);
        _signIn.RegisterUrl("h", "en").ShouldEndWith("&code_challenge_method=S256");
    }

    [Fact]
    public void The_origin_is_what_a_policy_names() => _signIn.Origin.ShouldBe("https://id.example.org:8443");

    [Fact]
    public void Members_sign_in_at_the_account_console() => _signIn.Url.ShouldBe("https://id.example.org:8443/realms/harbour/account/");
}
