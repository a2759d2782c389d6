using System.ComponentModel.DataAnnotations;

namespace Companion.Journey.Registrations;

/// <summary>Configuration section Registrations.</summary>
[OptionsValidator]
internal sealed partial class RegistrationOptions : IValidateOptions<RegistrationOptions>
{
    public const string SectionName = "Registrations";

    /// <summary>How long a claim holds an invite when neither a registration nor a release is heard of. Longer than the identity provider's transactions.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What the registration form asks, as far as answers choose rooms. The form itself is the identity provider's.</summary>
    public List<RegistrationQuestion> Questions { get; set; } = [];

    /// <summary>From a claim to the first look at whether its account is there.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", MinimumIsExclusive = true)]
    public TimeSpan FirstLook { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest pause between two looks.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);
}

internal sealed class RegistrationQuestion
{
    /// <summary>The question's name at the identity provider, e.g. interests.</summary>
    public string Name { get; set; } = "";

    public List<AnswerRoom> Rooms { get; set; } = [];
}

/// <summary>Who gives this answer comes into this room, too.</summary>
internal sealed class AnswerRoom
{
    public string Answer { get; set; } = "";

    public string RoomId { get; set; } = "";
}

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
