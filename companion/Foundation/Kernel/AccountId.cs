namespace Companion.Foundation.Kernel;

/// <summary>An account at the identity provider, by that provider's own id (Keycloak: the user id, equal to the token's sub).</summary>
[JsonConverter(typeof(TextIdConverter<AccountId>))]
public readonly record struct AccountId(string Value) : ITextId<AccountId>
{
    public static AccountId From(string value) => new(value);

    public override string ToString() => Value;
}
