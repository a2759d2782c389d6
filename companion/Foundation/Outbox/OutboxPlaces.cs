namespace Companion.Foundation.Outbox;

/// <summary>How many messages may be claimed now: so many in all, and of each of these kinds at most so many.</summary>
/// <param name="Kinds">Only kinds that have a free place.</param>
internal sealed record OutboxOffer(int Total, IReadOnlyDictionary<string, int> Kinds);

/// <summary>What one replica works on at the same time: so many messages, and of a kind no more than its handler allows.</summary>
internal sealed class OutboxPlaces(int total, IEnumerable<OutboxHandler> handlers)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _free = handlers.ToDictionary(
        handler => handler.Kind, handler => Math.Min(handler.MaxParallel, total), StringComparer.Ordinal);

    private int _total = total;

    public OutboxOffer Free()
    {
        lock (_lock)
        {
            var kinds = _free.Where(kind => kind.Value > 0).ToDictionary(kind => kind.Key, kind => Math.Min(kind.Value, _total));
            return new OutboxOffer(_total, _total > 0 ? kinds : []);
        }
    }

    public void Take(IEnumerable<OutboxMessage> messages)
    {
        lock (_lock)
        {
            foreach (var message in messages)
            {
                _total--;
                _free[message.Kind]--;
            }
        }
    }

    public void Release(OutboxMessage message)
    {
        lock (_lock)
        {
            _total++;
            _free[message.Kind]++;
        }
    }
}
