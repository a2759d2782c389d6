namespace StandIns.IdentityProvider;

/// <summary>Takes what an administrator does to a newcomer by Keycloak's own means as a decision, and tells the companion.</summary>
internal static class InviteEvents
{
    public static void AddedToGroup(AdminCall call, Account account, Group group)
    {
        if (account.Approval == "pending" && Realm.Covers(call.Realm.ApprovingGroups, group.Path))
        {
            Approve(call, account);
        }
    }

    public static void Updated(AdminCall call, Account account, AccountState before)
    {
        if (before.InviteId is { } invite && account.InviteId is null)
        {
            account.Set(Account.InviteMark, invite);
        }

        switch (AccountState.Meaning(before, AccountState.Of(account)))
        {
            case "approve":
                Approve(call, account);
                break;
            case "deny":
                account.Deny(call.Realm.Sessions);
                Tell(call, account, "denied");
                break;
            case "hold":
                account.Hold(call.Realm.Sessions);
                break;
        }
    }

    public static void Deleted(AdminCall call, Account account)
    {
        if (account.Approval == "pending")
        {
            Tell(call, account, "denied");
        }
    }

    private static void Approve(AdminCall call, Account account)
    {
        account.Approve();
        Tell(call, account, "approved");
    }

    /// <summary>An account that came without an invite is none of the companion's business.</summary>
    private static void Tell(AdminCall call, Account account, string decision)
    {
        if (account.InviteId is not null)
        {
            call.Call.Provider.Companion.Tell(CompanionMessage.Decided(decision, call.Realm.Name, account, call.Caller));
        }
    }
}

/// <summary>What an edit can change of an approval.</summary>
/// <param name="Mark">What the attribute says; null for nothing.</param>
/// <param name="IsHeld">Whether the required action stands.</param>
internal sealed record AccountState(string? Mark, bool IsHeld, bool Enabled, string? InviteId)
{
    private string? Approval => Mark is null && IsHeld ? "pending" : Mark;

    public static AccountState Of(Account account) => new(account.Mark, account.IsHeld, account.Enabled, account.InviteId);

    /// <returns>approve, deny, hold, or null for nothing.</returns>
    public static string? Meaning(AccountState before, AccountState after) => (before.Approval, after.Mark) switch
    {
        ("denied", "denied") => !after.IsHeld || after.Enabled ? "deny" : null,
        (_, "denied") or ("denied", null) => "deny",
        ("approved", "approved") => after.IsHeld && !before.IsHeld ? "hold" : null,
        (_, "approved") => "approve",
        ("pending", "pending") => before.IsHeld && !after.IsHeld ? "approve" : null,
        (_, "pending") => "hold",
        ("pending", null) => !after.IsHeld ? "approve" : before.Mark is null ? null : "deny",
        _ => after.IsHeld ? "hold" : null,
    };
}
