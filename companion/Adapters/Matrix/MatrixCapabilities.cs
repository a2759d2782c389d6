namespace Companion.Adapters.Matrix;

/// <summary>Whether the homeserver serves the admin API to the configured token: people can be joined, otherwise only invited.</summary>
internal sealed class MatrixCapabilities(SynapseAdminClient admin, IOptions<MatrixOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    private Probe? _last;

    /// <exception cref="MatrixException">The homeserver did not answer, or does not know the token (401).</exception>
    public async Task<bool> HasAdminAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.AdminToken))
        {
            return false;
        }

        if (_last is { } last && clock.GetUtcNow() - last.At < Freshness)
        {
            return last.HasAdmin;
        }

        var hasAdmin = await AskAsync(cancellationToken);
        _last = new Probe(hasAdmin, clock.GetUtcNow());
        return hasAdmin;
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await admin.FindAsync(new MatrixUserId(options.Value.BotUserId), cancellationToken);
            return true;
        }
        catch (MatrixException exception) when (exception.Status is 403 or 404)
        {
            return false;
        }
    }

    private sealed record Probe(bool HasAdmin, DateTimeOffset At);
}
