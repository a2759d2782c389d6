using System.Collections.Concurrent;

namespace Companion.Community.Directory;

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
        if (Known(key, now) is { } known)
        {
            return known;
        }

        if (await read() is not { } value)
        {
            _entries.TryRemove(key, out _);
            return null;
        }

        Keep(key, value, now);
        return value;
    }

    /// <param name="read">Asks for those that are not remembered, all at once; what there is not, is left out.</param>
    public async Task<Dictionary<TKey, TValue>> FindAsync(
        IEnumerable<TKey> keys, Func<IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read)
    {
        var now = clock.GetUtcNow();
        var found = new Dictionary<TKey, TValue>();
        var missing = new List<TKey>();
        foreach (var key in keys.Distinct())
        {
            if (Known(key, now) is { } known)
            {
                found[key] = known;
            }
            else
            {
                missing.Add(key);
            }
        }

        foreach (var (key, value) in missing.Count == 0 ? new Dictionary<TKey, TValue>() : await read(missing))
        {
            Keep(key, value, now);
            found[key] = value;
        }

        return found;
    }

    /// <summary>What was known last, also where it is not current any more: for when nobody can be asked.</summary>
    public TValue? LastKnown(TKey key, TimeSpan atMost) =>
        _entries.TryGetValue(key, out var entry) && clock.GetUtcNow() < entry.Until - lifetime + atMost ? entry.Value : null;

    public void Forget(TKey key) => _entries.TryRemove(key, out _);

    private TValue? Known(TKey key, DateTimeOffset now) => _entries.TryGetValue(key, out var entry) && now < entry.Until ? entry.Value : null;

    private void Keep(TKey key, TValue value, DateTimeOffset now)
    {
        if (_entries.Count >= MaxEntries)
        {
            _entries.Clear();
        }

        _entries[key] = (value, now + lifetime);
    }
}
