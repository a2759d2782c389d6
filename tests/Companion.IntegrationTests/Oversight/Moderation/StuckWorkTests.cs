using System.Net;
using System.Text.Json;
using Companion.Foundation.Outbox;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Oversight.Moderation;

/// <summary>What moderators see of background jobs that are not done.</summary>
public sealed class StuckWorkTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;
    private HttpClient _moderator = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await InviteScene.StartAsync(postgres, _sink, settings =>
        {
            settings.Configuration["Mail:Host"] = "";
            settings.Configuration["Mail:Security"] = "StartTls";
        });
        _moderator = _host.ClientOf("mo", moderator: true);
        foreach (var address in (string[])["anna@example.org", "ben@example.org"])
        {
            await _host.ClientOf(InviteScene.Inviter).IssueOneAsync(address);
        }

        await _host.RunOutboxAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task What_a_missing_mail_server_keeps_waiting_is_one_row_once_it_lasts()
    {
        (await WorkAsync()).ShouldBeEmpty();
        _host.Clock.Advance(TimeSpan.FromMinutes(6));
        var cause = (await WorkAsync()).ShouldHaveSingleItem();
        (cause.GetProperty("code").GetString(), cause.GetProperty("isDead").GetBoolean(), cause.GetProperty("count").GetInt32())
            .ShouldBe(("mail_not_configured", false, 2));
        cause.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()).ShouldBe(["invite_mail"]);
        cause.GetRawText().ShouldNotContain("example.org");
    }

    [Fact]
    public async Task Dead_work_is_told_at_once_and_runs_again_when_a_moderator_says_so()
    {
        await _host.RunAsync(async (unit, ct) => await unit.ExecuteAsync(
            "update companion.outbox_message set dead_at = @now, last_error = 'handler_failed', attempts = 12 where kind = 'invite_mail'",
            [Param.Time("now", _host.Clock.GetUtcNow())],
            ct));
        var cause = (await WorkAsync()).Single();
        (cause.GetProperty("isDead").GetBoolean(), cause.GetProperty("count").GetInt32()).ShouldBe((true, 2));

        (await PostAsync(_host.ClientOf(InviteScene.Inviter), cause, "retry")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(_moderator, cause, "skip")).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(_moderator, cause, "retry")).ShouldBe(HttpStatusCode.NoContent);
        (await WorkAsync()).ShouldBeEmpty();
        (await _host.Services.GetRequiredService<OutboxInspection>().ListAsync("due", "invite_mail", 10, Ct)).Count.ShouldBe(2);
        (await PostAsync(_moderator, cause, "retry")).ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<IReadOnlyList<JsonElement>> WorkAsync() =>
        [.. (await _moderator.ReadAsync("/api/v1/problems")).GetProperty("work").EnumerateArray()];

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, JsonElement cause, string act)
    {
        using var answer = await client.PostTextAsync($"/api/v1/problems/{cause.GetProperty("id").GetGuid()}/{act}", "");
        return answer.StatusCode;
    }
}
