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

    public static void Updated(AdminCall call, Account account)
    {
        switch (account.Approval)
        {
            case "pending" when !account.IsHeld:
            case "approved" when account.IsHeld:
                Approve(call, account);
                break;
            case "denied" when account.Enabled:
                account.Deny();
                Tell(call, account, "denied");
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
