using Companion.Foundation.Web;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>What the identity provider asks and tells; see docs/identity-provider.md. None prints what it carries.</summary>
internal abstract record RegistrationMessage(string Type, string Realm)
{
    private const int LongestHandle = 256;

    private const int LongestAccountId = 255;

    private const int ClaimKeyLength = 43;

    /// <summary>Every member has a shape that the rules can work with.</summary>
    public abstract bool IsWellFormed { get; }

    public sealed override string ToString() => GetType().Name;

    protected static bool IsHandle(string value) => value.Length is > 0 and <= LongestHandle;

    protected static bool IsAccount(AccountId value) =>
        value.Value is { Length: > 0 and <= LongestAccountId } text && text.All(c => c is > ' ' and < '\x7f');

    protected static bool IsClaimKey(string value) =>
        value.Length == ClaimKeyLength && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}

internal sealed record InspectMessage(string Type, string Realm, string Handle) : RegistrationMessage(Type, Realm)
{
    public override bool IsWellFormed => IsHandle(Handle);
}

/// <param name="Answers">To the community's questions, by the question's name; null where none was asked.</param>
internal sealed record ClaimMessage(
    string Type,
    string Realm,
    string Handle,
    string ClaimKey,
    AccountId AccountId,
    string Address,
    string DisplayName,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Answers = null)
    : RegistrationMessage(Type, Realm)
{
    private const int LongestAddress = 254;

    private const int LongestName = 512;

    public override bool IsWellFormed =>
        IsHandle(Handle) && IsClaimKey(ClaimKey) && IsAccount(AccountId)
        && Address.Length is > 0 and <= LongestAddress && DisplayName.Length <= LongestName;
}

internal sealed record ReleaseMessage(string Type, string Realm, string Handle, string ClaimKey, AccountId AccountId)
    : RegistrationMessage(Type, Realm)
{
    public override bool IsWellFormed => IsHandle(Handle) && IsClaimKey(ClaimKey) && IsAccount(AccountId);
}

/// <summary>A newcomer looks at the waiting page.</summary>
/// <param name="Text">What the newcomer wrote there; null for nothing.</param>
internal sealed record WaitingMessage(string Type, string Realm, InviteId InviteId, AccountId AccountId, string? Text = null)
    : RegistrationMessage(Type, Realm)
{
    public override bool IsWellFormed => IsAccount(AccountId);
}

/// <summary>registered, approved or denied. A hint: what holds is read from the identity provider.</summary>
/// <param name="By">Who decided there, for the timeline; null where nobody did or it is not known.</param>
internal sealed record FactMessage(
    string Type,
    string Realm,
    InviteId InviteId,
    AccountId AccountId,
    string? ClaimKey = null,
    string? DisplayName = null,
    AccountId? By = null)
    : RegistrationMessage(Type, Realm)
{
    public override bool IsWellFormed => IsAccount(AccountId) && (By is not { } by || IsAccount(by));
}

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

/// <summary>Answers as they go over the wire.</summary>
internal sealed class Answers(IOptions<CommunityOptions> community)
{
    private readonly string _landingUrl = $"{community.Value.PublicUrl}/i";

    public static byte[] Heard { get; } = JsonSerializer.SerializeToUtf8Bytes(new HeardAnswer(), RegistrationJson.Strict.HeardAnswer);

    public static byte[] Of(ClaimAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, RegistrationJson.Strict.ClaimAnswer);

    public static byte[] Of(WaitingAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, RegistrationJson.Strict.WaitingAnswer);

    public static byte[] Of(WaitingOutcome outcome) => JsonSerializer.SerializeToUtf8Bytes(outcome, RegistrationJson.Strict.WaitingOutcome);

    public byte[] Of(Invite invite, string address, string? inviterName) => JsonSerializer.SerializeToUtf8Bytes(
        new InspectAnswer(new InviteId(invite.Id), address, inviterName, community.Value.Name, invite.Language, invite.ExpiresAt),
        RegistrationJson.Strict.InspectAnswer);

    public byte[] Refuse(Refusal refusal) =>
        JsonSerializer.SerializeToUtf8Bytes(new RefusedAnswer(refusal.Code, _landingUrl), RegistrationJson.Strict.RefusedAnswer);
}

/// <summary>Shapes on the wire and payloads of this feature's jobs.</summary>
[JsonSerializable(typeof(InspectMessage))]
[JsonSerializable(typeof(ClaimMessage))]
[JsonSerializable(typeof(ReleaseMessage))]
[JsonSerializable(typeof(FactMessage))]
[JsonSerializable(typeof(WaitingMessage))]
[JsonSerializable(typeof(InspectAnswer))]
[JsonSerializable(typeof(ClaimAnswer))]
[JsonSerializable(typeof(RefusedAnswer))]
[JsonSerializable(typeof(HeardAnswer))]
[JsonSerializable(typeof(WaitingAnswer))]
[JsonSerializable(typeof(WaitingOutcome))]
[JsonSerializable(typeof(AccountLook))]
[JsonSerializable(typeof(ClaimLook))]
internal sealed partial class RegistrationJson : JsonSerializerContext
{
    public static RegistrationJson Strict { get; } = new(StrictOptions(JsonUnmappedMemberHandling.Disallow));

    /// <summary>What the identity provider sends: a later version of it may say more than this one knows.</summary>
    public static RegistrationJson Messages { get; } = new(StrictOptions(JsonUnmappedMemberHandling.Skip));

    private static JsonSerializerOptions StrictOptions(JsonUnmappedMemberHandling unknown)
    {
        var options = new JsonSerializerOptions();
        StrictJson.Apply(options);
        options.UnmappedMemberHandling = unknown;
        return options;
    }
}
