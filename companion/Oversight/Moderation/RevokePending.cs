using Companion.Foundation.Web;
using Companion.Journey.Invites;

namespace Companion.Oversight.Moderation;

/// <summary>Takes back what one inviter has out, or all below too; a hundred at a time, so that nobody waits long for the database.</summary>
internal sealed class RevokePending(Transactions transactions, NpgsqlDataSource dataSource, RepeatableRequests repeatable)
{
    private const int AtOnce = 100;

    /// <summary>Stands for an answer that is not there yet: what was done stays done, and nothing is kept of it.</summary>
    private static readonly Refusal More = new("more", "There is more to revoke.");

    public async Task<RevokedAnswer> RunAsync(
        AccountId account, bool below, AccountId by, string? idempotencyKey, CancellationToken cancellationToken)
    {
        AccountId[] inviters = below ? [.. await KnownPeople.FromAsync(dataSource, account, cancellationToken)] : [account];
        for (var before = 0; ;)
        {
            var revoked = 0;
            var (answer, _) = await transactions.RunAsync(
                (unit, ct) => repeatable.OnceAsync(
                    unit,
                    $"revoke-pending:{by}",
                    idempotencyKey,
                    new PersonChange(account, below),
                    PeopleApiJson.Default.PersonChange,
                    PeopleApiJson.Default.RevokedAnswer,
                    async () =>
                    {
                        (revoked, var isAll) = await RevokeAsync(unit, inviters, by, ct);
                        return isAll ? new RevokedAnswer(before + revoked) : More;
                    },
                    ct),
                cancellationToken);
            if (answer is not null)
            {
                return answer;
            }

            before += revoked;
        }
    }

    private static async Task<(int Revoked, bool IsAll)> RevokeAsync(
        UnitOfWork unit, AccountId[] inviters, AccountId by, CancellationToken cancellationToken)
    {
        var open = await unit.QueryAsync(
            """
            select invite_id from companion.invite_details
            where inviter = any (@inviters) and is_open and status <> 'claimed'
            order by invite_id
            limit @limit
            """,
            reader => reader.GetGuid(0),
            [Param.Texts("inviters", [.. inviters.Select(inviter => inviter.Value)]), Param.Int("limit", AtOnce + 1)],
            cancellationToken);
        var revoked = 0;
        foreach (var id in open.Take(AtOnce))
        {
            var invite = await unit.LoadAsync(InviteStream.Type, id, cancellationToken);
            var decision = InviteDecider.Decide(invite.State, new RevokeInvite(by), unit.Now);
            unit.Append(InviteStream.Type, invite, decision.Events);
            revoked += decision.Events.Count;
        }

        return (revoked, open.Count <= AtOnce);
    }
}
