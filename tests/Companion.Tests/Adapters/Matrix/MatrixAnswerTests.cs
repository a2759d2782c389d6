using System.Text.Json;
using Companion.Adapters.Matrix;
using Companion.Community.Directory;
using Microsoft.Extensions.Logging;

namespace Companion.Tests.Adapters.Matrix;

public sealed class MatrixAnswerTests
{
    [Fact]
    public void One_odd_text_takes_no_other_state_of_a_room_away()
    {
        var state = JsonSerializer.Deserialize(
            """
            [{"type":"m.room.topic","state_key":"","content":{"topic":"half \ud800"}},
             {"type":"m.room.member","state_key":"@\udc00:test","content":{"membership":"join"}},
             {"type":"m.room.member","state_key":"@ben:test","content":{"membership":"join"}}]
            """,
            MatrixJson.Default.ListStateEvent).ShouldNotBeNull();

        state.Select(found => found.StateKey).ShouldBe(["", "@\uFFFD:test", "@ben:test"]);
        state[0].Content.Deserialize(MatrixJson.Default.TopicContent)!.Topic.ShouldBe("half \uFFFD");
    }

    [Fact]
    public async Task The_log_says_what_the_homeserver_said_and_others_learn_a_code()
    {
        var log = new Log();

        var fault = await Should.ThrowAsync<ChatServerException>(
            () => new ChatFaults(log).TranslateAsync<int>(() => throw new MatrixException("M_FORBIDDEN", 403), "EnterRoomAsync"));

        fault.Code.ShouldBe("chat_not_permitted");
        log.Lines.ShouldHaveSingleItem().ShouldBe("Warning The homeserver refused or failed in EnterRoomAsync: M_FORBIDDEN (403), told as chat_not_permitted.");
    }

    private sealed class Log : ILogger<ChatFaults>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {formatter(state, exception)}");
    }
}
