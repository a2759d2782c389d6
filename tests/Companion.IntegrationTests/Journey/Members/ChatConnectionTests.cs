using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Companion.Community.Directory;
using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Adapters.Matrix;
using Companion.IntegrationTests.Journey.Onboarding;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Journey.Members;

/// <summary>A member proves a chat account by the code that the bot sends there.</summary>
public sealed class ChatConnectionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Path = "/api/v1/me/matrix-connection";

    private OnboardingScene _lab = null!;
    private HttpClient _bea = null!;
    private ChatLogin _chat = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await OnboardingScene.StartAsync(postgres);
        _lab.Host.IdentityProvider.AddMember("bea");
        _bea = _lab.Host.ClientOf("bea");
        _chat = await _lab.Homeserver.RegisterAsync("beas-chat", admin: false);
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task The_code_that_the_bot_sends_connects_the_chat_account()
    {
        var asked = await AskAsync(_bea, _chat.UserId);
        (asked.Status, asked.Pending("status")).ShouldBe((HttpStatusCode.Accepted, "requested"));
        await _lab.WorkAsync();
        (await ReadAsync()).Pending("status").ShouldBe("sent");

        var connected = await ConfirmAsync(_bea, await CodeAsync());
        (connected.Status, connected.MatrixId, connected.Pending("status")).ShouldBe((HttpStatusCode.OK, _chat.UserId, null));
        (await FindAsync("bea")).ShouldBe(_chat.UserId);
        (await TimelineAsync()).ShouldBe(["chat_code_requested", "chat_account_connected"]);
    }

    [Fact]
    public async Task The_connection_outlives_a_rebuild()
    {
        await ConnectAsync();
        await _lab.Host.Services.GetRequiredService<RebuildStreams>().RunAsync(null, Ct);
        await _lab.Host.Services.GetRequiredService<RewriteTimeline>().RunAsync(null, Ct);
        (await FindAsync("bea")).ShouldBe(_chat.UserId);
        (await TimelineAsync()).ShouldBe(["chat_code_requested", "chat_account_connected"]);
    }

    [Fact]
    public async Task The_chat_account_is_in_no_event_and_on_no_timeline()
    {
        await ConnectAsync();
        (await _lab.RowsAsync("select data::text from events.mt_events where stream_id = @id", new(MemberId.Of(new AccountId("bea")).Value)))
            .ShouldAllBe(data => !data.Contains("beas-chat", StringComparison.Ordinal));
        (await _bea.GetStringAsync("/api/v1/timeline", Ct)).ShouldNotContain("beas-chat");
        _lab.Host.LogLines.ShouldAllBe(line => !line.Contains("beas-chat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_is_worth_nothing_for_another_chat_account_or_in_another_members_hands()
    {
        var other = await _lab.Homeserver.RegisterAsync("other-chat", admin: false);
        await AskAsync(_bea, _chat.UserId);
        await _lab.WorkAsync();
        var code = await CodeAsync();
        (await ConfirmAsync(_bea, code, other.UserId)).Code.ShouldBe("code_wrong");
        _lab.Host.IdentityProvider.AddMember("carl");
        var carl = _lab.Host.ClientOf("carl");
        (await ConfirmAsync(carl, code)).Code.ShouldBe("code_expired");
        await AskAsync(carl, other.UserId);
        await _lab.WorkAsync();
        (await ConfirmAsync(carl, code)).Code.ShouldBe("code_wrong");
        (await ConfirmAsync(_bea, code)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Five_mistakes_or_ten_minutes_end_a_code()
    {
        await AskAsync(_bea, _chat.UserId);
        await _lab.WorkAsync();
        var code = await CodeAsync();
        for (var i = 0; i < 5; i++)
        {
            var wrong = await ConfirmAsync(_bea, "0000 000x");
            (wrong.Status, wrong.Code, wrong.Field).ShouldBe((HttpStatusCode.UnprocessableEntity, "code_wrong", "code"));
        }

        (await ConfirmAsync(_bea, code)).Code.ShouldBe("code_expired");
        await AskAsync(_bea, _chat.UserId);
        await _lab.WorkAsync();
        code = await CodeAsync();
        _lab.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await ConfirmAsync(_bea, code)).Code.ShouldBe("code_expired");
        (await FindAsync("bea")).ShouldBeNull();
    }

    [Fact]
    public async Task Neither_members_nor_chat_accounts_get_more_than_five_codes_in_their_time()
    {
        for (var i = 0; i < 5; i++)
        {
            (await AskAsync(_bea, _chat.UserId)).Status.ShouldBe(HttpStatusCode.Accepted);
        }

        var refused = await AskAsync(_bea, (await _lab.Homeserver.RegisterAsync("other-chat", admin: false)).UserId);
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.TooManyRequests, "code_limit"));
        _lab.Host.IdentityProvider.AddMember("carl");
        (await AskAsync(_lab.Host.ClientOf("carl"), _chat.UserId)).Code.ShouldBe("code_limit");
        _lab.Host.Clock.Advance(TimeSpan.FromHours(1));
        (await AskAsync(_bea, "@somebody.else:test.local")).Status.ShouldBe(HttpStatusCode.Accepted);
        _lab.Host.Clock.Advance(TimeSpan.FromHours(23));
        (await AskAsync(_bea, _chat.UserId)).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task The_quota_holds_when_codes_are_asked_for_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(_bea, _chat.UserId)));
        answers.Count(answer => answer.Status == HttpStatusCode.Accepted).ShouldBe(5);
        answers.Count(answer => answer.Code == "code_limit").ShouldBe(7);
    }

    [Fact]
    public async Task A_chat_account_is_one_members_until_that_account_is_gone()
    {
        await ConnectAsync();
        _lab.Host.IdentityProvider.AddMember("carl");
        var carl = _lab.Host.ClientOf("carl");
        var taken = await AskAsync(carl, _chat.UserId);
        (taken.Status, taken.Code, taken.Field).ShouldBe((HttpStatusCode.UnprocessableEntity, "matrix_taken", "matrixId"));

        _lab.Host.IdentityProvider.Remove("bea");
        (await AskAsync(carl, _chat.UserId)).Status.ShouldBe(HttpStatusCode.Accepted);
        await _lab.WorkAsync();
        var answers = (await CodesAsync()).Select(code => ConfirmAsync(carl, code));
        (await Task.WhenAll(answers)).ShouldContain(answer => answer.Status == HttpStatusCode.OK);
        ((await FindAsync("bea")), await FindAsync("carl")).ShouldBe((null, _chat.UserId));
    }

    [Fact]
    public async Task Of_two_members_with_a_code_for_one_chat_account_the_first_gets_it()
    {
        _lab.Host.IdentityProvider.AddMember("carl");
        var carl = _lab.Host.ClientOf("carl");
        await AskAsync(_bea, _chat.UserId);
        await AskAsync(carl, _chat.UserId);
        await _lab.WorkAsync();
        var codes = await CodesAsync();
        codes.Count.ShouldBe(2);
        var answers = await Task.WhenAll(codes.SelectMany(code => new[] { ConfirmAsync(_bea, code), ConfirmAsync(carl, code) }));
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        new[] { await FindAsync("bea"), await FindAsync("carl") }.Count(id => id == _chat.UserId).ShouldBe(1);
    }

    [Fact]
    public async Task The_chat_account_that_sign_in_gave_to_somebody_else_gets_no_code()
    {
        await AskAsync(_bea, _lab.Chat.Owner.UserId);
        await _lab.WorkAsync();
        var state = await ReadAsync();
        (state.Pending("status"), state.Pending("failure")).ShouldBe(("undeliverable", "matrix_taken"));
    }

    [Fact]
    public async Task A_code_that_a_silent_chat_server_never_took_is_undeliverable_when_it_has_expired()
    {
        await AskAsync(_bea, _chat.UserId);
        await _lab.Homeserver.DisposeAsync();
        await _lab.WorkAsync();
        (await ReadAsync()).Pending("status").ShouldBe("requested");
        await _lab.LaterAsync(TimeSpan.FromMinutes(10));
        (await ReadAsync()).Pending("failure").ShouldBe("matrix_unreachable");
    }

    [Fact]
    public async Task A_connection_is_cut_when_the_member_says_so()
    {
        await ConnectAsync();
        using var answer = await _bea.DeleteAsync(Path, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await FindAsync("bea")).ShouldBeNull();
        (await TimelineAsync())[^1].ShouldBe("chat_account_disconnected");
    }

    [Theory]
    [InlineData("bea", "matrix_id_malformed")]
    [InlineData("@bea test:test.local", "matrix_id_malformed")]
    [InlineData("", "matrix_id_malformed")]
    public async Task What_is_no_Matrix_id_is_refused_by_field(string id, string code)
    {
        var refused = await AskAsync(_bea, id);
        (refused.Status, refused.Code, refused.Field).ShouldBe((HttpStatusCode.UnprocessableEntity, code, "matrixId"));
        (await ConfirmAsync(_bea, "1234 5678", id)).Code.ShouldBe(code);
    }

    private async Task ConnectAsync()
    {
        await AskAsync(_bea, _chat.UserId);
        await _lab.WorkAsync();
        (await ConfirmAsync(_bea, await CodeAsync())).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<Answer> AskAsync(HttpClient who, string matrixId) => PostAsync(who, new { matrixId });

    private Task<Answer> ConfirmAsync(HttpClient who, string code, string? matrixId = null) =>
        PostAsync(who, new { matrixId = matrixId ?? _chat.UserId, code });

    private static async Task<Answer> PostAsync(HttpClient who, object body)
    {
        using var answer = await who.PostAsJsonAsync(Path, body, Ct);
        return new Answer(answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    private async Task<Answer> ReadAsync() => new(HttpStatusCode.OK, await _bea.GetFromJsonAsync<JsonElement>(Path, Ct));

    private async Task<string> CodeAsync() => (await CodesAsync())[0];

    /// <summary>Newest first, as the chat account's owner reads them.</summary>
    private async Task<IReadOnlyList<string>> CodesAsync()
    {
        List<string> codes = [];
        foreach (var room in (await _lab.Chat.MembershipsAsync(_chat.UserId)).Keys)
        {
            codes.AddRange((await _lab.Chat.MessagesAsync(new RoomId(room))).Select(text => Regex.Match(text, "[0-9]{4} [0-9]{4}").Value));
        }

        return codes;
    }

    private async Task<string?> FindAsync(string account) =>
        (await _lab.Host.Services.GetRequiredService<IChatConnections>().FindAsync(new AccountId(account), Ct))?.Value;

    private async Task<IReadOnlyList<string?>> TimelineAsync()
    {
        var page = await _bea.GetFromJsonAsync<JsonElement>("/api/v1/timeline", Ct);
        return [.. page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).Reverse()];
    }

    private sealed record Answer(HttpStatusCode Status, JsonElement Body)
    {
        public string? MatrixId => Text(Body, "matrixId");

        public string? Code => Text(Body, "code");

        public string? Field => Text(Body, "field");

        public string? Pending(string member) =>
            Body.TryGetProperty("pending", out var pending) && pending.ValueKind == JsonValueKind.Object ? Text(pending, member) : null;

        private static string? Text(JsonElement element, string member) =>
            element.TryGetProperty(member, out var value) ? value.GetString() : null;
    }
}
