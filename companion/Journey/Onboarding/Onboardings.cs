using Companion.Foundation.Store;
using Npgsql;

namespace Companion.Journey.Onboarding;

/// <summary>Reads of onboardings outside a unit of work.</summary>
internal sealed class Onboardings(NpgsqlDataSource dataSource)
{
    public Task<Onboarding> GetAsync(Guid id, CancellationToken cancellationToken) =>
        dataSource.ReadAsync(OnboardingStream.Type, id, cancellationToken);

    /// <returns>Null when this account did not come by an invite.</returns>
    public async Task<Onboarding?> OfNewcomerAsync(string account, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            """
            select s.data from companion.onboarding_details d join events.mt_doc_onboarding s on s.id = d.onboarding_id
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
