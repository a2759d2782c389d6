using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Pausing;
using Companion.Foundation.Web;

namespace Companion.Journey.Invites;

/// <summary>What inviters, and moderators in their place, do with an invite that was issued: send it again, let it run longer, take a link or take it back.</summary>
internal sealed class ChangeInvite(
    Transactions transactions,
    NpgsqlDataSource dataSource,
    InviteStandings standings,
    RepeatableRequests repeatable,
    IOptions<InvitePolicy> policy,
    IOptions<CommunityOptions> community)
{
    /// <summary>Makes a new link, kills the old one, and has it delivered. Starts the invite's time anew.</summary>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read; nothing was changed.</exception>
    public async Task<Outcome<ChangedInvite>> ResendAsync(
        InviteId invite, Caller caller, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var rights = await RightsAsync(invite, cancellationToken);
        return await RunAsync(
            "resend",
            invite,
            caller,
            idempotencyKey,
            async (unit, state, contact, ct) =>
            {
                if (state.IsResendable && contact is null)
                {
                    return Decision<InviteEvent>.Refuse(InviteRefusals.ContactForgotten);
                }

                var usage = await InviteUsage.ReadAsync(unit, state, ct);
                return InviteDecider.Decide(
                    state, new ResendInvite(caller.Account, usage.ToFacts(rights), policy.Value), unit.Now);
            },
            cancellationToken);
    }

    /// <summary>Lets the link that is out live longer.</summary>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read; nothing was changed.</exception>
    public async Task<Outcome<ChangedInvite>> ExtendAsync(
        InviteId invite, Caller caller, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var rights = await RightsAsync(invite, cancellationToken);
        return await RunAsync(
            "extend",
            invite,
            caller,
            idempotencyKey,
            (unit, state, _, _) => Task.FromResult(
                InviteDecider.Decide(state, new ExtendInvite(caller.Account, rights, policy.Value), unit.Now)),
            cancellationToken);
    }

    /// <summary>Hands out a further link. It is in this answer and nowhere else, so a repetition gets another one.</summary>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read; nothing was changed.</exception>
    public async Task<Outcome<TakenLink>> TakeLinkAsync(InviteId invite, Caller caller, CancellationToken cancellationToken)
    {
        var rights = await RightsAsync(invite, cancellationToken);
        var token = InviteToken.Create();
        return await transactions.RunAsync<Outcome<TakenLink>>(
            async (unit, ct) =>
            {
                var (taken, refusal) = await DecideAsync(
                    unit,
                    invite,
                    caller,
                    (_, state, _, _) => Task.FromResult(
                        InviteDecider.Decide(state, new TakeLink(caller.Account, rights, policy.Value), unit.Now)),
                    ct);
                if (taken is null)
                {
                    return refusal!;
                }

                InviteTokens.Add(unit, token, invite, taken.Generation);
                return new TakenLink(token.LinkAt(community.Value.PublicUrl), taken.ExpiresAt);
            },
            cancellationToken);
    }

    /// <summary>Ends the invite; its link says that it was withdrawn.</summary>
    public Task<Outcome<ChangedInvite>> RevokeAsync(
        InviteId invite, Caller caller, string? idempotencyKey, CancellationToken cancellationToken) => RunAsync(
        "revoke",
        invite,
        caller,
        idempotencyKey,
        (unit, state, _, _) => Task.FromResult(InviteDecider.Decide(state, new RevokeInvite(caller.Account), unit.Now)),
        cancellationToken,
        whilePaused: true);

    private async Task<InviteRights> RightsAsync(InviteId invite, CancellationToken cancellationToken)
    {
        var state = await dataSource.ReadAsync(InviteStream.Type, invite.Value, cancellationToken);
        return state.Status == InviteStatus.None
            ? InviteRights.None
            : (await standings.ReadAsync(state, cancellationToken)).Rights;
    }

    private Task<Outcome<ChangedInvite>> RunAsync(
        string verb,
        InviteId invite,
        Caller caller,
        string? idempotencyKey,
        Func<UnitOfWork, Invite, Contact?, CancellationToken, Task<Decision<InviteEvent>>> decide,
        CancellationToken cancellationToken,
        bool whilePaused = false) => transactions.RunAsync(
        (unit, ct) => repeatable.OnceAsync(
            unit,
            $"{verb}:{caller.Account}",
            idempotencyKey,
            invite,
            InviteApiJson.Default.InviteId,
            InviteApiJson.Default.ChangedInvite,
            async () => await DecideAsync(unit, invite, caller, decide, ct, whilePaused) is { Refusal: { } refusal } ? refusal : new ChangedInvite(invite),
            ct),
        cancellationToken);

    /// <returns>The invite as it is then.</returns>
    private static async Task<Outcome<Invite>> DecideAsync(
        UnitOfWork unit,
        InviteId invite,
        Caller caller,
        Func<UnitOfWork, Invite, Contact?, CancellationToken, Task<Decision<InviteEvent>>> decide,
        CancellationToken cancellationToken,
        bool whilePaused = false)
    {
        var stream = await unit.LoadAsync(InviteStream.Type, invite.Value, cancellationToken);
        if (stream.Version == 0 || stream.State.Inviter != caller.Account && !caller.IsModerator)
        {
            return Problems.NotFound;
        }

        if (!whilePaused && await PauseTable.ObstacleAsync(unit, cancellationToken) is { } paused)
        {
            return paused;
        }

        var contact = await ContactTable.FindAsync(unit, stream.State.ContactId, cancellationToken);
        var decision = await decide(unit, stream.State, contact, cancellationToken);
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        return unit.Append(InviteStream.Type, stream, decision.Events).State;
    }
}

/// <summary>What is kept of the answer to a repeatable change: no address.</summary>
internal sealed record ChangedInvite(InviteId Id);

/// <summary>A link that whoever gets it can register by. Shown once.</summary>
internal sealed record TakenLink(string Url, DateTimeOffset ExpiresAt)
{
    public override string ToString() => "***";
}
