using Companion.Directory;
using Companion.Invites;

namespace Companion.Registrations;

/// <summary>May open the registration form.</summary>
internal sealed record InspectAnswer(
    InviteId InviteId, string Address, string? InviterName, string CommunityName, string Language, DateTimeOffset ExpiresAt)
{
    public string Decision { get; } = "accept";

    public override string ToString() => nameof(InspectAnswer);
}

/// <summary>May be registered.</summary>
internal sealed record ClaimAnswer(
    InviteId InviteId, bool ApprovalRequired, bool AddressVerified, IReadOnlyList<Membership> Memberships, int LeaseSeconds)
{
    public string Decision { get; } = "accept";
}

/// <param name="LandingUrl">Where the person can go on from.</param>
internal sealed record RefusedAnswer(string Code, string LandingUrl)
{
    public string Decision { get; } = "refuse";
}

/// <summary>Heard; there is nothing to say.</summary>
internal sealed record HeardAnswer;
