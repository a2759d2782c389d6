using System.Collections.Concurrent;

namespace Companion.Adapters.Matrix;

/// <summary>
/// Spaces out invites to one person below the server's own limit, whose refusals use up what they refuse. Per replica; the
/// server's answer stays the last word. Not needed where the bot's limits are lifted (override 0/0).
/// </summary>
internal sealed class InvitePace(
    SynapseAdminClient admin, MatrixCapabilities capabilities, IOptions<MatrixOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<MatrixUserId, DateTimeOffset> _emptyUntil = new();

    /// <exception cref="MatrixException">429 with the time to wait.</exception>
    public async Task TakeAsync(MatrixUserId invitee, CancellationToken cancellationToken)
    {
        if (await IsUnlimitedAsync(cancellationToken))
        {
            return;
        }

        var now = clock.GetUtcNow();
        Forget(now);
        var (burst, interval) = (options.Value.InviteBurst, options.Value.InviteInterval);
        var wait = TimeSpan.Zero;
        _emptyUntil.AddOrUpdate(
            invitee,
            _ => now + interval,
            (_, until) =>
            {
                var next = (until > now ? until : now) + interval;
                wait = next - now - (interval * burst);
                return wait > TimeSpan.Zero ? until : next;
            });
        if (wait > TimeSpan.Zero)
        {
            throw new MatrixException("own_pace", StatusCodes.Status429TooManyRequests, wait);
        }
    }

    private async Task<bool> IsUnlimitedAsync(CancellationToken cancellationToken) =>
        await capabilities.HasAdminAsync(cancellationToken)
        && (await admin.RateLimitAsync(new MatrixUserId(options.Value.BotUserId), cancellationToken)).IsUnlimited;

    private void Forget(DateTimeOffset now)
    {
        foreach (var (invitee, until) in _emptyUntil)
        {
            if (until < now)
            {
                _emptyUntil.TryRemove(new KeyValuePair<MatrixUserId, DateTimeOffset>(invitee, until));
            }
        }
    }
}
