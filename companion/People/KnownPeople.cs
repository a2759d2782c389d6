using Companion.Database;
using Companion.Directory;
using Npgsql;

namespace Companion.People;

/// <summary>People as redeemed invites tell of them.</summary>
internal static class KnownPeople
{
    /// <param name="roots">From whom on; null for all whom nobody invited and who have invited somebody.</param>
    /// <returns>These and all below them, each at least once.</returns>
    public static Task<List<KnownPerson>> ReadAsync(
        NpgsqlDataSource dataSource, IReadOnlyCollection<AccountId>? roots, CancellationToken cancellationToken) => dataSource.QueryAsync(
        """
        with recursive people (account) as (
          (select account from unnest(@roots::text[]) as root (account)
           union
           select i.inviter from companion.invite_details i
           where @roots::text[] is null
             and not exists (select from companion.invite_details d where d.account = i.inviter and d.status = 'redeemed'))
          union
          select d.account from people join companion.invite_details d on d.inviter = people.account and d.status = 'redeemed')
        select people.account, d.inviter, d.ended_at, n.status
        from people
        left join companion.invite_details d on d.account = people.account and d.status = 'redeemed'
        left join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer'
        """,
        reader => new KnownPerson(
            new AccountId(reader.GetString(0)),
            reader.NullableText(1) is { } inviter ? new AccountId(inviter) : null,
            reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
            reader.NullableText(3)),
        [Param.Texts("roots", roots?.Select(root => root.Value).ToArray())],
        cancellationToken);

    /// <summary>Has invited somebody, or came by an invite.</summary>
    public static async Task<bool> ContainsAsync(NpgsqlDataSource dataSource, AccountId account, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            "select exists (select from companion.invite_details where inviter = @account or account = @account)",
            reader => reader.GetBoolean(0),
            [Param.Text("account", account.Value)],
            cancellationToken))[0];
}
