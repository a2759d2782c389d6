namespace Companion.Community.Inviters;

/// <summary>Table companion.freeze_reason: what moderators left for each other when they froze somebody's inviting.</summary>
internal static class FreezeReasons
{
    /// <param name="reason">Null for none, or none any more.</param>
    public static void Set(UnitOfWork unit, AccountId account, string? reason) => unit.Queue(reason is null
        ? new Statement("delete from companion.freeze_reason where account = @account", [Param.Text("account", account.Value)])
        : new Statement(
            """
            insert into companion.freeze_reason (account, reason) values (@account, @reason)
            on conflict (account) do update set reason = excluded.reason
            """,
            [Param.Text("account", account.Value), Param.Text("reason", reason)]));

    public static async Task<IReadOnlyDictionary<AccountId, string>> OfAsync(
        NpgsqlDataSource dataSource, IEnumerable<AccountId> accounts, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            "select account, reason from companion.freeze_reason where account = any (@accounts)",
            reader => (Account: new AccountId(reader.GetString(0)), Reason: reader.GetString(1)),
            [Param.Texts("accounts", [.. accounts.Select(account => account.Value)])],
            cancellationToken)).ToDictionary(row => row.Account, row => row.Reason);
}
