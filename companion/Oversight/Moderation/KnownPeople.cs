namespace Companion.Oversight.Moderation;

/// <summary>People as redeemed invites tell of them.</summary>
internal static class KnownPeople
{
    /// <returns>Everybody who came by an invite or has sent one.</returns>
    public static Task<List<KnownPerson>> AllAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken) => dataSource.QueryAsync(
        """
        select d.account, d.inviter, d.ended_at, n.status
        from companion.invite_details d
        left join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer'
        where d.status = 'redeemed'
        union all
        select i.inviter, null, null, null
        from (select distinct inviter from companion.invite_details) i
        where not exists (select from companion.invite_details d where d.account = i.inviter and d.status = 'redeemed')
        """,
        Read,
        [],
        cancellationToken);

    /// <returns>These and all below them, each at least once.</returns>
    public static Task<List<KnownPerson>> FromAsync(
        NpgsqlDataSource dataSource, IEnumerable<AccountId> roots, CancellationToken cancellationToken) => dataSource.QueryAsync(
        """
        with recursive people (account) as (
          select account from unnest(@roots::text[]) as root (account)
          union
          select below.account
          from people cross join lateral (
            select d.account from companion.invite_details d where d.inviter = people.account and d.status = 'redeemed' offset 0) below)
        select people.account, d.inviter, d.ended_at, n.status
        from people
        left join companion.invite_details d on d.account = people.account and d.status = 'redeemed'
        left join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer'
        """,
        Read,
        [Param.Texts("roots", [.. roots.Select(root => root.Value)])],
        cancellationToken);

    /// <summary>Has invited somebody, or came by an invite.</summary>
    public static async Task<bool> ContainsAsync(NpgsqlDataSource dataSource, AccountId account, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            "select exists (select from companion.invite_details where inviter = @account or account = @account)",
            reader => reader.GetBoolean(0),
            [Param.Text("account", account.Value)],
            cancellationToken))[0];

    private static KnownPerson Read(NpgsqlDataReader reader) => new(
        new AccountId(reader.GetString(0)),
        reader.NullableText(1) is { } inviter ? new AccountId(inviter) : null,
        reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
        reader.NullableText(3));
}
