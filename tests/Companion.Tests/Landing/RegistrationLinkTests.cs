using Companion.Landing;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Landing;

public sealed class RegistrationLinkTests
{
    private readonly RegistrationLink _link = new(Options.Create(new RegistrationOptions
    {
        RegistrationUrl = "https://id.example.org:8443/realms/harbour/protocol/openid-connect/registrations",
        RedirectUri = "https://id.example.org:8443/realms/harbour/account/",
    }));

    [Fact]
    public void The_address_carries_the_handle_and_the_readers_language() => _link.For("h-_1", "de").ShouldBe(
        "https://id.example.org:8443/realms/harbour/protocol/openid-connect/registrations?client_id=companion-join&response_type=code"
        + "&scope=openid&redirect_uri=https%3A%2F%2Fid.example.org%3A8443%2Frealms%2Fharbour%2Faccount%2F&invite=h-_1&kc_locale=de");

    [Fact]
    public void The_origin_is_what_a_policy_names() => _link.Origin.ShouldBe("https://id.example.org:8443");

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://id.example.org/x")]
    [InlineData("/registrations")]
    [InlineData("https://id.example.org/x?y=1")]
    [InlineData("https://me@id.example.org/x")]
    [InlineData("")]
    public void What_is_no_plain_page_is_refused_at_the_start(string value) => RegistrationOptions.IsPage(value).ShouldBeFalse();
}
