using Companion.Journey.Registrations;

namespace Companion.Tests.Journey.Registrations;

public sealed class ChosenRoomsTests
{
    private static readonly RegistrationQuestion[] Questions =
    [
        new() { Name = "introduction" },
        new()
        {
            Name = "interests",
            Rooms =
            [
                new AnswerRoom { Answer = "boats", RoomId = "!boats:example.org" },
                new AnswerRoom { Answer = "sailing", RoomId = "!boats:example.org" },
                new AnswerRoom { Answer = "knots", RoomId = "!knots:example.org" },
            ],
        },
    ];

    [Theory]
    [InlineData("interests", "boats", "!boats:example.org")]
    [InlineData("interests", "boats,sailing", "!boats:example.org")]
    [InlineData("interests", "knots,boats,unheard-of", "!boats:example.org,!knots:example.org")]
    [InlineData("interests", "Boats", "")]
    [InlineData("introduction", "boats", "")]
    [InlineData("unasked", "boats", "")]
    public void Answers_choose_the_rooms_that_the_operator_named_once_each(string question, string answers, string rooms) =>
        string.Join(',', ChosenRooms.Of(new Dictionary<string, IReadOnlyList<string>> { [question] = answers.Split(',') }, Questions)).ShouldBe(rooms);
}
