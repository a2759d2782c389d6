using Companion.Community.Directory;

namespace Companion.Adapters.Matrix;

/// <summary>Brings one person into one room: reads, repairs the bot's standing if need be, acts at most once, reads again.</summary>
internal sealed class RoomEntry(
    MatrixClient client, SynapseAdminClient admin, RoomReaders readers, InvitePace pace, IOptions<MatrixOptions> options)
{
    private MatrixUserId Bot => new(options.Value.BotUserId);

    /// <exception cref="MatrixException"/>
    public async Task<RoomAnswer> EnterAsync(
        ChatAccount person, RoomSponsor sponsor, RoomId room, OnboardingKind kind, CancellationToken cancellationToken)
    {
        var (facts, reader) = await ReadAsync(person, sponsor, room, cancellationToken);
        var verdict = RoomRules.Judge(facts);
        if (verdict is RoomVerdict.Park { Code: "bot_not_in_room" or "bot_lacks_power" } && await RepairAsync(facts, reader, cancellationToken))
        {
            var (entered, wasIn) = (facts.Room, facts.BotIsIn);
            (facts, reader) = await ReadAsync(person, sponsor, room, cancellationToken);
            if (facts.Upgrade == RoomUpgrade.Unproven && !wasIn && reader.BotIsIn(entered))
            {
                // Any room can be named as the next one; only from within is it seen that this one is not.
                await client.LeaveAsync(entered, cancellationToken);
            }

            verdict = RoomRules.Judge(facts);
        }

        var mayJoin = kind == OnboardingKind.Newcomer && reader.HasAdmin && options.Value.IsLocal(person.Id);
        if (verdict is RoomVerdict.Act && (mayJoin || facts.Person != Presence.Invited))
        {
            var refused = await ActAsync(facts, person.Id, mayJoin, cancellationToken);
            (facts, _) = await ReadAsync(person, sponsor, room, cancellationToken);
            verdict = RoomRules.JudgeAfter(facts, mayJoin);
            if (verdict is RoomVerdict.Act && refused is not null)
            {
                throw refused;
            }
        }

        return Answer(verdict, facts, room);
    }

    private async Task<(RoomFacts Facts, RoomReader Reader)> ReadAsync(
        ChatAccount person, RoomSponsor sponsor, RoomId room, CancellationToken cancellationToken)
    {
        var reader = await readers.OpenAsync(cancellationToken);
        var chain = await reader.FollowAsync(room, cancellationToken);
        var botIsIn = reader.BotIsIn(chain.Last);
        var inviterIsIn = sponsor switch
        {
            { IsNeeded: false } => null,
            { Account: { } account } => await IsInAsync(reader, chain, account, cancellationToken),
            _ => false,
        };
        return (new RoomFacts(
            chain.Last,
            chain.Upgrade,
            chain.Rooms.Any(link => options.Value.ManagedRooms.Any(managed => managed.Id == link)),
            chain.Exists,
            botIsIn,
            botIsIn && await reader.MayInviteAsync(chain.Last, Bot, cancellationToken),
            inviterIsIn,
            person.Flag,
            await reader.PresenceAsync(chain, person.Id, cancellationToken) ?? Presence.None), reader);
    }

    private static async Task<bool?> IsInAsync(RoomReader reader, RoomChain chain, MatrixUserId inviter, CancellationToken cancellationToken) =>
        await reader.PresenceAsync(chain, inviter, cancellationToken) is { } presence ? presence == Presence.Joined : null;

    /// <returns>True when something was done about it.</returns>
    private async Task<bool> RepairAsync(RoomFacts facts, RoomReader reader, CancellationToken cancellationToken)
    {
        if (!facts.BotIsIn && await TryAsync(() => client.JoinAsync(facts.Room, cancellationToken)))
        {
            return true;
        }

        if (!reader.HasAdmin || !options.Value.RepairRooms || !await TryAsync(() => admin.MakeRoomAdminAsync(facts.Room, Bot, cancellationToken)))
        {
            return false;
        }

        return facts.BotIsIn || await TryAsync(() => client.JoinAsync(facts.Room, cancellationToken));
    }

    /// <returns>The server's refusal, to be judged by what is read next.</returns>
    private async Task<MatrixException?> ActAsync(RoomFacts facts, MatrixUserId person, bool mayJoin, CancellationToken cancellationToken)
    {
        try
        {
            if (mayJoin)
            {
                await admin.JoinAsync(facts.Room, person, cancellationToken);
            }
            else
            {
                await InviteToSpaceAsync(person, facts.Room, cancellationToken);
                await InviteAsync(facts.Room, person, cancellationToken);
            }

            return null;
        }
        catch (MatrixException exception) when (!exception.IsLimit && !exception.IsCredentialProblem)
        {
            return exception;
        }
    }

    private async Task InviteToSpaceAsync(MatrixUserId person, RoomId room, CancellationToken cancellationToken)
    {
        if (options.Value.SpaceRoomId is not { Length: > 0 } space || space == room.Value)
        {
            return;
        }

        var reader = await readers.OpenAsync(cancellationToken);
        var chain = await reader.FollowAsync(new RoomId(space), cancellationToken);
        if (reader.BotIsIn(chain.Last)
            && await reader.MayInviteAsync(chain.Last, Bot, cancellationToken)
            && await reader.PresenceAsync(chain, person, cancellationToken) == Presence.None)
        {
            await InviteAsync(chain.Last, person, cancellationToken);
        }
    }

    private async Task InviteAsync(RoomId room, MatrixUserId person, CancellationToken cancellationToken)
    {
        await pace.TakeAsync(person, cancellationToken);
        await client.InviteAsync(room, person, cancellationToken);
    }

    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (MatrixException exception) when (exception.Status is 400 or 403 or 404)
        {
            return false;
        }
    }

    private static RoomAnswer Answer(RoomVerdict verdict, RoomFacts facts, RoomId room) => verdict switch
    {
        RoomVerdict.Settle settled => new RoomAnswer(
            settled.Status,
            settled.Code,
            facts.Room != room && settled.Status is (RoomStatus.Joined or RoomStatus.Invited) ? facts.Room : null),
        RoomVerdict.Park parked => new RoomAnswer(RoomStatus.Parked, parked.Code),
        _ when facts.Person == Presence.Invited => new RoomAnswer(RoomStatus.Invited, Into: facts.Room == room ? null : facts.Room),
        // The server said yes and the state does not show it yet: another server of the federation is slow.
        _ => throw new MatrixException("not_visible_yet", 0),
    };
}

/// <summary>Who must be in a room for somebody to be brought into it.</summary>
/// <param name="Account">Null for an inviter whose chat account is not known.</param>
internal sealed record RoomSponsor(bool IsNeeded, MatrixUserId? Account)
{
    public static RoomSponsor Nobody { get; } = new(false, null);
}
