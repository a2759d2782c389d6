using Companion.Directory;

namespace Companion.Invites;

/// <summary>POST /api/v1/invites.</summary>
/// <param name="Invites">1 to 100 rows.</param>
/// <param name="Message">For rows without one of their own.</param>
/// <param name="Language">For rows without one of their own: en or de.</param>
internal sealed record IssueInvitesRequest(IReadOnlyList<InviteRow?>? Invites = null, string? Message = null, string? Language = null)
{
    public const int MaxRows = 100;

    public const int MaxBytes = 256 * 1024;
}

/// <param name="Contact">The address to invite.</param>
/// <param name="Rooms">Room ids from the invite options.</param>
internal sealed record InviteRow(
    string? Contact = null,
    IReadOnlyList<Membership?>? Memberships = null,
    IReadOnlyList<string?>? Rooms = null,
    string? Message = null,
    string? Language = null);

/// <param name="Invites">One per row, in their order.</param>
internal sealed record IssueInvitesAnswer(IReadOnlyList<InviteRowAnswer> Invites);

/// <param name="Row">From 1.</param>
/// <param name="Outcome">issued or refused.</param>
/// <param name="Code">Why it was refused; pages translate by it.</param>
/// <param name="Message">The same as a sentence.</param>
/// <param name="Field">The row's field at fault.</param>
internal sealed record InviteRowAnswer(
    int Row, string Outcome, InviteId? Id, DateTimeOffset? ExpiresAt, string? Code, string? Message, string? Field);
