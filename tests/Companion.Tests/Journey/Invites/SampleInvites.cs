using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;

namespace Companion.Tests.Journey.Invites;

/// <summary>Commands that the decider accepts as they are; a test changes in them what it is about.</summary>
internal static class SampleInvites
{
    public static readonly InvitePolicy Policy = new();

    /// <summary>Nothing stands against an invite into nowhere.</summary>
    public static readonly InviteFacts Facts = new(
        OwnContact: false,
        ContactHasOpenInvite: false,
        OpenInvites: 0,
        IssuedLastDay: 0,
        RecipientLastDay: 0,
        RecipientEver: 0,
        Rights(),
        new HashSet<string>());

    public static IssueInvite Issue(Guid id, string inviter = "alice") => new(
        new InviteId(id), new AccountId(inviter), new ContactId(Guid.CreateVersion7()), [], [], "en", Facts, Policy);

    public static ClaimInvite Claim(AccountId account, string key = "key", int generation = 1, InviteRights? rights = null) =>
        new(generation, key, account, TimeSpan.FromMinutes(5), rights ?? Rights(), []);

    /// <summary>Of somebody who may invite into what is named, and nowhere else.</summary>
    public static InviteRights Rights(
        InviterKind kind = InviterKind.Member, Membership[]? memberships = null, RoomId[]? rooms = null) => new(
        kind,
        (memberships ?? [])
            .Where(membership => membership.Organization is not null)
            .GroupBy(membership => membership.Organization!)
            .ToDictionary(group => group.Key, IReadOnlySet<string> (group) => group.Select(membership => membership.Group!).ToHashSet()),
        (memberships ?? []).Where(membership => membership.Organization is null).Select(membership => membership.Group!).ToHashSet(),
        (rooms ?? []).ToHashSet());
}
