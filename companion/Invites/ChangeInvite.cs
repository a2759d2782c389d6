using Companion.Contacts;
using Companion.Decisions;
using Companion.Directory;
using Companion.EventStore;
using Companion.Hosting;
using Microsoft.Extensions.Options;

namespace Companion.Invites;

/// <summary>What inviters, and moderators in their place, do with an invite that was issued: send it again, or take it back.</summary>
internal sealed class ChangeInvite(
    Transactions transactions, InviterDirectory directory, RepeatableRequests repeatable, IOptions<InvitePolicy> policy)
{
    /// <summary>Makes a new link, kills the old one, and has it delivered. Starts the invite's time anew.</summary>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read; nothing was changed.</exception>
    public async Task<Outcome<ChangedInvite>> ResendAsync(
        InviteId invite, Caller caller, AccountId inviter, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var enabled = await directory.FindAsync(inviter, cancellationToken) is { Enabled: true };
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
                var facts = usage.ToFacts(enabled, ownContact: false, InviteRights.None);
                return InviteDecider.Decide(state, new ResendInvite(caller.Account, facts, policy.Value), unit.Now);
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
        cancellationToken);

    private Task<Outcome<ChangedInvite>> RunAsync(
        string verb,
        InviteId invite,
        Caller caller,
        string? idempotencyKey,
        Func<UnitOfWork, Invite, Contact?, CancellationToken, Task<Decision<InviteEvent>>> decide,
        CancellationToken cancellationToken) => transactions.RunAsync(
        (unit, ct) => repeatable.OnceAsync(
            unit,
            $"{verb}:{caller.Account}",
            idempotencyKey,
            invite,
            InviteApiJson.Default.InviteId,
            InviteApiJson.Default.ChangedInvite,
            () => DecideAsync(unit, invite, caller, decide, ct),
            ct),
        cancellationToken);

    private static async Task<Outcome<ChangedInvite>> DecideAsync(
        UnitOfWork unit,
        InviteId invite,
        Caller caller,
        Func<UnitOfWork, Invite, Contact?, CancellationToken, Task<Decision<InviteEvent>>> decide,
        CancellationToken cancellationToken)
    {
        var stream = await unit.LoadAsync(InviteStream.Type, invite.Value, cancellationToken);
        if (stream.Version == 0 || stream.State.Inviter != caller.Account && !caller.IsModerator)
        {
            return Problems.NotFound;
        }

        var contact = await ContactTable.FindAsync(unit, stream.State.ContactId, cancellationToken);
        var decision = await decide(unit, stream.State, contact, cancellationToken);
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        unit.Append(InviteStream.Type, stream, decision.Events);
        return new ChangedInvite(invite);
    }
}

/// <summary>What is kept of the answer to a repeatable change: no address.</summary>
internal sealed record ChangedInvite(InviteId Id);
