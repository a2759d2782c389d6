namespace Companion.Adapters.Smtp;

/// <summary>How long each step of a conversation may take. Once the process stops, all that is left of it has a few seconds.</summary>
internal sealed class StepLimit : IDisposable
{
    /// <summary>For all steps but the wait for the last answer.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _limit;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenRegistration _stop;

    public StepLimit(TimeProvider clock, CancellationToken stopping)
    {
        _limit = new CancellationTokenSource(Usual, clock);
        _stopping = stopping;
        _stop = stopping.Register(() => _limit.CancelAfter(StopGrace));
    }

    public CancellationToken Token => _limit.Token;

    public bool IsOver => _limit.IsCancellationRequested;

    public void Begin(TimeSpan time)
    {
        if (!_stopping.IsCancellationRequested)
        {
            _limit.CancelAfter(time);
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _limit.Dispose();
    }
}
