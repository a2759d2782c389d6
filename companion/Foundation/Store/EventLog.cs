using System.Runtime.CompilerServices;
using JasperFx.Events;
using Marten;

namespace Companion.Foundation.Store;

/// <summary>All events of all streams, for those who look back.</summary>
internal sealed class EventLog(IDocumentStore store)
{
    private const int PageSize = 500;

    /// <summary>In the order of their numbers, which is that of each stream's versions too. Those that are appended meanwhile may be missing.</summary>
    public async IAsyncEnumerable<IEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var last = 0L;
        IReadOnlyList<IEvent> page;
        do
        {
            page = await session.Events.QueryAllRawEvents()
                .Where(stored => stored.Sequence > last).OrderBy(stored => stored.Sequence).Take(PageSize)
                .ToListAsync(cancellationToken).TranslatedAsync();
            foreach (var stored in page)
            {
                last = stored.Sequence;
                yield return stored;
            }
        }
        while (page.Count == PageSize);
    }
}
