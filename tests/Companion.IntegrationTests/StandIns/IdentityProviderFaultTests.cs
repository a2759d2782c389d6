using System.Net;
using System.Text.Json.Nodes;
using Companion.IntegrationTests.Adapters.Keycloak;
using Sandbox.Browsing;
using StandIns.IdentityProvider;

namespace Companion.IntegrationTests.StandIns;

/// <summary>What the identity provider's stand-in can do that the real server does only by accident.</summary>
public sealed class IdentityProviderFaultTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new(DateTimeOffset.UtcNow);

    private readonly StandInKeycloak _keycloak;

    private readonly RealmVisitor _visitor;

    public IdentityProviderFaultTests()
    {
        _keycloak = new StandInKeycloak { Clock = _clock };
        _visitor = new RealmVisitor(_keycloak, Ct);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IdentityProviderFaults Faults => _keycloak.StandIn.Faults;

    public ValueTask InitializeAsync() => _keycloak.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        return _keycloak.DisposeAsync();
    }

    [Fact]
    public async Task A_request_can_fail_in_its_own_way_once()
    {
        Faults.Next("GET", "/certs", new RequestFault.Down());
        await Should.ThrowAsync<HttpRequestException>(KeysAsync);
        Faults.Next("GET", "/certs", new RequestFault.Status(503));
        (await KeysAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await KeysAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_slow_request_is_answered_in_the_end()
    {
        var released = new TaskCompletionSource();
        Faults.Next("GET", "/certs", new RequestFault.Slow(released.Task));
        // Whichever of the two arrives first is the slow one.
        var (one, other) = (KeysAsync(), KeysAsync());
        var quick = await Task.WhenAny(one, other);
        (await quick).Status.ShouldBe(HttpStatusCode.OK);
        var slow = quick == one ? other : one;
        slow.IsCompleted.ShouldBeFalse();
        released.SetResult();
        (await slow).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_lost_answer_hides_what_was_done()
    {
        var seed = AccountSeed.New();
        Faults.Next("POST", "/users", new RequestFault.LostAnswer());
        await Should.ThrowAsync<Exception>(() => _keycloak.AddAccountAsync(seed, Ct));
        (await _keycloak.FindAsync(seed.Username, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lost_fact_is_never_heard_and_a_repeated_one_twice()
    {
        var (first, second) = (_keycloak.Peer.Invite(), _keycloak.Peer.Invite());
        Faults.NextWebhook("registered", WebhookFault.Lost);
        await RegisterAsync(first);
        Faults.NextWebhook("registered", WebhookFault.Repeated);
        await RegisterAsync(second);
        await _keycloak.StandIn.SettleAsync();
        _keycloak.Peer.About(first).Select(message => message.Type).ShouldBe(["inspect", "claim"]);
        var heard = await _keycloak.Peer.HearsAsync(second, "inspect", "claim", "registered", "registered");
        heard[3].Id.ShouldBe(heard[2].Id);
    }

    [Fact]
    public async Task A_claim_whose_answer_is_lost_is_rolled_back_and_released()
    {
        var person = _keycloak.Peer.Invite();
        Faults.NextWebhook("claim", WebhookFault.LostAnswer);
        var page = await RegisterAsync(person);
        RegistrationContract.ShouldRefuse(page, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        await _keycloak.Peer.HearsAsync(person, "inspect", "claim", "release");
        (await _keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_stopped_server_can_not_be_reached_and_forgets_nothing()
    {
        var seed = AccountSeed.New();
        await _keycloak.AddAccountAsync(seed, Ct);
        await _keycloak.StandIn.StopAsync();
        await Should.ThrowAsync<HttpRequestException>(KeysAsync);
        await _keycloak.StandIn.StartAgainAsync(Ct);
        (await _keycloak.FindAsync(seed.Username, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Codes_and_tokens_end_by_themselves()
    {
        var seed = AccountSeed.New() with { Password = "a-password-of-a-test" };
        await _keycloak.AddAccountAsync(seed, Ct);
        var page = await _visitor.SignInAsync(_visitor.AuthorizationUrl(RealmVisitor.Join), seed.Username, seed.Password!);
        _clock.Advance(TimeSpan.FromSeconds(61));
        (await _visitor.RedeemAsync(page.Parameter("code")!, ("client_id", RealmVisitor.Join))).Error.ShouldBe("invalid_grant");
        var tokens = await _visitor.TokensAsync(seed.Username, seed.Password!);
        _clock.Advance(TimeSpan.FromMinutes(6));
        using var late = new CompanionCaller(_keycloak) { Token = (string)tokens["access_token"]! };
        (await late.AdminAsync("GET", "community/users", null, Ct)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(30));
        (await RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
    }

    private Task<RealmAnswer> KeysAsync() => _visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, _visitor.Endpoint("certs")));

    private Task<RealmAnswer> RefreshAsync(JsonNode tokens) => _visitor.PostAsync(
        "token", ("grant_type", "refresh_token"), ("client_id", RealmVisitor.Console), ("refresh_token", (string)tokens["refresh_token"]!));

    private async Task<Page> RegisterAsync(InvitedPerson person)
    {
        using var visitor = new RealmVisitor(_keycloak, Ct);
        return await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
    }
}
