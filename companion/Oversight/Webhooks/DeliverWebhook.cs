using Companion.Foundation.Outbox;
using Companion.Foundation.Web;

namespace Companion.Oversight.Webhooks;

/// <summary>
/// Tells an endpoint of one entry, for about three days; then the entry is a dead letter. Either way the endpoint's next entry follows,
/// unless the endpoint says that it is gone.
/// </summary>
internal sealed partial class DeliverWebhook(
    WebhookSender sender, WebhookMetrics metrics, IOptions<WebhookOptions> options, ILogger<DeliverWebhook> logger)
    : OutboxHandler<WebhookDue>(WebhookOutbox.Delivery)
{
    private const string Gone = "endpoint_gone";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(2);

    /// <summary>Until somebody switches it on, or the replica that knows it takes the message.</summary>
    private static readonly TimeSpan OffPause = TimeSpan.FromMinutes(5);

    public override int MaxParallel => 4;

    /// <summary>Three days and a little, with pauses that grow to two hours.</summary>
    public override int? MaxAttempts => 58;

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<WebhookDue> message, CancellationToken cancellationToken)
    {
        var (name, messageId, @event) = message.Payload;
        if (options.Value.Find(name) is not { } endpoint)
        {
            return new OutboxResult.Wait("endpoint_off", OffPause);
        }

        var answer = await sender.SendAsync(endpoint, messageId, @event.ToBody(), cancellationToken);
        metrics.Sent(name, answer.Code);
        if (answer.IsSuccess)
        {
            return new OutboxResult.Done(async (unit, ct) =>
            {
                await WebhookCursors.SetStoppedAsync(unit, name, stopped: false, ct);
                await WebhookFeed.NextAsync(unit, endpoint, message.Id, ct);
            });
        }

        if (answer.Status == StatusCodes.Status410Gone)
        {
            Log.Gone(logger, name);
            return new OutboxResult.Dead(Gone, (unit, ct) => WebhookCursors.SetStoppedAsync(unit, name, stopped: true, ct));
        }

        return new OutboxResult.Retry(answer.Code, PauseAfter(message.Attempts, answer.RetryAfter, Random.Shared.NextDouble()));
    }

    protected override async Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<WebhookDue> message, string code, CancellationToken cancellationToken)
    {
        if (options.Value.Find(message.Payload.Endpoint) is { } endpoint)
        {
            await WebhookFeed.NextAsync(unit, endpoint, message.Id, cancellationToken);
        }
    }

    /// <summary>Never sooner than was asked for, nor at the pace of an endpoint that asks for too little.</summary>
    internal static TimeSpan PauseAfter(int attempt, TimeSpan? asked, double roll)
    {
        var own = RetryDelay.HalfJitter(attempt, FirstPause, LongestPause, roll);
        return asked > own ? asked.Value : own;
    }

    private static partial class Log
    {
        [LoggerMessage(901, LogLevel.Error, "Webhook endpoint {Endpoint} says that it is gone; nothing more is sent to it.")]
        public static partial void Gone(ILogger logger, string endpoint);
    }
}
