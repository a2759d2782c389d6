using System.Collections.Concurrent;

namespace Companion.Matrix;

/// <summary>Answers that may be this old.</summary>
internal sealed class TimedCache<TKey, TValue>(TimeSpan lifetime, TimeProvider clock)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (TValue Value, DateTimeOffset Until)> _entries = new();

    public async Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read)
    {
        var now = clock.GetUtcNow();
        if (_entries.TryGetValue(key, out var entry) && entry.Until > now)
        {
            return entry.Value;
        }

        foreach (var (old, stale) in _entries)
        {
            if (stale.Until <= now)
            {
                _entries.TryRemove(old, out _);
            }
        }

        var value = await read();
        _entries[key] = (value, now + lifetime);
        return value;
    }
}
