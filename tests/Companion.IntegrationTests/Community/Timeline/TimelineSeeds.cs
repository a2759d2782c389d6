using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Community.Timeline;

/// <summary>Timeline entries as a test wants them.</summary>
internal static class TimelineSeeds
{
    /// <summary>An account that no other test has.</summary>
    public static AccountId Name(string who) => new($"{who}-{Guid.NewGuid():n}");

    public static TimelineEntry Entry(string type) => new(TimelineKind.UserEvent, type, FakeClock.Start, null, null, null, null);

    /// <summary>In one transaction, whose entries are final when no other that is older runs.</summary>
    public static Task WriteTimelineAsync(this CompanionHost host, params TimelineEntry[] entries) =>
        host.Services.GetRequiredService<Transactions>().RunAsync(
            Guid.CreateVersion7(),
            (unit, _) =>
            {
                Array.ForEach(entries, entry => unit.Queue(TimelineSql.Insert(entry)));
                return Task.FromResult(true);
            },
            TestContext.Current.CancellationToken);
}
