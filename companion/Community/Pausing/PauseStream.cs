using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Community.Pausing;

/// <summary>How the pause is stored.</summary>
internal static class PauseStream
{
    public static AggregateType<Pause, PauseEvent> Type { get; } = new(
        Pause.Initial,
        Pause.Evolve,
        PauseJson.Default.Pause,
        [
            EventType.Of(PauseJson.Default.InvitingPaused),
            EventType.Of(PauseJson.Default.InvitingResumed),
        ])
    {
        Describe = Describe,
    };

    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static Task<Refusal?> ChangeAsync(UnitOfWork unit, PauseCommand command, CancellationToken cancellationToken) =>
        unit.ChangeAsync(Type, Pause.TheOne, state => PauseDecider.Decide(state, command, unit.Now), cancellationToken);

    private static TimelineEntry? Describe(Pause state, PauseEvent @event) => @event switch
    {
        InvitingPaused e => Entry(e, e.At, e.By),
        InvitingResumed e => Entry(e, e.At, e.By),
        _ => throw new InvalidOperationException($"Unknown pause event {@event.GetType().Name}."),
    };

    /// <summary>Who it was is for moderators only.</summary>
    private static TimelineEntry Entry(PauseEvent @event, DateTimeOffset at, AccountId by) =>
        new(TimelineKind.AdminEvent, EventType.SnakeCase(@event.GetType().Name), at, by, null, null, null);
}
