using Companion.Foundation.Kernel;

namespace Companion.Journey.Registrations;

/// <summary>Which rooms a newcomer's answers choose, as the operator said. Pure.</summary>
internal static class ChosenRooms
{
    public static IReadOnlyList<RoomId> Of(
        IReadOnlyDictionary<string, IReadOnlyList<string>> answers, IReadOnlyList<RegistrationQuestion> questions) =>
    [
        .. questions
            .SelectMany(question => question.Rooms.Where(room =>
                answers.TryGetValue(question.Name, out var given) && given.Contains(room.Answer, StringComparer.Ordinal)))
            .Select(room => new RoomId(room.RoomId))
            .Distinct(),
    ];
}
