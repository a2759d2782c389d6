using Companion.Community.Contacts;
using Companion.Community.Directory;

namespace Companion.Oversight.Erasing;

/// <summary>
/// Erases what is kept of accounts that the identity provider no longer has, once they have been gone for Contacts:KeepAfterEnd:
/// an account that was missed by mistake comes back in that time.
/// </summary>
internal sealed class ForgetGoneAccounts(
    NpgsqlDataSource dataSource,
    Transactions transactions,
    IIdentityProvider identityProvider,
    IOptions<ContactOptions> options,
    TimeProvider clock,
    ILogger<ForgetGoneAccounts> logger) : PeriodicWorker(TimeSpan.FromDays(1), clock, logger)
{
    private const string Kept = ErasableData.KeptAccounts;

    /// <exception cref="IdentityProviderException">It can't be told who is gone.</exception>
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await dataSource.ExecuteAsync($"delete from companion.gone_account where account not in ({Kept})", [], cancellationToken);
        var kept = await dataSource.QueryAsync(Kept, reader => new AccountId(reader.GetString(0)), [], cancellationToken);
        var there = await identityProvider.NamesAsync(kept, cancellationToken);
        await dataSource.ExecuteAsync(
            "delete from companion.gone_account where account = any (@there)",
            [Param.Texts("there", [.. there.Keys.Select(account => account.Value)])],
            cancellationToken);
        foreach (var account in kept.Where(account => !there.ContainsKey(account)))
        {
            await LookAsync(account, cancellationToken);
        }
    }

    /// <summary>What is erased can't be brought back: an account that no list named is asked for by itself.</summary>
    private async Task LookAsync(AccountId account, CancellationToken cancellationToken)
    {
        var isThere = await identityProvider.FindAsync(account, cancellationToken) is not null;
        await transactions.RunAsync(
            async (unit, ct) =>
            {
                if (isThere || await IsGoneLongAsync(unit, account, ct))
                {
                    unit.Queue("delete from companion.gone_account where account = @account", Param.Text("account", account.Value));
                }

                return true;
            },
            cancellationToken);
    }

    /// <returns>True where it has been, and what was kept of it is erased now.</returns>
    private async Task<bool> IsGoneLongAsync(UnitOfWork unit, AccountId account, CancellationToken cancellationToken)
    {
        // Another replica may have erased it since it was listed.
        await unit.ExecuteAsync("lock table companion.gone_account in share row exclusive mode", [], cancellationToken);
        var seen = await unit.QueryAsync(
            $"""
            with before as (select seen_at from companion.gone_account where account = @account),
            now as (
              insert into companion.gone_account (account, seen_at)
              select @account, @now where @account in ({Kept})
              on conflict (account) do nothing)
            select seen_at from before
            """,
            reader => reader.GetFieldValue<DateTimeOffset>(0),
            [Param.Text("account", account.Value), Param.Time("now", unit.Now)],
            cancellationToken);
        if (seen is not [var since] || since + options.Value.KeepAfterEnd > unit.Now)
        {
            return false;
        }

        await ErasableData.ForgetAccountAsync(unit, account, cancellationToken);
        return true;
    }
}
