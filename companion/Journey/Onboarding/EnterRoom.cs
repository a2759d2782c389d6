using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>Brings one person into one room. A room that is in the way is parked and looked at again; the person's other rooms go on.</summary>
internal sealed class EnterRoom(Onboardings onboardings, IIdentityProvider identityProvider, IChatServer chatServer, TimeProvider clock)
    : OutboxHandler<OnboardingRoomDue>(OnboardingOutbox.Room)
{
    /// <summary>A homeserver is one process: more at a time only makes each slower.</summary>
    public override int MaxParallel => 2;

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<OnboardingRoomDue> message, CancellationToken cancellationToken)
    {
        var state = await onboardings.GetAsync(message.StreamId, cancellationToken);
        if (state.Status != OnboardingStatus.Running
            || state.Room(message.Payload.Room) is not { IsSettled: false } room
            || room.Generation != message.Payload.Generation)
        {
            return OutboxResult.Finished;
        }

        OutboxEffect Park(string code) => OnboardingStep.Record(state.Id, Outcome(message, new RoomAnswer(RoomStatus.Parked, code)));
        return await OnboardingStep.TryAsync(
            clock.GetUtcNow() - message.CreatedAt,
            Park,
            async () => await EnsureAsync(state, message, cancellationToken) switch
            {
                null => OnboardingStep.AccountGone(state.Id),
                { Status: RoomStatus.Parked, Code: { } code } => OnboardingStep.Park(code, Park(code)),
                { } answer => OnboardingStep.Done(state.Id, Outcome(message, answer)),
            });
    }

    protected override Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<OnboardingRoomDue> message, string code, CancellationToken cancellationToken) =>
        OnboardingStream.ChangeAsync(
            unit, new OnboardingId(message.StreamId), Outcome(message, new RoomAnswer(RoomStatus.Parked, code)), cancellationToken);

    /// <returns>Null when there is nobody to bring in.</returns>
    private async Task<RoomAnswer?> EnsureAsync(Onboarding state, OutboxMessage<OnboardingRoomDue> message, CancellationToken cancellationToken)
    {
        if (await identityProvider.FindAsync(state.Account, cancellationToken) is not { } person)
        {
            return null;
        }

        if (!person.Enabled)
        {
            return new RoomAnswer(RoomStatus.Parked, "account_disabled");
        }

        var room = message.Payload.Room;
        if (state.Room(room) is { IsDefault: true })
        {
            return await chatServer.EnterRoomAsync(person, inviter: null, room, state.Kind, cancellationToken);
        }

        // Rights count now, not when the invite was sent: who has left brings nobody in.
        return await identityProvider.FindAsync(state.Inviter, cancellationToken) is { Enabled: true } inviter
            ? await chatServer.EnterRoomAsync(person, inviter, room, state.Kind, cancellationToken)
            : new RoomAnswer(RoomStatus.Skipped, "inviter_gone");
    }

    private static RecordRoom Outcome(OutboxMessage<OnboardingRoomDue> message, RoomAnswer answer) =>
        new(message.Payload.Room, message.Payload.Generation, answer.Status, answer.Code, answer.Into);
}
