using System.Globalization;
using Companion.Decisions;

namespace Companion.Invites;

/// <summary>Every reason an invite's decider refuses, with its stable code and its sentence.</summary>
public static class InviteRefusals
{
    public static Refusal Unknown { get; } = new("invite_unknown", "We don't know this invitation. Copy the link whole from the mail.");

    public static Refusal Expired { get; } = new("invite_expired", "This invitation has run out. Ask the person who invited you for a new link.");

    public static Refusal Revoked { get; } = new("invite_revoked", "This invitation was withdrawn.");

    public static Refusal Declined { get; } = new("invite_declined", "This invitation was declined.");

    public static Refusal Redeemed { get; } = new("invite_redeemed", "This invitation has already been used. If that was you, sign in.");

    public static Refusal InUse { get; } = new(
        "invite_in_use", "Someone is filling in this registration now. If that is you, go on there; otherwise try again in a few minutes.");

    public static Refusal InviterGone { get; } = new("inviter_gone", "The person who sent this invitation can't invite any more. Ask another member.");

    /// <summary>As <see cref="InviterGone"/>, in words for the inviter.</summary>
    public static Refusal CannotInvite { get; } = new("inviter_gone", "Your account can't invite now: it is disabled or gone. Ask a moderator.");

    public static Refusal OwnContact { get; } = new("contact_own", "That is your own address.", "contact");

    public static Refusal RecipientLimit { get; } = new("recipient_limit", "This person got an invitation recently.", "contact");

    public static Refusal ContactForgotten { get; } = new(
        "contact_forgotten", "The address of this invitation was deleted some time after its end. Send a new invitation.");

    public static Refusal RoomsUnavailable { get; } = new(
        "rooms_unavailable", "The chat server doesn't answer, so rooms can't be offered now. Try again in a moment or invite without rooms.", "rooms");

    public static Refusal OrganizationNotAllowed(string name) =>
        new("organisation_not_allowed", $"You can't invite into {name}; ask one of its admins.", "memberships");

    public static Refusal GroupNotAllowed(string name) =>
        new("group_not_allowed", $"You can't invite into {name}; ask one of its admins.", "memberships");

    public static Refusal RoomNotAllowed(string name) =>
        new("room_not_allowed", $"You can't invite into {name}; ask one of its admins.", "rooms");

    public static Refusal QuotaOpen(int open) => new(
        "quota_open",
        string.Create(CultureInfo.InvariantCulture, $"You have {open} open invitations; when one is accepted or ends you can send the next."));

    public static Refusal QuotaDay(int issued) => new(
        "quota_day",
        string.Create(CultureInfo.InvariantCulture, $"You sent {issued} invitations in the last 24 hours; tomorrow you can send the next."));
}
