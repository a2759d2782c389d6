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
