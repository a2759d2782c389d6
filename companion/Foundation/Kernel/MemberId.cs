namespace Companion.Foundation.Kernel;

/// <summary>What is kept here about one account; also the id of its event stream. Derived from the account, so an account has one.</summary>
[JsonConverter(typeof(GuidIdConverter<MemberId>))]
public readonly record struct MemberId(Guid Value) : IGuidId<MemberId>
{
    public static MemberId From(Guid value) => new(value);

    public static MemberId Of(AccountId account) => new(DeterministicId.From("member", account.Value));

    public override string ToString() => Value.ToString();
}
