using System.Text.RegularExpressions;

namespace Companion.Foundation.Kernel;

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
