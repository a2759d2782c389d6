namespace Companion.Foundation.Kernel;

/// <summary>One invite; also the id of its event stream.</summary>
[JsonConverter(typeof(GuidIdConverter<InviteId>))]
public readonly record struct InviteId(Guid Value) : IGuidId<InviteId>
{
    public static InviteId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
