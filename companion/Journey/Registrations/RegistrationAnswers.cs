using Companion.Foundation.Kernel;

namespace Companion.Journey.Registrations;

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

/// <summary>How a newcomer's case stands.</summary>
/// <param name="Since">Null while the case is not there.</param>
/// <param name="Question">Of a moderator, to be answered.</param>
/// <param name="Added">How often the newcomer has added something.</param>
/// <param name="MayAdd">Whether a text would be taken now.</param>
/// <param name="Refusal">Why the text was not kept; null when it was, or none came.</param>
internal sealed record WaitingAnswer(
    DateTimeOffset? Since, long? UsualWaitSeconds, string? Question, int Added, bool MayAdd, WaitingRefusal? Refusal)
{
    public override string ToString() => nameof(WaitingAnswer);
}

/// <param name="Argument">What the reason is about, e.g. how many characters are too many.</param>
internal sealed record WaitingRefusal(string Code, string? Argument);

/// <summary>What became of a newcomer's text.</summary>
internal sealed record WaitingOutcome(WaitingRefusal? Refusal);

/// <summary>Heard; there is nothing to say.</summary>
internal sealed record HeardAnswer;
