using Companion.Community.Timeline;
using Companion.Foundation.Web;

namespace Companion.Oversight.Webhooks;

/// <summary>Hands the timeline's entries to the outbox, for each endpoint one at a time and in the feed's order.</summary>
internal sealed class WebhookFeed(Transactions transactions, IOptions<WebhookOptions> options)
{
    private const int PageSize = 100;

    /// <summary>Gives every endpoint that has nothing under way its next entry.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in options.Value.Endpoints.Where(endpoint => endpoint.Enabled))
        {
            await transactions.RunAsync(
                async (unit, ct) =>
                {
                    await NextAsync(unit, endpoint, null, ct);
                    return true;
                },
                cancellationToken);
        }
    }

    /// <summary>Enqueues the endpoint's next entry and moves its cursor there, in one transaction: none is left out, none is handed over twice.</summary>
    /// <param name="finished">The delivery that this transaction ends; null where it ends none.</param>
    public static async Task NextAsync(UnitOfWork unit, WebhookEndpoint endpoint, Guid? finished, CancellationToken cancellationToken)
    {
        var stream = DeterministicId.From("webhook_endpoint", endpoint.Name);
        var place = await WebhookCursors.LockAsync(unit, endpoint.Name, stream, finished, cancellationToken);
        if (place.IsStopped || place.IsBusy)
        {
            return;
        }

        var cursor = place.Cursor;
        List<FeedEntry> page;
        FeedEntry? next;
        do
        {
            page = await TimelineSql.FinalAfterAsync(unit, cursor, PageSize, cancellationToken);
            next = page.FirstOrDefault(entry => endpoint.Wants(entry.Line.Type));
            cursor = (next ?? page.LastOrDefault())?.Position ?? cursor;
        }
        while (next is null && page.Count == PageSize);

        if (next is not null)
        {
            var messageId = DeterministicId.From(stream, next.EventId.ToString());
            unit.Enqueue(WebhookOutbox.Delivery, stream, new WebhookDue(endpoint.Name, messageId, WebhookEvent.Of(next.Line)));
        }

        if (!place.IsKnown || cursor != place.Cursor)
        {
            WebhookCursors.Move(unit, endpoint.Name, cursor);
        }
    }
}
