using Companion.Foundation.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Companion.Tests.Foundation.Kernel;

public sealed class PeriodicWorkerTests
{
    [Fact]
    public async Task A_job_that_fails_in_whatever_way_is_run_again_and_never_ends_the_host()
    {
        using var job = new Job(
            new ArgumentException("not expected"), new TimeoutException(), new OperationCanceledException(), new InvalidOperationException());
        await job.StartAsync(TestContext.Current.CancellationToken);

        await job.Succeeded.Task.WaitAsync(TestContext.Current.CancellationToken);

        job.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await job.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Job(params Exception[] failures) : PeriodicWorker(TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance)
    {
        private readonly Queue<Exception> _failures = new(failures);

        public TaskCompletionSource Succeeded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task RunOnceAsync(CancellationToken cancellationToken)
        {
            if (_failures.TryDequeue(out var failure))
            {
                throw failure;
            }

            Succeeded.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
