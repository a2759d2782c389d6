namespace Companion.Foundation.Kernel;

/// <summary>
/// A background job that runs at start and then again and again. Whatever goes wrong is logged and waits for the next turn: a job that fails
/// never ends the host.
/// </summary>
internal abstract partial class PeriodicWorker(TimeSpan interval, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>False where the settings leave nothing to do.</summary>
    protected virtual bool IsEnabled => true;

    public abstract Task RunOnceAsync(CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, GetType().Name, interval, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(330, LogLevel.Warning, "Background job {Job} failed; it is tried again in {Interval}.")]
        public static partial void Failed(ILogger logger, string job, TimeSpan interval, Exception exception);
    }
}
