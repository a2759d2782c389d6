using Companion.Community.Timeline;
using Companion.Foundation.Outbox;
using Companion.Foundation.Web;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Foundation.Outbox;
using Companion.IntegrationTests.Foundation.Store;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Oversight.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Companion.IntegrationTests.Oversight.Webhooks;

/// <summary>Every entry comes at least once, whatever dies, and none because the timeline was written again.</summary>
public sealed class WebhookFeedTests(PostgresFixture postgres) : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private CompanionHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _host = await WebhookScene.StartAsync(postgres, null, _receiver);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_companion_that_dies_after_the_append_leaves_its_entry_to_another_replica()
    {
        await _host.HappenAsync("one");
        await Eventually.HoldsAsync(async () =>
        {
            await Replica().FollowAsync(Cancel);
            return (await _host.DeliveriesAsync()).Count == 1;
        });

        // That one dies with the message in its hands.
        (await new OutboxTable(_host.Database()).ClaimOneAsync(WebhookOutbox.Delivery.Name, _host.Clock.GetUtcNow())).ShouldNotBeNull();
        await _host.WorkAsync();
        _receiver.Received.ShouldBeEmpty();

        await _host.Database().EndLeasesAsync();
        await _host.WorkUntilAsync(() => _receiver.Received.Count == 1);
    }

    [Fact]
    public async Task A_companion_that_dies_before_it_notes_the_answer_sends_again_under_the_same_id()
    {
        _receiver.Answer = async (_, _) =>
        {
            _receiver.Answer = WebhookReceiver.Status(204);
            await _host.ExecuteAsync(
                "update companion.outbox_message set lease_owner = gen_random_uuid(), leased_until = clock_timestamp() - interval '1 second'");
        };
        await _host.HappenAsync("one", "two");
        await _host.WorkUntilAsync(() => _receiver.Received.Count == 3);

        _receiver.Details().ShouldBe(["one", "one", "two"]);
        _receiver.Received.Select(message => message.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Replicas_that_follow_side_by_side_hand_every_entry_over_once_and_in_order()
    {
        await _host.HappenAsync([.. Enumerable.Range(0, 20).Select(n => $"{n}")]);
        var replicas = Enumerable.Range(0, 4).Select(_ => Replica()).ToList();
        await Eventually.HoldsAsync(async () =>
        {
            await Task.WhenAll(replicas.Select(replica => replica.FollowAsync(Cancel)));
            (await _host.DeliveriesAsync()).Count.ShouldBeLessThanOrEqualTo(1);
            await _host.Services.GetRequiredService<OutboxWorker>().RunOnceAsync(Cancel);
            return _receiver.Received.Count >= 20;
        });
        await _host.WorkAsync();

        _receiver.Details().ShouldBe(Enumerable.Range(0, 20).Select(n => $"{n}"));
    }

    [Fact]
    public async Task A_timeline_that_is_written_again_is_not_told_again()
    {
        await _host.IssueAsync("anna@example.org");
        await _host.IssueAsync("ben@example.org");
        await _host.WorkUntilAsync(() => _receiver.Received.Count == 2);

        await _host.Services.GetRequiredService<RewriteTimeline>().RunAsync(null, Cancel);
        var third = await _host.IssueAsync("cora@example.org");
        await _host.WorkUntilAsync(() => _receiver.Received.Count > 2);

        _receiver.Received.Count.ShouldBe(3);
        _receiver.Received.Last().Json.GetProperty("data").GetProperty("inviteId").GetGuid().ShouldBe(third.Value);
    }

    [Fact]
    public async Task What_an_endpoint_has_not_been_told_is_told_also_when_the_timeline_was_written_again_meanwhile()
    {
        _receiver.Answer = WebhookReceiver.Status(500);
        var invites = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            invites.Add((await _host.IssueAsync($"anna{n}@example.org")).Value);
        }

        await _host.WorkUntilAsync(() => _receiver.Received.Count == 1);
        await _host.Services.GetRequiredService<RewriteTimeline>().RunAsync(null, Cancel);
        await _host.AdvanceToNextAttemptAsync();
        _receiver.Answer = WebhookReceiver.Status(204);
        await _host.WorkUntilAsync(() => _receiver.Received.Count >= 6);
        await _host.WorkAsync();

        _receiver.Received.Skip(1).Select(message => message.Json.GetProperty("data").GetProperty("inviteId").GetGuid()).ShouldBe(invites);
    }

    [Fact]
    public async Task An_endpoint_that_is_added_later_hears_of_what_happens_from_then_on()
    {
        await _host.HappenAsync("before");
        await _host.WorkUntilAsync(() => _receiver.Received.Count == 1);
        var endpoints = _host.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.Endpoints;
        await using var added = await WebhookReceiver.StartAsync();
        endpoints.Add(new WebhookEndpoint { Name = "added", Url = added.Url, Secret = added.Secret });
        await _host.WorkAsync();

        await _host.HappenAsync("after");
        await _host.WorkUntilAsync(() => added.Received.Count == 1 && _receiver.Received.Count == 2);

        added.Details().ShouldBe(["after"]);
    }

    private WebhookFeed Replica() => new(
        new StoreScene(_host.Database()).Transactions, _host.Services.GetRequiredService<IOptions<WebhookOptions>>());
}
