using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Community.Pausing;

/// <summary>A raid: moderators stop all inviting, tell members why, and let it go on.</summary>
public sealed class PauseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Text = "Somebody floods us.\nBack on Friday.";

    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;
    private HttpClient _alice = null!;
    private HttpClient _moritz = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await InviteScene.StartAsync(postgres, _sink, settings => settings.Configuration["Invites:AllowLinks"] = "true");
        _host.IdentityProvider.Put(_host.IdentityProvider.AddMember("moritz") with { DisplayName = "Moritz Moor" });
        _alice = _host.ClientOf(InviteScene.Inviter);
        _moritz = _host.ClientOf("moritz", moderator: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_invites_while_it_is_paused_whatever_way_and_whoever_it_is()
    {
        var invite = await _alice.IssueOneAsync("anna@example.org");
        await _host.SwitchPauseAsync(true, Text);
        JsonObject body() => new() { ["invites"] = new JsonArray(Row("ben@example.org")) };

        await ShouldRefuseAsync(_alice.PostInvitesAsync(body()));
        await ShouldRefuseAsync(_moritz.PostInvitesAsync(body()));
        await ShouldRefuseAsync(_alice.PostTextAsync("/api/v1/invites/dry-run", body().ToJsonString()));
        foreach (var verb in (string[])["resend", "extend", "link"])
        {
            await ShouldRefuseAsync(_alice.PostTextAsync($"/api/v1/invites/{invite}/{verb}", ""));
            await ShouldRefuseAsync(_moritz.PostTextAsync($"/api/v1/invites/{invite}/{verb}", ""));
        }

        (await _host.CountAsync("events.mt_events", "type like 'invite%'")).ShouldBe(1);
        (await _alice.PostTextAsync($"/api/v1/invites/{invite}/revoke", "")).StatusCode.ShouldBe(HttpStatusCode.OK, "taking back helps against a raid");
    }

    [Fact]
    public async Task Everybody_reads_the_text_and_only_moderators_who_paused_it()
    {
        (await _alice.ReadAsync("/api/v1/pause")).GetRawText().ShouldBe("""{"paused":false,"text":null,"since":null,"by":null}""");
        (await _alice.ReadAsync("/api/v1/me")).GetProperty("paused").ValueKind.ShouldBe(JsonValueKind.Null);

        var answer = await _host.SwitchPauseAsync(true, $"  {Text} ");

        answer.GetProperty("by").GetProperty("name").GetString().ShouldBe("Moritz Moor");
        answer.GetProperty("since").GetDateTimeOffset().ShouldBe(FakeClock.Start);
        var read = await _alice.ReadAsync("/api/v1/pause");
        (read.GetProperty("paused").GetBoolean(), read.GetProperty("text").GetString(), read.GetProperty("by").ValueKind)
            .ShouldBe((true, Text, JsonValueKind.Null));
        (await _alice.ReadAsync("/api/v1/me")).GetProperty("paused").GetProperty("text").GetString().ShouldBe(Text);
    }

    [Fact]
    public async Task A_member_may_not_pause_and_a_text_with_hidden_characters_is_refused()
    {
        using var member = await _alice.PostTextAsync("/api/v1/pause", """{"paused":true}""");
        (member.StatusCode, await member.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
        using var hidden = await _moritz.PostTextAsync("/api/v1/pause", JsonSerializer.Serialize(new { paused = true, text = "a\u202Eb" }));
        var problem = await hidden.ProblemAsync(Ct);
        (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()).ShouldBe(("note_has_control", "text"));
        using var nothing = await _moritz.PostTextAsync("/api/v1/pause", "{}");
        nothing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _alice.ReadAsync("/api/v1/pause")).GetProperty("paused").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Pausing_and_going_on_are_on_the_timeline_with_the_person_and_without_the_text()
    {
        await _host.SwitchPauseAsync(true, Text);
        await _host.SwitchPauseAsync(true, "Another text.");
        await _host.SwitchPauseAsync(false);

        var entries = (await _moritz.ReadAsync("/api/v1/timeline")).GetProperty("entries").EnumerateArray().Reverse()
            .Select(entry => (entry.GetProperty("kind").GetString(), entry.GetProperty("type").GetString(), entry.GetProperty("actor").GetString()));
        entries.ShouldBe([("AdminEvent", "inviting_paused", "moritz"), ("AdminEvent", "inviting_resumed", "moritz")]);
        (await _alice.ReadAsync("/api/v1/timeline")).GetProperty("entries").GetArrayLength().ShouldBe(0);
        (await _host.FindTextAsync("floods")).ShouldBeEmpty();
        (await _host.FindTextAsync("Another text")).ShouldBeEmpty("it went with the pause");
    }

    [Fact]
    public async Task A_repeated_request_switches_once()
    {
        const string Body = """{"paused":true,"text":null}""";
        (await _moritz.PostTextAsync("/api/v1/pause", Body, "key")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _host.SwitchPauseAsync(false);
        (await _moritz.PostTextAsync("/api/v1/pause", Body, "key")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _alice.ReadAsync("/api/v1/pause")).GetProperty("paused").GetBoolean().ShouldBeFalse("the repetition came late");
        using var other = await _moritz.PostTextAsync("/api/v1/pause", """{"paused":false}""", "key");
        (await other.CodeAsync(Ct)).ShouldBe("idempotency_mismatch");
    }

    [Fact]
    public async Task Of_moderators_who_pause_at_once_one_is_named_and_all_are_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => _host.ClientOf($"moderator-{number}", moderator: true)
            .PostTextAsync("/api/v1/pause", JsonSerializer.Serialize(new { paused = true, text = $"Text {number}" }))));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await _host.CountAsync("events.mt_events", "type = 'inviting_paused'")).ShouldBe(1);
        (await _host.CountAsync("companion.pause_text")).ShouldBe(1);
    }

    [Fact]
    public async Task Mails_that_were_on_their_way_wait_and_go_out_when_it_goes_on()
    {
        var invite = await _alice.IssueOneAsync("anna@example.org");
        await _host.SwitchPauseAsync(true);
        for (var hour = 0; hour < 100; hour++)
        {
            await _host.RunOutboxAsync(Ct);
            _host.Clock.Advance(TimeSpan.FromHours(1));
        }

        _sink.Mails.ShouldBeEmpty();
        await _host.SwitchPauseAsync(false);
        _sink.Fail(MailPoint.Recipient, new MailFault.Reply(451, "greylisted"), times: 1);
        await _host.RunOutboxAsync(Ct);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await _host.RunOutboxAsync(Ct);

        _sink.Mails.ShouldHaveSingleItem().Recipients.ShouldBe(["anna@example.org"]);
        (await _host.ReadAsync(new InviteId(invite))).Delivery.ShouldBe(InviteDelivery.Sent);
    }

    [Fact]
    public async Task A_rebuild_leaves_it_paused()
    {
        await _host.SwitchPauseAsync(true, Text);
        await _host.Services.GetRequiredService<Rebuild>().StreamsAsync(Ct);

        (await _alice.ReadAsync("/api/v1/pause")).GetProperty("text").GetString().ShouldBe(Text);
        (await _moritz.ReadAsync("/api/v1/pause")).GetProperty("by").GetProperty("account").GetString().ShouldBe("moritz");
    }

    private static async Task ShouldRefuseAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        var problem = await answer.ProblemAsync(Ct);
        (answer.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("argument").GetString())
            .ShouldBe((HttpStatusCode.Conflict, "inviting_paused", Text));
        problem.GetProperty("title").GetString().ShouldBe("The moderators have paused all inviting. Ask one of them, or come back when they let it go on.");
    }
}
