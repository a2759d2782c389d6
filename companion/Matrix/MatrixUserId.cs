using System.Text.Json.Serialization;
using Companion.EventStore;

namespace Companion.Matrix;

/// <summary>A Matrix account, e.g. @anna:example.org.</summary>
[JsonConverter(typeof(TextIdConverter<MatrixUserId>))]
internal readonly record struct MatrixUserId(string Value) : ITextId<MatrixUserId>
{
    public static MatrixUserId From(string value) => new(value);

    public override string ToString() => Value;
}
