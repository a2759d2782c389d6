namespace Companion.Foundation.Kernel;

/// <summary>One picture; another picture of the same person has another id.</summary>
[JsonConverter(typeof(GuidIdConverter<PictureId>))]
public readonly record struct PictureId(Guid Value) : IGuidId<PictureId>
{
    public static PictureId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
