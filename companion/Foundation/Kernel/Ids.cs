using System.Text.RegularExpressions;

namespace Companion.Foundation.Kernel;

/// <summary>An id over a version 7 UUID with a type of its own.</summary>
public interface IGuidId<TSelf>
    where TSelf : struct, IGuidId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

/// <summary>An id that another system made, kept as it came.</summary>
public interface ITextId<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

public sealed class GuidIdConverter<TId> : JsonConverter<TId>
    where TId : struct, IGuidId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

public sealed class TextIdConverter<TId> : JsonConverter<TId>
    where TId : struct, ITextId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>An account at the identity provider, by that provider's own id (Keycloak: the user id, equal to the token's sub).</summary>
[JsonConverter(typeof(TextIdConverter<AccountId>))]
public readonly record struct AccountId(string Value) : ITextId<AccountId>
{
    public static AccountId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>One decision that people have to make; also the id of its event stream. Derived from the invite, which has at most one of each subject.</summary>
[JsonConverter(typeof(GuidIdConverter<ApprovalId>))]
public readonly record struct ApprovalId(Guid Value) : IGuidId<ApprovalId>
{
    public static ApprovalId From(Guid value) => new(value);

    public static ApprovalId Of(InviteId invite, ApprovalSubject subject) =>
        new(DeterministicId.From(invite.Value, "approval", (int)subject));

    public override string ToString() => Value.ToString();
}

/// <summary>The erasable record of one invited address. Events carry only this.</summary>
[JsonConverter(typeof(GuidIdConverter<ContactId>))]
public readonly record struct ContactId(Guid Value) : IGuidId<ContactId>
{
    public static ContactId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>One invite; also the id of its event stream.</summary>
[JsonConverter(typeof(GuidIdConverter<InviteId>))]
public readonly record struct InviteId(Guid Value) : IGuidId<InviteId>
{
    public static InviteId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What is kept here about one account; also the id of its event stream. Derived from the account, so an account has one.</summary>
[JsonConverter(typeof(GuidIdConverter<MemberId>))]
public readonly record struct MemberId(Guid Value) : IGuidId<MemberId>
{
    public static MemberId From(Guid value) => new(value);

    public static MemberId Of(AccountId account) => new(DeterministicId.From("member", account.Value));

    public override string ToString() => Value.ToString();
}

/// <summary>One onboarding; also the id of its event stream. Derived from the invite, so an invite has at most one.</summary>
[JsonConverter(typeof(GuidIdConverter<OnboardingId>))]
public readonly record struct OnboardingId(Guid Value) : IGuidId<OnboardingId>
{
    public static OnboardingId From(Guid value) => new(value);

    public static OnboardingId Of(InviteId invite) => new(DeterministicId.From(invite.Value, "onboarding"));

    public override string ToString() => Value.ToString();
}

/// <summary>One picture; another picture of the same person has another id.</summary>
[JsonConverter(typeof(GuidIdConverter<PictureId>))]
public readonly record struct PictureId(Guid Value) : IGuidId<PictureId>
{
    public static PictureId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A Matrix room id, e.g. !abc:example.org or, from room version 12, without a domain.</summary>
[JsonConverter(typeof(TextIdConverter<RoomId>))]
public readonly record struct RoomId(string Value) : ITextId<RoomId>
{
    public static RoomId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A Matrix account, e.g. @anna:example.org.</summary>
[JsonConverter(typeof(TextIdConverter<MatrixUserId>))]
internal readonly partial record struct MatrixUserId(string Value) : ITextId<MatrixUserId>
{
    private const int MaxLength = 255;

    /// <summary>The name or address of the server, with its port.</summary>
    public string Server => Value[(Value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static MatrixUserId From(string value) => new(value);

    /// <summary>Takes what a person may have typed: historical names with any visible ASCII character are still in use.</summary>
    /// <returns>Null for what no Matrix id can be (Matrix specification, appendix "User identifiers").</returns>
    public static MatrixUserId? Parse(string? text) =>
        text is { Length: <= MaxLength } && Shape().IsMatch(text) ? new MatrixUserId(text) : null;

    public override string ToString() => Value;

    [GeneratedRegex(@"^@[!-9;-~]+:(?:[A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\z")]
    private static partial Regex Shape();
}
