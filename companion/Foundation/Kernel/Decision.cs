namespace Companion.Foundation.Kernel;

/// <summary>What a decider answers: events to append (none when nothing changes), or a refusal and no events.</summary>
public sealed record Decision<TEvent>
{
    private Decision(IReadOnlyList<TEvent> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    public IReadOnlyList<TEvent> Events { get; }

    /// <summary>Null when the command was accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The answer for a command that already holds: success without an event.</summary>
    public static Decision<TEvent> Nothing { get; } = new([], null);

    public static Decision<TEvent> Accept(params IReadOnlyList<TEvent> events) => new(events, null);

    public static Decision<TEvent> Refuse(Refusal refusal) => new([], refusal);
}

/// <summary>What a use case answers: a value, or why it was not done.</summary>
internal readonly record struct Outcome<T>
    where T : class
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    public void Deconstruct(out T? value, out Refusal? refusal) => (value, refusal) = (Value, Refusal);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>Why something was not done, in words for the person who asked.</summary>
/// <param name="Code">Stable, snake case; pages translate by it.</param>
/// <param name="Message">One English sentence that says what to do. Never holds an address or a secret.</param>
/// <param name="Field">The request's field at fault, in its wire spelling; null when it is about the whole.</param>
/// <param name="Argument">What the sentence is about, a name or a number, for whoever translates it.</param>
public sealed record Refusal(string Code, string Message, string? Field = null, string? Argument = null);
