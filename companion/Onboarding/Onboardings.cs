using Companion.Database;
using Npgsql;

namespace Companion.Onboarding;

/// <summary>Reads of onboardings outside a unit of work.</summary>
internal sealed class Onboardings(NpgsqlDataSource dataSource)
{
    private static readonly string SnapshotTable = OnboardingStream.Type.SnapshotTable;

    public async Task<Onboarding> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            $"select data from {SnapshotTable} where id = @id", Read, [Param.Uuid("id", id)], cancellationToken);
        return rows.SingleOrDefault() ?? Onboarding.Initial;
    }

    /// <returns>Null when this account did not come by an invite.</returns>
    public async Task<Onboarding?> OfNewcomerAsync(string account, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            $"""
            select s.data from companion.onboarding_details d join {SnapshotTable} s on s.id = d.onboarding_id
            where d.account = @account and d.kind = 'newcomer'
            order by d.started_at desc
            limit 1
            """,
            Read,
            [Param.Text("account", account)],
            cancellationToken);
        return rows.SingleOrDefault();
    }

    private static Onboarding Read(NpgsqlDataReader reader) => OnboardingStream.Type.ReadState(reader.GetFieldValue<byte[]>(0));
}
