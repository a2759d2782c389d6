namespace StandIns.IdentityProvider;

/// <summary>The accounts of a realm, and the names of those that are not committed yet.</summary>
internal sealed class Accounts
{
    private readonly Dictionary<string, Account> _all = new(StringComparer.Ordinal);

    private readonly Dictionary<string, TaskCompletionSource> _held = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Account> People => _all.Values.Where(account => account.ServiceAccountOf is null);

    public void Add(Account account) => _all.Add(account.Id, account);

    public bool Remove(Account account) => _all.Remove(account.Id);

    public Account? Find(string id) => _all.GetValueOrDefault(id);

    public Account? ServiceAccountOf(string clientId) => _all.Values.FirstOrDefault(account => account.ServiceAccountOf == clientId);

    public Account? FindByLogin(string name) =>
        People.FirstOrDefault(account => Same(account.Username, name)) ?? People.FirstOrDefault(account => Same(account.Email, name));

    public bool HasUsername(string username, Account? besides = null) => People.Any(account => account != besides && Same(account.Username, username));

    /// <summary>Whoever has an address without ever having proved it gives it to its owner.</summary>
    public void Free(string email)
    {
        foreach (var holder in People.Where(account => Same(account.Email, email) && !account.EmailVerified && account.Approval != "denied"))
        {
            holder.Email = null;
        }
    }

    public bool HasEmail(string email, Account? besides = null) => People.Any(account => account != besides && Same(account.Email, email));

    /// <summary>As in a database: who wants the same user name waits until the other transaction has ended.</summary>
    public async Task<IDisposable> HoldAsync(string username, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task end;
            lock (_held)
            {
                if (!_held.TryGetValue(username, out var holder))
                {
                    var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _held.Add(username, mine);
                    return new Release(() => Free(username, mine));
                }

                end = holder.Task;
            }

            await end.WaitAsync(cancellationToken);
        }
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase) && one is { Length: > 0 };

    private void Free(string username, TaskCompletionSource holder)
    {
        lock (_held)
        {
            _held.Remove(username);
        }

        holder.SetResult();
    }

    private sealed class Release(Action free) : IDisposable
    {
        public void Dispose() => free();
    }
}
