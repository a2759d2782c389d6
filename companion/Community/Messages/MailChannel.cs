namespace Companion.Community.Messages;

/// <summary>Whether this replica tries the mail server at all: after it refused us, every mail waits, not only the one it refused.</summary>
internal sealed class MailChannel(TimeProvider clock)
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private long _closedUntil;

    /// <returns>How long the channel stays closed; null when it is open.</returns>
    public TimeSpan? ClosedFor()
    {
        var left = TimeSpan.FromTicks(Interlocked.Read(ref _closedUntil) - clock.GetUtcNow().UtcTicks);
        return left > TimeSpan.Zero ? left : null;
    }

    public void Close() => Interlocked.Exchange(ref _closedUntil, (clock.GetUtcNow() + Pause).UtcTicks);
}
