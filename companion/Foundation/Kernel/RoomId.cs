namespace Companion.Foundation.Kernel;

/// <summary>A Matrix room id, e.g. !abc:example.org or, from room version 12, without a domain.</summary>
[JsonConverter(typeof(TextIdConverter<RoomId>))]
public readonly record struct RoomId(string Value) : ITextId<RoomId>
{
    public static RoomId From(string value) => new(value);

    public override string ToString() => Value;
}
