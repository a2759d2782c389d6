namespace Companion.Foundation.Store;

/// <summary>
/// Folds streams anew into snapshots and read models while appends go on. Never touches the outbox: what was to be done was queued
/// when the events were appended.
/// </summary>
internal sealed class RebuildStreams(Transactions transactions, StreamPages pages)
{
    /// <remarks>What triggers count of the read models is counted anew at the end; appends wait for that.</remarks>
    /// <param name="progress">Told after each page how many streams are done.</param>
    /// <returns>How many streams were rebuilt.</returns>
    public async Task<int> RunAsync(Action<int>? progress, CancellationToken cancellationToken)
    {
        var count = 0;
        var last = Guid.Empty;
        while (await transactions.RunAsync((unit, ct) => PageAsync(unit, last, ct), cancellationToken) is { Count: > 0 } page)
        {
            count += page.Count;
            last = page[^1].Id;
            progress?.Invoke(count);
        }

        await transactions.RunAsync((unit, ct) => unit.ExecuteLongAsync("select companion.count_again()", ct), cancellationToken);
        return count;
    }

    private async Task<IReadOnlyList<StoredStream>> PageAsync(UnitOfWork unit, Guid last, CancellationToken cancellationToken)
    {
        var page = await pages.LockAfterAsync(unit, last, cancellationToken);
        foreach (var stream in page)
        {
            stream.Type.Replace(unit, stream.Id, stream.Version, stream.Events);
        }

        return page;
    }
}
