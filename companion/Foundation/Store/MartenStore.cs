using System.Text.Json.Serialization.Metadata;
using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Services;
using EnumStorage = Weasel.Core.EnumStorage;

namespace Companion.Foundation.Store;

/// <summary>How Marten keeps our streams; see docs/decisions/0017.</summary>
internal static class MartenStore
{
    public static DocumentStore Open(NpgsqlDataSource dataSource, IEnumerable<IStreamType> types) => new(Options(dataSource, [.. types]));

    private static StoreOptions Options(NpgsqlDataSource dataSource, IReadOnlyList<IStreamType> types)
    {
        // Our migrations make the tables. Marten itself would drop what it does not know on them.
        var options = new StoreOptions { AutoCreateSchemaObjects = AutoCreate.None, DatabaseSchemaName = "events" };
        options.Connection(dataSource);
        options.Serializer(Serializer(types));
        options.Events.StreamIdentity = StreamIdentity.AsGuid;
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        options.Events.MetadataConfig.CorrelationIdEnabled = true;
        options.Events.MetadataConfig.CausationIdEnabled = true;
        // A statement is never repeated inside a transaction that has failed: Transactions decides again in a new one.
        options.ConfigurePolly(_ => { });
        options.ConfigureWritePolly(_ => { });
        options.Listeners.Add(new LeaveNoTombstones());
        foreach (var type in types)
        {
            type.AddTo(options);
        }

        return options;
    }

    private static SystemTextJsonSerializer Serializer(IEnumerable<IStreamType> types)
    {
        var serializer = new SystemTextJsonSerializer { EnumStorage = EnumStorage.AsString };
        serializer.UseTypeInfoResolver(JsonTypeInfoResolver.Combine([.. types.Select(type => type.Json)]));
        return serializer;
    }

    /// <summary>
    /// After a failed append Marten fills the gap in the numbers with an event of its own, in a transaction of its own. Nobody follows
    /// these numbers here (docs/decisions/0002), and racing appends would each pay for it.
    /// </summary>
    private sealed class LeaveNoTombstones : DocumentSessionListenerBase
    {
        public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
        {
            session.PendingChanges.Streams().Clear();
            return Task.CompletedTask;
        }
    }
}
