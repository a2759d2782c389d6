namespace Companion.Foundation.Kernel;

/// <summary>Why something was not done, in words for the person who asked.</summary>
/// <param name="Code">Stable, snake case; pages translate by it.</param>
/// <param name="Message">One English sentence that says what to do. Never holds an address or a secret.</param>
/// <param name="Field">The request's field at fault, in its wire spelling; null when it is about the whole.</param>
/// <param name="Argument">What the sentence is about, a name or a number, for whoever translates it.</param>
public sealed record Refusal(string Code, string Message, string? Field = null, string? Argument = null);
