using Companion.Contacts;
using Companion.Directory;
using Companion.Invites;

namespace Companion.Tests.Invites;

/// <summary>Commands that the decider accepts as they are; a test changes in them what it is about.</summary>
internal static class SampleInvites
{
    public static readonly InvitePolicy Policy = new();

    /// <summary>Nothing stands against an invite into nowhere.</summary>
    public static readonly InviteFacts Facts = new(
        InviterEnabled: true,
        OwnContact: false,
        ContactHasOpenInvite: false,
        OpenInvites: 0,
        IssuedLastDay: 0,
        RecipientLastDay: 0,
        RecipientEver: 0,
        InviteRights.None);

    public static IssueInvite Issue(Guid id, string inviter = "alice") => new(
        new InviteId(id), new AccountId(inviter), new ContactId(Guid.CreateVersion7()), [], [], "en", Facts, Policy);

    public static ClaimInvite Claim(AccountId account, string key = "key", int generation = 1, bool inviterEnabled = true) =>
        new(generation, key, account, TimeSpan.FromMinutes(5), inviterEnabled);
}
