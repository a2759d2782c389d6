namespace Companion.Host.Doctor;

internal enum FindingKind
{
    Good,

    /// <summary>Works, but somebody should know or choose.</summary>
    Advice,

    /// <summary>Something does not work, or will not when it is needed.</summary>
    Problem,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Text">What was found and, where it isn't good, what to do. Holds no secret and no person's address.</param>
internal sealed record Finding(FindingKind Kind, string Text)
{
    public static Finding Good(string text) => new(FindingKind.Good, text);

    public static Finding Advice(string text) => new(FindingKind.Advice, text);

    public static Finding Problem(string text) => new(FindingKind.Problem, text);
}
