using Companion.Community.Timeline;
using Companion.Foundation.Store;
using Companion.Oversight.Webhooks;
using Npgsql;

namespace Companion.Host.CommandLine;

/// <summary>
/// Folds streams anew into snapshots and read models while appends go on. Never touches the outbox: what was to be done was queued
/// when the events were appended.
/// </summary>
internal sealed class Rebuild(NpgsqlDataSource dataSource, Transactions transactions, IEnumerable<IStreamType> types)
{
    private const int PageSize = 500;

    private readonly Dictionary<string, IStreamType> _types = types.ToDictionary(type => type.Alias, StringComparer.Ordinal);

    /// <returns>How many streams were rebuilt.</returns>
    public async Task<int> StreamsAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        var last = Guid.Empty;
        while (await PageAfterAsync(last, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var (id, alias) in page)
            {
                await StreamAsync(id, TypeOf(alias), cancellationToken);
                count++;
            }

            last = page[^1].Id;
        }

        return count;
    }

    /// <summary>
    /// Empties the timeline and writes it again from all events, in one transaction that holds up appends until it ends. Entries get new
    /// positions: who follows the feed starts from the beginning. Outgoing webhooks go on with what they have not handed over yet.
    /// </summary>
    /// <returns>How many entries were written.</returns>
    public Task<int> TimelineAsync(CancellationToken cancellationToken) => transactions.RunAsync(
        async (unit, ct) =>
        {
            await TimelineChain.RestartAsync(unit, ct);
            await unit.ExecuteAsync("lock table companion.timeline_entry in access exclusive mode", [], ct);
            var waiting = await WebhookCursors.WaitingAsync(unit, ct);
            await unit.ExecuteAsync("truncate companion.timeline_entry", [], ct);
            var replays = new Dictionary<Guid, IStreamReplay>();
            var (count, last) = (0, 0L);
            while (await unit.QueryAsync(StoredEvent.PageSql, StoredEvent.Read, StoredEvent.PageAfter(last), ct) is { Count: > 0 } page)
            {
                foreach (var stored in page)
                {
                    if (!replays.TryGetValue(stored.StreamId, out var replay))
                    {
                        replays[stored.StreamId] = replay = TypeOf(stored.StreamType).Replay();
                    }

                    if (replay.Apply(stored.Type, stored.Data) is { } entry)
                    {
                        unit.Queue(TimelineSql.Insert(entry, stored.Id));
                        count++;
                    }
                }

                last = page[^1].Sequence;
                await unit.FlushAsync(ct);
            }

            await WebhookCursors.ReturnToAsync(unit, waiting, ct);
            return count;
        },
        cancellationToken);

    /// <summary>The stream's row is locked first: an append comes wholly before the replay or wholly after it.</summary>
    private Task<bool> StreamAsync(Guid id, IStreamType type, CancellationToken cancellationToken) => transactions.RunAsync(
        async (unit, ct) =>
        {
            var version = await unit.QueryAsync(
                "select version from events.mt_streams where id = @id and not is_archived for update",
                reader => reader.GetInt64(0),
                [Param.Uuid("id", id)],
                ct);
            if (version.Count == 0)
            {
                return false;
            }

            var replay = type.Replay();
            var events = await unit.QueryAsync(
                "select type, data from events.mt_events where stream_id = @id order by version",
                reader => (Type: reader.GetString(0), Data: reader.GetFieldValue<byte[]>(1)),
                [Param.Uuid("id", id)],
                ct);
            foreach (var (alias, data) in events)
            {
                replay.Apply(alias, data);
            }

            foreach (var statement in replay.Replace(id, version[0], unit.Now))
            {
                unit.Queue(statement);
            }

            return true;
        },
        cancellationToken);

    private Task<List<(Guid Id, string Alias)>> PageAfterAsync(Guid last, CancellationToken cancellationToken) => dataSource.QueryAsync(
        "select id, type from events.mt_streams where id > @last and not is_archived order by id limit @limit",
        reader => (reader.GetGuid(0), reader.GetString(1)),
        [Param.Uuid("last", last), Param.Int("limit", PageSize)],
        cancellationToken);

    private IStreamType TypeOf(string alias) => _types.TryGetValue(alias, out var type)
        ? type
        : throw new InvalidOperationException($"Stream type {alias} is not known to this version; a newer version wrote it.");
}
