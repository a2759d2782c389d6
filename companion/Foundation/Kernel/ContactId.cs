namespace Companion.Foundation.Kernel;

/// <summary>The erasable record of one invited address. Events carry only this.</summary>
[JsonConverter(typeof(GuidIdConverter<ContactId>))]
public readonly record struct ContactId(Guid Value) : IGuidId<ContactId>
{
    public static ContactId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
