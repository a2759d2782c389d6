namespace Companion.Journey.Invites;

/// <summary>POST /api/v1/invites, and /dry-run.</summary>
/// <param name="Invites">1 to 1000 rows, which name at most 50 different organisations.</param>
/// <param name="Message">For rows without one of their own.</param>
/// <param name="Language">For rows without one of their own: en or de.</param>
/// <param name="Vouched">The inviter says to know these people; nothing is sent otherwise.</param>
/// <param name="Note">For the moderators.</param>
/// <param name="RemindMe">Whether the inviter hears before an invite runs out; null for what the settings say. For rows without one of their own.</param>
/// <param name="Remind">Whether the invitee hears before it runs out, once. For rows without one of their own.</param>
internal sealed record IssueInvitesRequest(
    IReadOnlyList<InviteRow?>? Invites = null,
    string? Message = null,
    string? Language = null,
    bool Vouched = false,
    string? Note = null,
    bool? RemindMe = null,
    bool Remind = false)
{
    public const int MaxRows = 1000;

    /// <summary>Different ones in all rows together: each that the inviter could use costs a question to the identity provider.</summary>
    public const int MaxOrganizations = 50;
}

/// <param name="Contact">The address to invite.</param>
/// <param name="Memberships">Organisations by alias or name, with a group; or groups of the community alone.</param>
/// <param name="Rooms">Room ids from the invite options.</param>
/// <param name="RemindMe">Whether the inviter hears before it runs out.</param>
/// <param name="Remind">Whether the invitee hears before it runs out, once.</param>
internal sealed record InviteRow(
    string? Contact = null,
    IReadOnlyList<Membership?>? Memberships = null,
    IReadOnlyList<string?>? Rooms = null,
    string? Message = null,
    string? Language = null,
    bool? RemindMe = null,
    bool? Remind = null);

/// <param name="Invites">One per row, in their order.</param>
internal sealed record IssueInvitesAnswer(IReadOnlyList<InviteRowAnswer> Invites);

/// <param name="Row">From 1.</param>
/// <param name="Outcome">issued or refused.</param>
/// <param name="Code">Why it was refused; pages translate by it.</param>
/// <param name="Message">The same as a sentence.</param>
/// <param name="Field">The row's field at fault: contact, organization, group, memberships, rooms, message or language.</param>
/// <param name="Argument">What the sentence is about.</param>
/// <param name="AwaitingApproval">Nothing is sent before people have approved it.</param>
internal sealed record InviteRowAnswer(
    int Row,
    string Outcome,
    InviteId? Id,
    DateTimeOffset? ExpiresAt,
    string? Code,
    string? Message,
    string? Field,
    string? Argument,
    bool AwaitingApproval = false)
{
    public static InviteRowAnswer Issued(int row, InviteId id, DateTimeOffset expiresAt, bool awaitingApproval) =>
        new(row, "issued", id, expiresAt, null, null, null, null, awaitingApproval);

    public static InviteRowAnswer Refused(int row, Refusal refusal) =>
        new(row, "refused", null, null, refusal.Code, refusal.Message, refusal.Field, refusal.Argument);
}
