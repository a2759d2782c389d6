using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>The registration flow in the order of its executions: gate, bind, user, password, redeem.</summary>
internal static class Registration
{
    private const string Collision = "Unexpected error when handling authentication request to identity provider.";

    private static readonly Dictionary<string, Complaint> Nothing = [];

    /// <summary>Asks the companion, unless this tab was let in already, and shows the form or why there is none.</summary>
    public static async Task<IResult> ShowAsync(Call call, LoginTab tab)
    {
        if (tab.Invitation is null && await RefuseAtGateAsync(call, tab) is { } refusal)
        {
            return call.Provider.Pages.Refused(call, tab, refusal);
        }

        return call.Provider.Pages.Register(call, tab, FormCollection.Empty, Nothing);
    }

    public static async Task<IResult> SubmitAsync(Call call, LoginTab tab)
    {
        if (tab.Invitation is not { } invitation)
        {
            return call.Provider.Pages.Refused(call, tab, Refusal.Missing);
        }

        if (call.Form.Count == 0)
        {
            return new SeeOther(LoginActions.AddressOf(call, tab, "registration"));
        }

        var form = new RegistrationForm(call.Form, invitation.Address);
        lock (call.Realm.Lock)
        {
            call.Realm.Accounts.Free(invitation.Address);
            if (form.Check(call.Realm) is { Count: > 0 } complaints)
            {
                return call.Provider.Pages.Register(call, tab, call.Form, complaints);
            }
        }

        using var uncommitted = await call.Realm.Accounts.HoldAsync(form.Username, call.Aborted);
        lock (call.Realm.Lock)
        {
            if (call.Realm.Accounts.HasUsername(form.Username))
            {
                throw call.Page(400, Collision);
            }
        }

        return await RedeemAsync(call, tab, form.ToAccount(call.Realm, call.Now));
    }

    private static async Task<Refusal?> RefuseAtGateAsync(Call call, LoginTab tab)
    {
        if (tab.Request.Handle is not { } handle)
        {
            return Refusal.Missing;
        }

        switch (await call.Provider.Companion.InspectAsync(CompanionMessage.Inspect(call.Realm.Name, handle)))
        {
            case Decision<Invitation>.Accepted { Value: var invitation }:
                tab.Invitation = invitation;
                return null;
            case Decision<Invitation>.Refused { Refusal: var refusal }:
                return refusal;
            default:
                return Refusal.Unavailable;
        }
    }

    /// <summary>Claims the invite for the account that is not committed yet; every way out but one leaves no account.</summary>
    private static async Task<IResult> RedeemAsync(Call call, LoginTab tab, Account account)
    {
        var (companion, pages) = (call.Provider.Companion, call.Provider.Pages);
        var claim = CompanionMessage.Claim(tab, call.Realm, account);
        var decision = await companion.ClaimAsync(claim);
        if (decision is not Decision<Grant>.Accepted { Value: var grant })
        {
            var refusal = ((Decision<Grant>.Refused)decision).Refusal;
            if (refusal == Refusal.Unavailable)
            {
                companion.Tell(claim.Release());
            }

            return pages.Refused(call, tab, refusal);
        }

        IResult end;
        lock (call.Realm.Lock)
        {
            end = Commit(call, tab, account, grant);
        }

        companion.Tell(tab.Account == account ? claim.Registered(grant.InviteId) : claim.Release());
        return end;
    }

    private static IResult Commit(Call call, LoginTab tab, Account account, Grant grant)
    {
        if (Obstacle(call.Realm, account, grant) is { } refusal)
        {
            return call.Provider.Pages.Refused(call, tab, refusal);
        }

        if (LoginFlow.OtherUser(call, tab, account) is { } other)
        {
            return call.Provider.Pages.Error(call.Realm, tab.Language, 400, other);
        }

        Membership.GrantAll(call.Realm, account, grant.Memberships);
        if (grant.ApprovalRequired)
        {
            account.Hold(call.Realm.Sessions);
        }

        account.EmailVerified = grant.AddressVerified;
        if (!grant.AddressVerified)
        {
            account.RequiredActions.Add(RequiredAction.VerifyEmail);
        }

        account.Set(Account.InviteMark, grant.InviteId);
        call.Realm.Accounts.Add(account);
        tab.Account = account;
        return LoginFlow.GoOn(call, tab, account);
    }

    private static Refusal? Obstacle(Realm realm, Account account, Grant grant)
    {
        if (realm.Accounts.HasEmail(account.Email!))
        {
            return Refusal.Unavailable; // the database notices an address later than a user name, and the provider gives up
        }

        if (grant.ApprovalRequired && !realm.EnabledActions.Contains(RequiredAction.Approval))
        {
            return Refusal.NoApproval;
        }

        if (!grant.AddressVerified && !realm.EnabledActions.Contains(RequiredAction.VerifyEmail))
        {
            return Refusal.Unavailable;
        }

        try
        {
            Membership.Resolve(realm, grant.Memberships);
            return null;
        }
        catch (RefusedException)
        {
            return Refusal.Unavailable;
        }
    }
}
