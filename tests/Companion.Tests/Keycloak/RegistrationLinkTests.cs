using Companion.Keycloak;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Keycloak;

public sealed class RegistrationLinkTests
{
    private readonly RegistrationLink _link = new(Options.Create(new KeycloakOptions
    {
        PublicUrl = "https://id.example.org:8443",
        Realm = "harbour",
    }));

    [Fact]
    public void The_address_carries_the_handle_and_the_readers_language() => _link.For("h-_1", "de").ShouldBe(
        "https://id.example.org:8443/realms/harbour/protocol/openid-connect/registrations?client_id=companion-join&response_type=code"
        + "&scope=openid&redirect_uri=https%3A%2F%2Fid.example.org%3A8443%2Frealms%2Fharbour%2Faccount%2Fwelcome&invite=h-_1&kc_locale=de");

    [Fact]
    public void The_origin_is_what_a_policy_names() => _link.Origin.ShouldBe("https://id.example.org:8443");

    [Fact]
    public void Members_sign_in_at_the_account_console() => _link.SignIn.ShouldBe("https://id.example.org:8443/realms/harbour/account/");
}
