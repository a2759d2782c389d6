using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Companion.Host;

/// <summary>
/// The issuer's RS256 keys, for the token library, which asks for new ones when a token fits none and then tries once more. The library's
/// own manager lets everybody who waits for the first keys fetch them, one after the other, and refuses the first tokens of a new key.
/// </summary>
internal sealed partial class SigningKeys : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    /// <summary>For one fetch.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Between attempts while there is no key at all.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(2);

    /// <summary>A key that the issuer withdrew is not trusted longer than this.</summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromHours(1);

    private readonly JwksRetriever _issuer;

    private readonly TimeProvider _clock;

    private readonly ILogger<SigningKeys> _logger;

    private readonly Lock _lock = new();

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Whoever asked for new keys waits for them; the others go on with those that are known.</summary>
    private readonly AsyncLocal<Task?> _asked = new();

    private Task _fetch = Task.CompletedTask;

    private volatile KeySet _current = new(null, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    public SigningKeys(JwksRetriever issuer, TimeProvider clock, ILogger<SigningKeys> logger)
    {
        (_issuer, _clock, _logger) = (issuer, clock, logger);
        // The last known good ones may hold a key that was withdrawn.
        UseLastKnownGoodConfiguration = false;
    }

    /// <summary>The keys as they are known, fetched where there are none or they are too old.</summary>
    /// <exception cref="IdentityProviderException">There is no key at all yet and none could be fetched.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if ((IsOld() ? FetchOnce() : _asked.Value) is { } fetch)
        {
            await fetch.WaitAsync(cancel);
        }

        return _current.Keys ?? throw new IdentityProviderException("signing_keys_unreachable", isTransient: true, FirstInterval);
    }

    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => await GetConfigurationAsync(cancel);

    /// <summary>Fetches the keys, as far as the rate limit allows.</summary>
    public override void RequestRefresh() => _asked.Value = FetchOnce();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>The fetch is nobody's: whoever asked for it may hang up while others wait. Where the rate limit forbids another, the last one.</summary>
    private Task FetchOnce()
    {
        lock (_lock)
        {
            return _fetch.IsCompleted && MayFetch() ? _fetch = FetchAsync(_stop.Token) : _fetch;
        }
    }

    private bool IsOld() => _current is var (keys, loadedAt, _) && (keys is null || _clock.GetUtcNow() - loadedAt >= LongestAge);

    private bool MayFetch() =>
        _current is var (keys, _, triedAt) && _clock.GetUtcNow() - triedAt >= (keys is null ? FirstInterval : ShortestInterval);

    private async Task FetchAsync(CancellationToken stop)
    {
        var now = _clock.GetUtcNow();
        _current = _current with { TriedAt = now };
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            var keys = await _issuer.GetAsync(either.Token);
            if (keys.SigningKeys.Count > 0)
            {
                _current = new KeySet(keys, now, now);
                return;
            }

            Log.NoneUsable(_logger);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Log.Unreachable(_logger, exception.GetType().Name);
        }
    }

    /// <param name="Keys">Null before the first were fetched.</param>
    private sealed record KeySet(OpenIdConnectConfiguration? Keys, DateTimeOffset LoadedAt, DateTimeOffset TriedAt);

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "The issuer's signing keys could not be fetched ({Reason}); those known are used on.")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(301, LogLevel.Warning, "The issuer publishes no RS256 signing key of 2048 bits or more; those known are used on.")]
        public static partial void NoneUsable(ILogger logger);
    }
}
