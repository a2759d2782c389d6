using Companion.Foundation.Kernel;

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
