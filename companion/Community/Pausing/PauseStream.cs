using Companion.Community.Timeline;
using Companion.Foundation.Outbox;

namespace Companion.Community.Pausing;

/// <summary>How the pause is stored.</summary>
internal static class PauseStream
{
    public static AggregateType<Pause, PauseEvent> Type { get; } = new(Pause.Initial, Pause.Evolve, PauseJson.Default)
    {
        Tell = TimelineSql.Telling<Pause, PauseEvent>(Describe),
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
        new(TimelineKind.AdminEvent, JsonNamingPolicy.SnakeCaseLower.ConvertName(@event.GetType().Name), at, by, null, null, null);
}

/// <summary>Stored shapes of the pause stream: member names as they are.</summary>
[JsonSerializable(typeof(Pause))]
[JsonSerializable(typeof(InvitingPaused))]
[JsonSerializable(typeof(InvitingResumed))]
internal sealed partial class PauseJson : JsonSerializerContext;

/// <summary>The background jobs of a pause that is over; each row's stream is the invite's.</summary>
internal static class PauseOutbox
{
    /// <summary>Tell the invitee who wished it that registration is open again.</summary>
    public static OutboxKind<ReopenedDue> Reopened { get; } = new("invite_reopened", PauseOutboxJson.Default.ReopenedDue);
}

/// <param name="By">The moderator who let it go on.</param>
internal sealed record ReopenedDue(InviteId InviteId, AccountId By);

[JsonSerializable(typeof(ReopenedDue))]
internal sealed partial class PauseOutboxJson : JsonSerializerContext;
