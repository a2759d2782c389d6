using System.Net;
using Companion.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Foundation.Web;

/// <summary>Each with a companion that has no keys yet.</summary>
public sealed class SigningKeysTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly CallerProbe _host = new(postgres);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Unknown_key_ids_fetch_the_keys_at_most_once_a_minute()
    {
        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(SigningKeys.ShortestInterval);
        var before = _host.Tokens.Fetches;
        for (var i = 0; i < 100; i++)
        {
            var header = _host.Header();
            header["kid"] = $"../{i}' or 1=1";
            (await _host.SendAsync(_host.Tokens.Sign(header, "{}"), Cancel)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (_host.Tokens.Fetches - before).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_hangs_up_keeps_nobody_else_from_the_keys()
    {
        var keys = _host.Services.GetRequiredService<SigningKeys>();
        var asked = _host.Tokens.HoldFetches();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var hangingUp = keys.GetConfigurationAsync(patience.Token);
        await asked;
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => hangingUp);

        var waiting = keys.GetConfigurationAsync(Cancel);
        _host.Tokens.ReleaseFetches();

        (await waiting).SigningKeys.ShouldHaveSingleItem().KeyId.ShouldBe(_host.Tokens.KeyId);
        _host.Tokens.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task All_who_wait_for_the_first_keys_share_one_fetch()
    {
        var asked = _host.Tokens.HoldFetches();
        _host.Tokens.IsDown = true;
        var waiting = Enumerable.Range(0, 10).Select(_ => _host.SendAsync(_host.Mint(), Cancel)).ToList();
        await asked;
        _host.Tokens.ReleaseFetches();

        (await Task.WhenAll(waiting)).ShouldAllBe(status => status == HttpStatusCode.ServiceUnavailable);
        _host.Tokens.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task A_fetch_without_an_answer_ends_by_its_own_time_limit()
    {
        var asked = _host.Tokens.HoldFetches();
        var waiting = _host.SendAsync(_host.Mint(), Cancel);
        await asked;
        _host.Clock.Advance(SigningKeys.Patience);

        (await waiting).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _host.Tokens.ReleaseFetches();
        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_a_strangers_token_makes_the_keys_be_fetched_others_are_served()
    {
        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(SigningKeys.ShortestInterval);
        var asked = _host.Tokens.HoldFetches();
        var header = _host.Header();
        header["kid"] = "unknown";
        var stranger = _host.SendAsync(_host.Tokens.Sign(header, _host.Payload()), Cancel);
        await asked;

        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        stranger.IsCompleted.ShouldBeFalse();
        _host.Tokens.ReleaseFetches();
        (await stranger).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_new_signing_key_is_taken_without_a_single_refusal()
    {
        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(SigningKeys.ShortestInterval);

        _host.Tokens.Rotate();

        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_key_under_the_same_id_takes_the_place_of_the_first()
    {
        var old = _host.Mint();
        (await _host.SendAsync(old, Cancel)).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(SigningKeys.ShortestInterval);

        _host.Tokens.Rotate(underTheSameId: true);

        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        (await _host.SendAsync(old, Cancel)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_is_trusted_for_an_hour_at_most()
    {
        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var old = _host.Mint();

        _host.Tokens.Rotate();

        (await _host.SendAsync(old, Cancel)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_that_is_too_short_is_not_trusted()
    {
        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(SigningKeys.ShortestInterval);

        _host.Tokens.Rotate(bits: 1024);

        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Keys_that_are_known_serve_on_while_the_issuer_is_away()
    {
        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
        _host.Tokens.IsDown = true;
        _host.Clock.Advance(TimeSpan.FromHours(2));

        (await _host.SendAsync(_host.Mint(), Cancel)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_any_key_the_answer_is_503_with_a_time_to_come_back()
    {
        _host.Tokens.IsDown = true;

        var answer = await _host.ClientOf("anna").GetAsync("/probe", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.CodeAsync(Cancel)).ShouldBe("companion_unavailable");
    }
}
