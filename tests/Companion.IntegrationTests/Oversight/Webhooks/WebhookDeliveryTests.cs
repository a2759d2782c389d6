using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Companion.Foundation.Outbox;
using Companion.Foundation.Web;
using Companion.Host.Doctor;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StandIns.Mail;

namespace Companion.IntegrationTests.Oversight.Webhooks;

/// <summary>What another system hears of what happens, and when it doesn't.</summary>
public sealed class WebhookDeliveryTests(PostgresFixture postgres) : IAsyncLifetime
{
    private WebhookReceiver _first = null!;
    private WebhookReceiver _second = null!;
    private CompanionHost? _host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_first, _second) = (await WebhookReceiver.StartAsync(), await WebhookReceiver.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_to_an_invite_is_told_signed_in_order_and_with_ids_only()
    {
        var host = await StartAsync(_first);
        var invite = await host.Member("alice").IssueOneAsync("anna.secret@example.org");
        (await host.ClientOf("alice").PostTextAsync($"/api/v1/invites/{invite}/revoke", "")).Dispose();
        await host.WorkUntilAsync(() => _first.Received.Count == 2);

        var (issued, revoked) = (_first.Received.First(), _first.Received.Last());
        (issued.Type, revoked.Type).ShouldBe(("invite_issued", "invite_revoked"));
        issued.Json.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(FakeClock.Start);
        var data = issued.Json.GetProperty("data");
        data.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "kind", "actor", "account", "inviter", "inviteId", "detail"]);
        (data.GetProperty("kind").GetString(), data.GetProperty("actor").GetString(), data.GetProperty("inviteId").GetGuid())
            .ShouldBe(("UserEvent", "alice", invite));
        foreach (var message in _first.Received)
        {
            message.IsSignedWith(_first.Secret).ShouldBeTrue();
            message.IsSignedWith(_second.Secret).ShouldBeFalse();
            message.MediaType.ShouldBe("application/json");
            message.Id.ShouldNotContain(".");
            message.Timestamp.ShouldBe(FakeClock.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            Encoding.UTF8.GetString(message.Body).ShouldNotContain("anna");
        }

        issued.Id.ShouldNotBe(revoked.Id);
        host.LogLines.ShouldAllBe(line => !line.Contains("in-the-query") && !line.Contains(_first.Secret));
    }

    [Fact]
    public async Task While_its_secret_is_rotated_an_endpoint_may_know_either()
    {
        var old = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}";
        var host = await StartAsync(settings => settings.Configuration["Webhooks:Endpoints:0:PreviousSecret"] = old, _first);
        await host.HappenAsync("one");
        await host.WorkUntilAsync(() => _first.Received.Count == 1);

        _first.Received.Single().ShouldSatisfyAllConditions(
            message => message.IsSignedWith(_first.Secret).ShouldBeTrue(), message => message.IsSignedWith(old).ShouldBeTrue());
    }

    [Fact]
    public async Task A_failed_attempt_is_repeated_with_the_same_id_and_body_and_a_new_time_before_anything_later_is_told()
    {
        var host = await StartAsync(_first);
        _first.Answer = WebhookReceiver.Status(500);
        await host.HappenAsync("one", "two", "three");
        await host.WorkUntilAsync(() => _first.Received.Count == 1);
        (await host.DeliveriesAsync()).ShouldHaveSingleItem().LastError.ShouldBe("http_500");

        await host.AdvanceToNextAttemptAsync();
        _first.Answer = WebhookReceiver.Status(200);
        await host.WorkUntilAsync(() => _first.Received.Count == 4);

        _first.Details().ShouldBe(["one", "one", "two", "three"]);
        var (failed, repeated) = (_first.Received.First(), _first.Received.ElementAt(1));
        (repeated.Id, Convert.ToHexString(repeated.Body)).ShouldBe((failed.Id, Convert.ToHexString(failed.Body)));
        long.Parse(repeated.Timestamp, CultureInfo.InvariantCulture).ShouldBeGreaterThan(long.Parse(failed.Timestamp, CultureInfo.InvariantCulture));
        repeated.IsSignedWith(_first.Secret).ShouldBeTrue();
        _first.Received.Select(message => message.Id).Distinct().Count().ShouldBe(3);
        (await host.DeliveriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_not_followed()
    {
        var host = await StartAsync(_first);
        _first.Answer = WebhookReceiver.Status(307, "Location", $"{new Uri(_second.Url).GetLeftPart(UriPartial.Authority)}/elsewhere");
        await host.HappenAsync("one");
        await host.WorkUntilAsync(() => _first.Received.Count == 1);

        (await host.DeliveriesAsync()).ShouldHaveSingleItem().LastError.ShouldBe("http_307");
        _second.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_time_that_the_endpoint_asks_for_is_kept(int status)
    {
        var host = await StartAsync(_first);
        _first.Answer = WebhookReceiver.Status(status, "Retry-After", "3600");
        await host.HappenAsync("one");
        await host.WorkUntilAsync(() => _first.Received.Count == 1);
        _first.Answer = WebhookReceiver.Status(204);

        host.Clock.Advance(TimeSpan.FromMinutes(59));
        await host.WorkAsync();
        _first.Received.Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.WorkUntilAsync(() => _first.Received.Count == 2);
    }

    [Fact]
    public async Task An_endpoint_that_says_it_is_gone_gets_nothing_more_until_it_is_revived_and_then_all_of_it()
    {
        var host = await StartAsync(_first);
        _first.Answer = WebhookReceiver.Status(410);
        await host.HappenAsync("one");
        await host.WorkUntilAsync(() => _first.Received.Count == 1);
        await host.HappenAsync("two");
        host.Clock.Advance(TimeSpan.FromDays(4));
        await host.WorkAsync();

        _first.Received.Count.ShouldBe(1);
        var dead = (await host.DeliveriesAsync()).ShouldHaveSingleItem();
        (dead.State, dead.LastError).ShouldBe(("dead", "endpoint_gone"));
        (await ExamineAsync(host)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(FindingKind.Problem), finding => finding.Text.ShouldContain("first said at 2026-03-02 10:00:00Z that it is gone"));
        host.LogLines.ShouldContain(line => line.StartsWith("Error") && line.Contains("[901]") && line.Contains("first"));

        _first.Answer = WebhookReceiver.Status(204);
        await host.Services.GetRequiredService<OutboxInspection>().RetryAsync([dead.Id], null, Cancel);
        await host.WorkUntilAsync(() => _first.Received.Count == 3);
        _first.Details().ShouldBe(["one", "one", "two"]);
        (await ExamineAsync(host)).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Good);
    }

    [Fact]
    public async Task After_about_three_days_an_entry_is_a_dead_letter_the_next_follows_and_it_can_be_revived()
    {
        var host = await StartAsync(_first);
        _first.Answer = WebhookReceiver.Status(500);
        await host.HappenAsync("one", "two");
        await host.WorkUntilAsync(() => _first.Received.Count == 1);
        while ((await host.DeliveriesAsync("dead")).Count == 0)
        {
            await host.AdvanceToNextAttemptAsync();
            await host.RunOutboxAsync(Cancel);
        }

        var times = _first.Received.Where(message => message.Detail == "one").Select(message => long.Parse(message.Timestamp, CultureInfo.InvariantCulture)).ToList();
        TimeSpan.FromSeconds(times[^1] - times[0]).ShouldBeInRange(TimeSpan.FromDays(2), TimeSpan.FromDays(4));
        var dead = (await host.DeliveriesAsync("dead")).ShouldHaveSingleItem();
        dead.LastError.ShouldBe("http_500");

        var before = _first.Received.Count;
        _first.Answer = WebhookReceiver.Status(204);
        await host.Services.GetRequiredService<OutboxInspection>().RetryAsync([dead.Id], null, Cancel);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.WorkUntilAsync(() => _first.Received.Count >= before + 2);
        _first.Received.Skip(before).Select(message => message.Detail).Order().ShouldBe(["one", "two"]);
        (await host.DeliveriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_delays_neither_another_nor_mails_and_holds_one_row()
    {
        await using var sink = MailSink.Start();
        _first.Answer = (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
        var host = await StartAsync(settings => settings.MailTo(sink), _first, _second);
        await host.HappenAsync([.. Enumerable.Range(0, 30).Select(n => $"{n}")]);
        await Eventually.HoldsAsync(async () =>
        {
            await host.Feed().FollowAsync(Cancel);
            return (await host.DeliveriesAsync()).Count == 2;
        });
        var stuck = host.Services.GetRequiredService<OutboxWorker>().RunOnceAsync(Cancel);
        await Eventually.HoldsAsync(() => _first.Received.Count == 1);

        host.IdentityProvider.AddMember(InviteScene.Inviter);
        await host.IssueAsync("anna@example.org");
        await host.WorkUntilAsync(() => _second.Received.Count >= 32 && sink.Mails.Count == 1);

        stuck.IsCompleted.ShouldBeFalse();
        (await host.DeliveriesAsync()).ShouldHaveSingleItem().State.ShouldBe("leased");
        _second.Details().Take(30).ShouldBe(Enumerable.Range(0, 30).Select(n => $"{n}"));
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        await stuck;
        (await host.DeliveriesAsync()).ShouldHaveSingleItem().LastError.ShouldBe("timeout");
    }

    [Fact]
    public async Task An_endpoint_hears_only_of_the_types_that_it_names()
    {
        var host = await StartAsync(
            settings =>
            {
                settings.Configuration["Webhooks:Endpoints:0:Types:0"] = "invite_*";
                settings.Configuration["Webhooks:Endpoints:1:Types:0"] = "onboarding_completed";
                settings.Configuration["Webhooks:Endpoints:1:Types:1"] = "picture_set";
            },
            _first,
            _second);
        foreach (var type in (string[])["invite_issued", "picture_set", "room_joined", "invite_sent", "onboarding_completed"])
        {
            await host.HappenAsync(type, [type]);
        }

        await host.WorkUntilAsync(() => _first.Received.Count == 2 && _second.Received.Count == 2);
        _first.Received.Select(message => message.Type).ShouldBe(["invite_issued", "invite_sent"]);
        _second.Received.Select(message => message.Type).ShouldBe(["picture_set", "onboarding_completed"]);
    }

    [Fact]
    public async Task An_endpoint_that_is_off_is_told_later()
    {
        var host = await StartAsync(_first);
        var endpoint = host.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.Endpoints[0];
        await host.HappenAsync("one", "two");
        await Eventually.HoldsAsync(async () =>
        {
            await host.Feed().FollowAsync(Cancel);
            return (await host.DeliveriesAsync()).Count == 1;
        });
        endpoint.Enabled = false;
        await host.WorkAsync();
        (await host.DeliveriesAsync()).ShouldHaveSingleItem().LastError.ShouldBe("endpoint_off");
        _first.Received.ShouldBeEmpty();

        endpoint.Enabled = true;
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.WorkUntilAsync(() => _first.Received.Count == 2);
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(CompanionHost host) => new WebhookExamination(
        host.Database(), host.Services.GetRequiredService<IOptions<WebhookOptions>>()).RunAsync(Cancel);

    private Task<CompanionHost> StartAsync(params WebhookReceiver[] receivers) => StartAsync(null, receivers);

    private async Task<CompanionHost> StartAsync(Action<CompanionHostSettings>? configure, params WebhookReceiver[] receivers) =>
        _host = await WebhookScene.StartAsync(postgres, configure, receivers);
}
