using System.Text.Json;
using Companion.Community.Approvals;
using Companion.Community.Pausing;
using Companion.Foundation.Outbox;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Companion.Journey.Members;
using Companion.Journey.Onboarding;
using Companion.Tests.Journey.Invites;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>The store as a use case sees it, on one database.</summary>
internal sealed class StoreScene(NpgsqlDataSource dataSource)
{
    public static IStreamType[] Types { get; } = [InviteStream.Type, OnboardingStream.Type, MemberStream.Type, ApprovalStream.Type, PauseStream.Type];

    public FakeClock Clock { get; } = new();

    public NpgsqlDataSource DataSource { get; } = dataSource;

    public IDocumentStore Store => field ??= MartenStore.Open(DataSource, Types);

    public Transactions Transactions => field ??= new Transactions(
        DataSource, Store, Clock, new OutboxSignal(), NullLogger<Transactions>.Instance);

    /// <summary>Decides and appends, as a use case does.</summary>
    public Task<Loaded<Invite>> DoAsync(Guid invite, InviteCommand command, Guid? commandId = null) => Transactions.RunAsync(
        commandId ?? Guid.CreateVersion7(),
        async (unit, ct) =>
        {
            var stream = await unit.LoadAsync(InviteStream.Type, invite, ct);
            var decision = InviteDecider.Decide(stream.State, command, unit.Now);
            return unit.Append(InviteStream.Type, stream, decision.Events);
        },
        TestContext.Current.CancellationToken);

    /// <summary>A new invite of this inviter.</summary>
    public async Task<Guid> IssueAsync(string inviter = "alice")
    {
        var id = Guid.CreateVersion7();
        await DoAsync(id, SampleInvites.Issue(id, inviter));
        return id;
    }

    /// <summary>The stream's events, read without the store.</summary>
    public Task<List<(Guid Id, long Version, string Type, byte[] Data)>> EventsAsync(Guid invite) => DataSource.QueryAsync(
        "select id, version, type, data from events.mt_events where stream_id = @id order by version",
        reader => (reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3)),
        [Param.Uuid("id", invite)],
        TestContext.Current.CancellationToken);

    /// <summary>The state that the events give, as stored JSON.</summary>
    public async Task<string> FoldAsync(Guid invite) => Write((await EventsAsync(invite)).Aggregate(
        Invite.Initial,
        (state, e) => Invite.Evolve(state, (InviteEvent)JsonSerializer.Deserialize(e.Data, InviteStream.Type.EventTypes[e.Type], InviteJson.Default)!)));

    /// <summary>The stored snapshot, as the store writes it.</summary>
    public async Task<string> SnapshotAsync(Guid invite)
    {
        var rows = await DataSource.QueryAsync(
            "select data from events.mt_doc_invite where id = @id",
            reader => reader.GetFieldValue<byte[]>(0),
            [Param.Uuid("id", invite)],
            TestContext.Current.CancellationToken);
        return Write(InviteStream.Type.ReadState(rows.Single()));
    }

    public async Task<T> ScalarAsync<T>(string sql, params Param[] parameters)
    {
        var rows = await DataSource.QueryAsync(sql, reader => reader.GetFieldValue<T>(0), parameters, TestContext.Current.CancellationToken);
        return rows.Single();
    }

    public Task<int> ExecuteAsync(string sql, params Param[] parameters) =>
        DataSource.ExecuteAsync(sql, parameters, TestContext.Current.CancellationToken);

    private static string Write(Invite state) => JsonSerializer.Serialize(state, InviteJson.Default.Invite);
}
