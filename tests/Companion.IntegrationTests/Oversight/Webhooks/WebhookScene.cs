using System.Globalization;
using Companion.Foundation.Kernel;
using Companion.Foundation.Outbox;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Timeline;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Oversight.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;

namespace Companion.IntegrationTests.Oversight.Webhooks;

/// <summary>A companion whose happenings are followed.</summary>
internal static class WebhookScene
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>With its endpoints named first, second and so on, from now.</summary>
    public static async Task<CompanionHost> StartAsync(PostgresFixture postgres, Action<CompanionHostSettings>? configure, params WebhookReceiver[] receivers)
    {
        var host = await CompanionHost.StartAsync(postgres, settings =>
        {
            for (var i = 0; i < receivers.Length; i++)
            {
                settings.Configuration[$"Webhooks:Endpoints:{i}:Name"] = Names[i];
                settings.Configuration[$"Webhooks:Endpoints:{i}:Url"] = receivers[i].Url;
                settings.Configuration[$"Webhooks:Endpoints:{i}:Secret"] = receivers[i].Secret;
            }

            configure?.Invoke(settings);
        });
        await host.Feed().FollowAsync(Cancel);
        return host;
    }

    public static IReadOnlyList<string> Names { get; } = ["first", "second"];

    public static void MailTo(this CompanionHostSettings settings, MailSink sink)
    {
        settings.Configuration["Mail:Host"] = "127.0.0.1";
        settings.Configuration["Mail:Port"] = sink.Port.ToString(CultureInfo.InvariantCulture);
        settings.Configuration["Mail:From"] = "invitations@harbour.example";
        settings.Configuration["Mail:Security"] = "None";
        settings.Configuration["Directory:Groups:0:Path"] = "/members";
        settings.Configuration["Directory:Groups:0:InvitedBy:0"] = "/members";
    }

    public static WebhookFeed Feed(this CompanionHost host) => host.Services.GetRequiredService<WebhookFeed>();

    /// <summary>Writes entries, told apart by their detail.</summary>
    public static Task HappenAsync(this CompanionHost host, params string[] details) => host.HappenAsync("invite_sent", details);

    public static Task HappenAsync(this CompanionHost host, string type, string[] details) => host.WriteTimelineAsync(
        [.. details.Select(detail => TimelineSeeds.Entry(type) with { Inviter = new AccountId("alice"), Detail = detail })]);

    /// <summary>Hands over and works off, until it holds. Transactions of other tests on the same server may hold entries back for a moment.</summary>
    public static Task WorkUntilAsync(this CompanionHost host, Func<bool> condition) => Eventually.HoldsAsync(async () =>
    {
        await host.WorkAsync();
        return condition();
    });

    public static async Task WorkAsync(this CompanionHost host)
    {
        await host.Feed().FollowAsync(Cancel);
        await host.RunOutboxAsync(Cancel);
    }

    public static Task<IReadOnlyList<OutboxEntry>> DeliveriesAsync(this CompanionHost host, string? state = null) =>
        host.Services.GetRequiredService<OutboxInspection>().ListAsync(state, WebhookOutbox.Delivery.Name, 1000, Cancel);

    /// <summary>To when the only delivery that waits is due.</summary>
    public static async Task AdvanceToNextAttemptAsync(this CompanionHost host)
    {
        var due = (await host.DeliveriesAsync()).Where(delivery => delivery.State is "waiting" or "due").ShouldHaveSingleItem().DueAt;
        host.Clock.Advance(due > host.Clock.GetUtcNow() ? due - host.Clock.GetUtcNow() : TimeSpan.Zero);
    }

    public static Task ExecuteAsync(this CompanionHost host, string sql) => host.Database().ExecuteAsync(sql, [], Cancel);

    public static IEnumerable<string?> Details(this WebhookReceiver receiver) => receiver.Received.Select(message => message.Detail);
}
