using System.Collections.Frozen;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Companion.Host;

/// <summary>The issuer's RS256 keys. Fetched when first needed and when a token names an unknown one, at most once a minute.</summary>
internal sealed partial class SigningKeys(
    IHttpClientFactory clients, IOptions<AuthenticationOptions> options, TimeProvider clock, ILogger<SigningKeys> logger) : IDisposable
{
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    /// <summary>Between attempts while there is no key at all.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(2);

    /// <summary>A key that the issuer withdrew is not trusted longer than this.</summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromHours(1);

    private const int SmallestKey = 2048;

    private readonly Lock _lock = new();

    private readonly CancellationTokenSource _stop = new();

    private Task _fetch = Task.CompletedTask;

    private volatile KeySet _current = new(FrozenDictionary<string, JsonWebKey>.Empty, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    public bool AreLoaded => _current.Keys.Count > 0;

    public SecurityKey? Find(string keyId) => _current.Keys.GetValueOrDefault(keyId);

    /// <summary>Fetches the keys if this one is not among them, as far as the rate limit allows.</summary>
    /// <exception cref="IdentityProviderException">There is no key at all yet and none could be fetched.</exception>
    public async Task EnsureAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (IsWanted(keyId))
        {
            await FetchOnce(keyId).WaitAsync(cancellationToken);
        }

        if (!AreLoaded)
        {
            throw new IdentityProviderException("signing_keys_unreachable", isTransient: true, FirstInterval);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>The fetch is nobody's: whoever asked for it may hang up while others wait. Where the rate limit forbids another, the one under way.</summary>
    private Task FetchOnce(string? keyId)
    {
        lock (_lock)
        {
            return _fetch.IsCompleted && IsWanted(keyId) && MayFetch() ? _fetch = FetchAsync(_stop.Token) : _fetch;
        }
    }

    private bool IsWanted(string? keyId)
    {
        var (keys, loadedAt, _) = _current;
        return keys.Count == 0 || (keyId is not null && !keys.ContainsKey(keyId)) || clock.GetUtcNow() - loadedAt >= LongestAge;
    }

    private bool MayFetch()
    {
        var (keys, _, triedAt) = _current;
        return clock.GetUtcNow() - triedAt >= (keys.Count == 0 ? FirstInterval : ShortestInterval);
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        _current = _current with { TriedAt = now };
        try
        {
            using var client = clients.CreateClient(nameof(SigningKeys));
            var json = await client.GetStringAsync(new Uri(options.Value.JwksUri), cancellationToken);
            var keys = new JsonWebKeySet(json).Keys.Where(IsUsable).DistinctBy(key => key.Kid).ToFrozenDictionary(key => key.Kid);
            foreach (var key in keys.Values)
            {
                // The default factory remembers verifiers by key id alone, also for another key that came under the same id.
                key.CryptoProviderFactory = new CryptoProviderFactory();
            }

            if (keys.Count > 0)
            {
                _current = new KeySet(keys, now, now);
                return;
            }

            Log.NoneUsable(logger);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Unreachable(logger, exception.GetType().Name);
        }
    }

    private static bool IsUsable(JsonWebKey key) =>
        key is { Kty: "RSA", Kid.Length: > 0, Use: null or "sig", Alg: null or SecurityAlgorithms.RsaSha256 } && key.KeySize >= SmallestKey;

    private sealed record KeySet(FrozenDictionary<string, JsonWebKey> Keys, DateTimeOffset LoadedAt, DateTimeOffset TriedAt);

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "The issuer's signing keys could not be fetched ({Reason}); those known are used on.")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(301, LogLevel.Warning, "The issuer publishes no RS256 signing key of 2048 bits or more; those known are used on.")]
        public static partial void NoneUsable(ILogger logger);
    }
}
