namespace Companion.Adapters.Smtp;

/// <summary>
/// Connections that have served and wait for the next message; there are never more than messages are sent side by side. Each waits
/// half a minute at most and serves five minutes at most, so that a moved server and a new password are found.
/// </summary>
internal sealed class SmtpConnections(TimeProvider clock, ILogger<SmtpConnections> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(10), clock, logger), IAsyncDisposable
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan LongestService = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock = clock;

    private readonly Lock _lock = new();

    private readonly List<Waiting> _waiting = [];

    /// <returns>The one that served last; null where a new one is needed.</returns>
    public SmtpConversation? Take()
    {
        lock (_lock)
        {
            var index = _waiting.FindLastIndex(IsGood);
            if (index < 0)
            {
                return null;
            }

            var taken = _waiting[index];
            _waiting.RemoveAt(index);
            return taken.Conversation;
        }
    }

    /// <summary>Keeps what is still connected.</summary>
    public void Return(SmtpConversation conversation)
    {
        if (!conversation.IsConnected)
        {
            conversation.Dispose();
            return;
        }

        lock (_lock)
        {
            _waiting.Add(new Waiting(conversation, _clock.GetTimestamp()));
        }
    }

    /// <summary>Takes leave of those whose time is over.</summary>
    public override Task RunOnceAsync(CancellationToken cancellationToken) => CloseAsync(waiting => !IsGood(waiting), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(_ => true, CancellationToken.None);
        Dispose();
    }

    private bool IsGood(Waiting waiting) =>
        _clock.GetElapsedTime(waiting.Since) < LongestWait && _clock.GetElapsedTime(waiting.Conversation.OpenedAt) < LongestService;

    private async Task CloseAsync(Predicate<Waiting> which, CancellationToken cancellationToken)
    {
        List<Waiting> closing;
        lock (_lock)
        {
            closing = _waiting.FindAll(which);
            _waiting.RemoveAll(closing.Contains);
        }

        foreach (var (conversation, _) in closing)
        {
            using (conversation)
            {
                using var farewell = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                farewell.CancelAfter(FarewellTime);
                await conversation.DisconnectAsync(quit: true, farewell.Token);
            }
        }
    }

    private sealed record Waiting(SmtpConversation Conversation, long Since);
}
