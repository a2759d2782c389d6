namespace Companion.Oversight.Moderation;

/// <summary>People as redeemed invites tell of them.</summary>
internal static class KnownPeople
{
    private const string Columns = "select p.account, p.inviter, p.joined_at, n.status, p.brought, p.below";

    private const string Status = "left join companion.onboarding_details n on n.invite_id = p.invite_id and n.kind = 'newcomer'";

    private const string Order = "order by p.below desc, p.account limit @limit";

    private const string After = $"p.below <= @below and (p.below < @below or p.account > @account) {Order}";

    /// <returns>Whom this account brought in, or without one those whom nobody did; who has the most below comes first.</returns>
    public static Task<List<KnownPerson>> BroughtAsync(
        NpgsqlDataSource dataSource, AccountId? by, PeopleCursor after, int limit, CancellationToken cancellationToken) => dataSource.QueryAsync(
        $"{Columns} from companion.person p {Status} where p.inviter {(by is null ? "is null" : "= @by")} and {After}",
        Read,
        [
            Param.Text("by", by?.Value), Param.Int("below", after.Below), Param.Text("account", after.Account.Value), Param.Int("limit", limit),
        ],
        cancellationToken);

    /// <returns>Whom these brought in; who has the most below comes first.</returns>
    public static Task<List<KnownPerson>> BroughtAsync(
        NpgsqlDataSource dataSource, IEnumerable<KnownPerson> by, int limit, CancellationToken cancellationToken) => dataSource.QueryAsync(
        $"""
        {Columns}
        from (
          select p.account, p.inviter, p.invite_id, p.joined_at, p.brought, p.below
          from unnest(@by::text[]) as inviter (account)
          cross join lateral (
            select p.account, p.inviter, p.invite_id, p.joined_at, p.brought, p.below
            from companion.person p where p.inviter = inviter.account {Order}) p
          {Order}) p
        {Status}
        {Order}
        """,
        Read,
        [Accounts("by", by.Where(person => person.Brought > 0).Select(person => person.Account)), Param.Int("limit", limit)],
        cancellationToken);

    /// <returns>Each of these, in their order.</returns>
    public static async Task<IReadOnlyList<KnownPerson>> OfAsync(
        NpgsqlDataSource dataSource, IReadOnlyCollection<AccountId> accounts, CancellationToken cancellationToken)
    {
        var known = await dataSource.QueryAsync(
            $"{Columns} from companion.person p {Status} where p.account = any (@accounts)", Read, [Accounts("accounts", accounts)], cancellationToken);
        return [.. accounts.Select(account => known.Find(person => person.Account == account) ?? new KnownPerson(account, null, null, null, 0, 0))];
    }

    /// <returns>This one and all below, by whichever of their invites.</returns>
    public static Task<List<AccountId>> FromAsync(NpgsqlDataSource dataSource, AccountId root, CancellationToken cancellationToken) => dataSource.QueryAsync(
        """
        with recursive people (account) as (
          select @root
          union
          select below.account
          from people cross join lateral (
            select d.account from companion.invite_details d where d.inviter = people.account and d.status = 'redeemed' offset 0) below)
        select account from people
        """,
        reader => new AccountId(reader.GetString(0)),
        [Param.Text("root", root.Value)],
        cancellationToken);

    /// <summary>Has invited somebody, or came by an invite.</summary>
    public static async Task<bool> ContainsAsync(NpgsqlDataSource dataSource, AccountId account, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            "select exists (select from companion.invite_details where inviter = @account or account = @account)",
            reader => reader.GetBoolean(0),
            [Param.Text("account", account.Value)],
            cancellationToken))[0];

    private static Param Accounts(string name, IEnumerable<AccountId> accounts) => Param.Texts(name, [.. accounts.Select(account => account.Value)]);

    private static KnownPerson Read(NpgsqlDataReader reader) => new(
        new AccountId(reader.GetString(0)),
        reader.NullableText(1) is { } inviter ? new AccountId(inviter) : null,
        reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
        reader.NullableText(3),
        reader.GetInt32(4),
        reader.GetInt32(5));
}

/// <param name="Inviter">By whose invite; null for somebody whom nobody invited.</param>
/// <param name="Status">Of the onboarding; null where there was none.</param>
/// <param name="Brought">Whom the person brought in.</param>
/// <param name="Below">Those, and all whom they brought in, at any depth.</param>
internal sealed record KnownPerson(AccountId Account, AccountId? Inviter, DateTimeOffset? JoinedAt, string? Status, int Brought, int Below);
