namespace Companion.Decisions;

/// <summary>What a decider answers: events to append (none when nothing changes) or a refusal.</summary>
public abstract record Decision<TEvent>
{
    private Decision()
    {
    }

    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    public sealed record Refused(Refusal Refusal) : Decision<TEvent>;

    public static Decision<TEvent> Accept(params IReadOnlyList<TEvent> events) => new Accepted(events);

    public static Decision<TEvent> Refuse(Refusal refusal) => new Refused(refusal);

    /// <summary>The answer for a command that already holds: success without an event.</summary>
    public static Decision<TEvent> Nothing { get; } = new Accepted([]);
}
