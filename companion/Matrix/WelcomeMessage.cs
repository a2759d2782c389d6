using Companion.Directory;
using Companion.Onboarding;
using Microsoft.Extensions.Options;

namespace Companion.Matrix;

/// <summary>The first direct message. A marker in the room's state finds a room again that a crash left behind; the transaction id keeps the text from being sent twice.</summary>
internal sealed class WelcomeMessage(MatrixClient client, IOptions<MatrixOptions> options)
{
    internal const string MarkerType = "org.companion.onboarding";

    /// <exception cref="MatrixException"/>
    public async Task SendAsync(MatrixUserId person, OnboardingId onboarding, string text, CancellationToken cancellationToken)
    {
        var direct = await client.DirectRoomsAsync(cancellationToken);
        var room = await FindAsync(person, onboarding, direct, cancellationToken)
            ?? await CreateAsync(person, onboarding, cancellationToken);
        if (await ReachesAsync(room, person, cancellationToken))
        {
            await client.SendTextAsync(room, $"welcome-{onboarding}", text, cancellationToken);
        }

        if (!Of(direct, person).Contains(room.Value))
        {
            direct[person.Value] = [.. Of(direct, person), room.Value];
            await client.KeepDirectRoomsAsync(direct, cancellationToken);
        }
    }

    /// <summary>Looks where the room can be: the person's direct rooms, and rooms that are neither managed nor kept as anybody's.</summary>
    private async Task<RoomId?> FindAsync(
        MatrixUserId person, OnboardingId onboarding, Dictionary<string, List<string>> direct, CancellationToken cancellationToken)
    {
        var others = direct.Where(entry => entry.Key != person.Value).SelectMany(entry => entry.Value)
            .Concat(options.Value.ManagedRooms.Select(managed => managed.RoomId))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var room in await client.JoinedRoomsAsync(cancellationToken))
        {
            if (!others.Contains(room.Value)
                && await client.StateAsync(room, MarkerType, onboarding.ToString(), cancellationToken) is not null)
            {
                return room;
            }
        }

        return null;
    }

    private Task<RoomId> CreateAsync(MatrixUserId person, OnboardingId onboarding, CancellationToken cancellationToken) =>
        client.CreateRoomAsync(
            new CreateRoomBody(
                "private_chat",
                true,
                [person],
                [new InitialState(MarkerType, onboarding.ToString(), new MarkerContent("welcome"))]),
            cancellationToken);

    /// <summary>A room whose invite failed is left behind without the person; one who has left it is not called back.</summary>
    private async Task<bool> ReachesAsync(RoomId room, MatrixUserId person, CancellationToken cancellationToken)
    {
        if (await client.StateAsync(room, "m.room.member", person.Value, cancellationToken) is not { } member)
        {
            await client.InviteAsync(room, person, cancellationToken);
            return true;
        }

        return member.Content.TryGetProperty("membership", out var membership) && membership.GetString() is "invite" or "join";
    }

    private static List<string> Of(Dictionary<string, List<string>> direct, MatrixUserId person) => direct.GetValueOrDefault(person.Value) ?? [];
}
