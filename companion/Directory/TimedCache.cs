using System.Collections.Concurrent;

namespace Companion.Directory;

/// <summary>Answers that may be this old. That there is none is not remembered, and neither is a failure.</summary>
internal sealed class TimedCache<TKey, TValue>(TimeSpan lifetime, TimeProvider clock)
    where TKey : notnull
    where TValue : class
{
    private const int MaxEntries = 10_000;

    private readonly ConcurrentDictionary<TKey, (TValue Value, DateTimeOffset Until)> _entries = new();

    /// <returns>Null when <paramref name="read"/> finds nothing.</returns>
    public async Task<TValue?> FindAsync(TKey key, Func<Task<TValue?>> read)
    {
        // The age counts from before the question: an answer may be that old already.
        var now = clock.GetUtcNow();
        if (_entries.TryGetValue(key, out var entry) && now < entry.Until)
        {
            return entry.Value;
        }

        if (await read() is not { } value)
        {
            _entries.TryRemove(key, out _);
            return null;
        }

        if (_entries.Count >= MaxEntries)
        {
            _entries.Clear();
        }

        _entries[key] = (value, now + lifetime);
        return value;
    }

    public void Forget(TKey key) => _entries.TryRemove(key, out _);
}
