namespace Companion.Journey.Invites;

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

    public static Refusal Waiting { get; } = new("invite_waiting", "A moderator looks at this invitation first. A mail comes when that is done.");

    public static Refusal Denied { get; } = new("invite_denied", "This invitation was not approved.");

    public static Refusal NotApproved { get; } = new("invite_not_approved", "Nobody approved this invitation in time. Send a new one.");

    public static Refusal InviterGone { get; } = new("inviter_gone", "The person who sent this invitation can't invite any more. Ask another member.");

    /// <summary>As <see cref="InviterGone"/>, in words for the inviter.</summary>
    public static Refusal CannotInvite { get; } = new("inviter_gone", "Your account can't invite now: it is disabled or gone. Ask a moderator.");

    public static Refusal InvitingFrozen { get; } = new(
        "inviting_frozen", "A moderator has paused your invitations. You can go on when a moderator allows it again; ask one.");

    public static Refusal OwnContact { get; } = new("contact_own", "That is your own address.", "contact");

    public static Refusal RecipientLimit { get; } = new(
        "recipient_limit",
        "This person already has an invitation, or was sent as many as are allowed. Ask them to look for it, or ask a moderator.",
        "contact");

    public static Refusal ContactForgotten { get; } = new(
        "contact_forgotten", "The address of this invitation was deleted some time after its end. Send a new invitation.");

    public static Refusal RoomsUnavailable { get; } = new(
        "rooms_unavailable", "The chat server doesn't answer, so rooms can't be offered now. Try again in a moment or invite without rooms.", "rooms");

    public static Refusal LinkNotAllowed { get; } = new(
        "link_not_allowed", "Links can't be taken from here. Send the invitation again instead.");

    public static Refusal ExtensionLimit { get; } = new(
        "extension_limit", "This invitation can't run any longer. Send a new one when it has ended.");

    public static Refusal OrganizationNotAllowed(string name) => NotAllowed("organisation_not_allowed", name, "organization");

    public static Refusal GroupNotAllowed(string name) => NotAllowed("group_not_allowed", name, "group");

    public static Refusal RoomNotAllowed(string name) => NotAllowed("room_not_allowed", name, "rooms");

    public static Refusal AlreadyInOrganization(string name) =>
        new("already_in_organisation", $"This person is in {name} already.", "contact", name);

    public static Refusal QuotaOpen(int open)
    {
        var count = Number(open);
        return new("quota_open", $"You have {count} open invitations; when one is accepted or ends you can send the next.", Argument: count);
    }

    public static Refusal QuotaDay(int issued)
    {
        var count = Number(issued);
        return new("quota_day", $"You sent {count} invitations in the last 24 hours; tomorrow you can send the next.", Argument: count);
    }

    public static Refusal ContactDuplicate(int row)
    {
        var number = Number(row);
        return new("contact_duplicate", $"This address is in row {number} already.", "contact", number);
    }

    private static Refusal NotAllowed(string code, string name, string field) =>
        new(code, $"You can't invite into {name}; ask one of its admins.", field, name);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
