using Companion.Journey.Invites;

namespace Companion.Journey.Landing;

/// <summary>What the holder of a link can do with it now.</summary>
internal enum LandingState
{
    Unknown,
    Good,
    InUse,
    Used,
    Member,
    Expired,
    Replaced,
    Revoked,
    Declined,
    Gone,
    Waiting,
    Denied,
    Paused,
}

/// <summary>An invite as its link's holder sees it.</summary>
/// <param name="Reference">Null for a link that was never made.</param>
/// <param name="Inviter">Null where the name is not known now or not fit to be shown.</param>
/// <param name="Contact">Masked; null when it was erased.</param>
/// <param name="Paused">What moderators wrote about the pause; null where they wrote nothing.</param>
/// <param name="IsWished">The invitee will be told when it goes on.</param>
internal sealed record LandingView(
    LandingState State, InviteReference? Reference, Invite Invite, string? Inviter, string? Contact, string? Paused = null, bool IsWished = false)
{
    public static LandingView Unknown { get; } = new(LandingState.Unknown, null, Invite.Initial, null, null);
}

internal static class LandingStates
{
    public static LandingState Of(Invite invite, int generation, InviteStanding standing, DateTimeOffset now) =>
        InviteDecider.Obstacle(invite, generation, now) switch
        {
            null when invite.MatchedAccount is not null => LandingState.Member,
            null => standing.IsInviterGone(invite) ? LandingState.Gone : standing.Paused is not null ? LandingState.Paused : LandingState.Good,
            var refusal when refusal == InviteRefusals.Redeemed => LandingState.Used,
            var refusal when refusal == InviteRefusals.Revoked => LandingState.Revoked,
            var refusal when refusal == InviteRefusals.Declined => LandingState.Declined,
            var refusal when refusal == InviteRefusals.Expired => LandingState.Expired,
            var refusal when refusal == InviteRefusals.InUse => LandingState.InUse,
            var refusal when refusal == InviteRefusals.Waiting => LandingState.Waiting,
            var refusal when refusal == InviteRefusals.Denied => LandingState.Denied,
            _ => LandingState.Replaced,
        };
}
