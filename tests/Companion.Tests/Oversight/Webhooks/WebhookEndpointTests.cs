using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Foundation.Web;
using Companion.Oversight.Webhooks;
using Companion.Tests.Foundation.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Oversight.Webhooks;

public sealed class WebhookEndpointTests
{
    [Theory]
    [InlineData("https://crm.example.org/hooks?key=1")]
    [InlineData("https://crm.example.org:8443")]
    [InlineData("http://127.0.0.1:8080/hooks")]
    [InlineData("http://localhost/hooks")]
    public void A_whole_https_address_or_http_on_this_machine_is_a_target(string url) => Failures(endpoint => endpoint.Url = url).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("/hooks")]
    [InlineData("crm.example.org/hooks")]
    [InlineData("http://crm.example.org/hooks")]
    [InlineData("http://10.0.0.7/hooks")]
    [InlineData("ftp://crm.example.org/hooks")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:pass@crm.example.org/hooks")]
    [InlineData("https://crm.example.org/hooks#part")]
    public void Anything_else_is_none(string url) =>
        Failures(endpoint => endpoint.Url = url).ShouldHaveSingleItem().ShouldStartWith("Webhooks:Endpoints:0:Url");

    [Theory]
    [InlineData("")]
    [InlineData("CRM")]
    [InlineData("our crm")]
    [InlineData("-crm")]
    [InlineData("crm\n")]
    [InlineData("a2345678901234567890123456789012345678901")]
    public void A_name_is_short_and_plain(string name) =>
        Failures(endpoint => endpoint.Name = name).ShouldHaveSingleItem().ShouldStartWith("Webhooks:Endpoints:0:Name");

    [Fact]
    public void Secrets_have_their_form_and_are_never_repeated()
    {
        Failures(endpoint => endpoint.Secret = "hunter2").ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            failure => failure.ShouldStartWith("Webhooks:Endpoints:0:Secret"), failure => failure.ShouldNotContain("hunter2"));
        Failures(endpoint => endpoint.PreviousSecret = "whsec_short").ShouldHaveSingleItem().ShouldStartWith("Webhooks:Endpoints:0:PreviousSecret");
        Failures(endpoint => endpoint.PreviousSecret = "").ShouldBeEmpty();
    }

    [Fact]
    public void A_type_that_no_event_has_is_named()
    {
        Failures(endpoint => Add(endpoint, "invite_*", "onboarding_completed", "*")).ShouldBeEmpty();
        Failures(endpoint => Add(endpoint, "invite_redeemed", "invite.redeemed")).ShouldHaveSingleItem().ShouldStartWith("Webhooks:Endpoints:0:Types:1");
        Failures(endpoint => Add(endpoint, "invites_*")).ShouldHaveSingleItem().ShouldStartWith("Webhooks:Endpoints:0:Types:0");
    }

    [Fact]
    public void Two_endpoints_of_one_name_are_refused()
    {
        Failures([Endpoint(), Endpoint()]).ShouldHaveSingleItem().ShouldContain("crm");
    }

    [Theory]
    [InlineData("invite_sent", true)]
    [InlineData("invite_issued", false)]
    [InlineData("room_joined", true)]
    [InlineData("inviter_told", false)]
    public void A_name_stands_for_itself_and_a_beginning_for_all_that_begins_so(string type, bool wanted)
    {
        var endpoint = Endpoint();
        Add(endpoint, "invite_sent", "room_*");

        endpoint.Wants(type).ShouldBe(wanted);
        Endpoint().Wants(type).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, null, 5)]
    [InlineData(1, 2, 5)]
    [InlineData(1, -10, 5)]
    [InlineData(1, 90, 90)]
    [InlineData(40, 90, 3600)]
    public void A_pause_is_what_was_asked_for_and_never_shorter_than_its_own(int attempt, int? asked, int expected) =>
        DeliverWebhook.PauseAfter(attempt, asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, roll: 0).ShouldBe(TimeSpan.FromSeconds(expected));

    private static IReadOnlyList<string> Failures(Action<WebhookEndpoint> change)
    {
        var endpoint = Endpoint();
        change(endpoint);
        return Failures([endpoint]);
    }

    private static IReadOnlyList<string> Failures(IEnumerable<WebhookEndpoint> endpoints)
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<IEnumerable<IStreamType>>(StreamTypes.All)
            .AddWebhooks().AddOutgoingWebhooks()
            .Configure<WebhookOptions>(options =>
            {
                options.Secret = Endpoint().Secret;
                endpoints.ToList().ForEach(options.Endpoints.Add);
            })
            .BuildServiceProvider();
        return SettingFailures.Of(() => _ = services.GetRequiredService<IOptions<WebhookOptions>>().Value);
    }

    private static WebhookEndpoint Endpoint() => new()
    {
        Name = "crm",
        Url = "https://crm.example.org/hooks",
        Secret = $"whsec_{Convert.ToBase64String(new byte[24])}",
    };

    private static void Add(WebhookEndpoint endpoint, params string[] types) => Array.ForEach(types, endpoint.Types.Add);
}
