using System.Globalization;
using System.Text.RegularExpressions;
using Sandbox.Components;

namespace Companion.IntegrationTests.Containers;

/// <summary>The proxies that are shipped or documented: what they let through to Keycloak, and what browsers are told.</summary>
public sealed partial class ProxyTests
{
    private static readonly string Refusal = Read(".compose", "caddy", "keycloak.caddy");

    private static readonly string Public = Read(".compose", "caddy", "public.caddy");

    private static readonly string Manual = Read("docs", "operations.md");

    /// <summary>As the proxies see a path: decoded.</summary>
    [Theory]
    [InlineData("/realms/community/login-actions/consent")]
    [InlineData("/realms/master/login-actions/consent")]
    [InlineData("/realms/community/login-actions/consent/")]
    [InlineData("/realms/community//login-actions//consent//")]
    [InlineData("/realms/community/login-actions/./consent")]
    [InlineData("/realms/community/login-actions/x/../consent")]
    [InlineData("/realms/community/login-actions;a=b/consent;a=b")]
    [InlineData("/realms/community/login-actions;a=/../b/consent;a=/../../b")]
    [InlineData("/realms/community/login-actions;a=\n/consent;a=\n")]
    [InlineData("/realms/community/LOGIN-ACTIONS/Consent")]
    [InlineData("/auth/realms/community/login-actions/consent")]
    public void The_consent_page_is_refused_in_every_realm_and_spelling(string path) => Patterns().ShouldAllBe(pattern => Regex.IsMatch(path, pattern));

    [Theory]
    [InlineData("/realms/community/login-actions/authenticate")]
    [InlineData("/realms/community/login-actions/registration")]
    [InlineData("/realms/community/login-actions/required-action")]
    [InlineData("/realms/community/login-actions/action-token")]
    [InlineData("/realms/consent/protocol/openid-connect/auth")]
    [InlineData("/admin/realms/community/users/1/consents/client")]
    [InlineData("/realms/community/account/applications/client/consent")]
    public void Nothing_else_is_refused(string path) => Patterns().ShouldAllBe(pattern => !Regex.IsMatch(path, pattern));

    [Fact]
    public void The_refusal_stands_before_every_way_to_Keycloak()
    {
        Refusal.ShouldContain("respond @consent 403");
        foreach (var file in (string[])["local.caddy", "public.caddy"])
        {
            var sites = Site().Split(Read(".compose", "caddy", file))
                .Where(site => site.Contains("reverse_proxy {$KEYCLOAK_UPSTREAM:keycloak:8080}", StringComparison.Ordinal)).ToList();
            sites.Count.ShouldBe(1, file);
            sites.ShouldAllBe(site => site.Contains("\timport keycloak.caddy\n"));
        }

        var compose = ComposeFile.Read();
        compose.Services["keycloak"]["ports"].ShouldBeNull();
        compose.Services.Where(service => service.Value.ToJsonString().Contains("/etc/caddy/", StringComparison.Ordinal)).Select(service => service.Key)
            .ShouldBe(["keycloak-proxy", "caddy"]);
    }

    [Fact]
    public void The_manual_says_why_and_for_how_long()
    {
        Manual.ShouldContain(
            "Refuse Keycloak's consent page in the proxy unless a client of yours asks for consent; nothing in the shipped realm needs it, "
            + "and what isn't needed need not be reachable.");
        Manual.ShouldContain("until a Keycloak version has been tested that no longer needs it");
    }

    [Fact]
    public void Browsers_are_told_to_come_by_TLS_only()
    {
        var sites = Site().Split(Public).Where(site => site.Contains("reverse_proxy", StringComparison.Ordinal)).ToList();

        sites.Count.ShouldBe(3);
        sites.ShouldAllBe(site => site.Contains("\timport hsts\n"));
        foreach (var text in (string[])[Public, Manual])
        {
            int.Parse(MaxAge().Match(text).Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(31_536_000);
        }
    }

    /// <summary>What is meant for the containers' network, or for administrators of the homeserver, is not named.</summary>
    [Fact]
    public void Only_what_people_need_of_the_companion_and_of_Synapse_is_let_through() =>
        Paths().Matches(Public).Select(match => match.Groups[1].Value)
            .ShouldBe(["/i /i/* /never-again /api/v1/* /pictures/*", "/_matrix/* /_synapse/client/*"]);

    /// <summary>Caddy's, and nginx's in the manual, whose comparison ignores case.</summary>
    private static IReadOnlyList<string> Patterns()
    {
        List<string> patterns = [CaddyPattern().Match(Refusal).Groups[1].Value, $"(?i){NginxPattern().Match(Manual).Groups[1].Value}"];
        patterns.ShouldAllBe(pattern => pattern.Contains("consent"));
        return patterns;
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([ComponentSettings.FromEnvironment().Repository, .. path]));

    [GeneratedRegex("""@consent expression \{path\}\.matches\("(.+)"\)""")]
    private static partial Regex CaddyPattern();

    [GeneratedRegex("""location ~\* "(.+)" \{\n *return 403;""")]
    private static partial Regex NginxPattern();

    [GeneratedRegex(@"^\S.* \{$", RegexOptions.Multiline)]
    private static partial Regex Site();

    [GeneratedRegex(@"Strict-Transport-Security ""max-age=(\d+)")]
    private static partial Regex MaxAge();

    [GeneratedRegex("@public path (.+)")]
    private static partial Regex Paths();
}
