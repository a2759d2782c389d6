using System.Net;
using System.Text.Json;
using Companion.Community.Approvals;
using Companion.Community.Directory;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Community.Approvals;

/// <summary>What people are told of approvals: before they send, while they wait, and afterwards.</summary>
public sealed class ApprovalMailTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ApprovalScene _scene = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await ApprovalScene.StartAsync(postgres);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Before_anything_is_sent_the_inviter_reads_that_a_moderator_looks_at_it()
    {
        var rows = await DryRunAsync("?language=de");
        rows[0].GetProperty("approvals")[0].GetProperty("rule").GetString().ShouldBe("strangers");
        rows[0].GetProperty("approvals")[0].GetProperty("sentence").GetString().ShouldBe("Die Moderation sieht sich Adressen anderer Organisationen an");
        rows[1].GetProperty("approvals").GetArrayLength().ShouldBe(0);
        (await DryRunAsync(""))[0].GetProperty("approvals")[0].GetProperty("sentence").GetString()
            .ShouldBe("A moderator looks at addresses of other organisations");
    }

    [Fact]
    public async Task Approvers_read_once_how_much_waits_and_not_of_what_they_may_not_decide()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        await _scene.Alice.IssueOneAsync("nora@stranger.example");
        _scene.AddModerator(InviteScene.Inviter);
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.ShouldBeEmpty();

        _scene.Host.Clock.Advance(ApprovalOutbox.Gathering);
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.Select(mail => mail.Recipients.Single()).Order().ShouldBe(["max@example.org", "mona@example.org", "moritz@example.org"]);
        var mail = _scene.Sink.Mails[0];
        mail.Subject.ShouldBe("2 wait for you in Harbour Community");
        mail.Text.ShouldContain("/account/moderation/approvals");
        mail.Text.ShouldNotContain("stranger.example");

        _scene.Host.Clock.Advance(ApprovalOutbox.Gathering);
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_comes_in_while_the_approvers_are_looked_up_is_told_too()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        _scene.Host.Clock.Advance(ApprovalOutbox.Gathering);
        var isFirst = true;
        _scene.Host.IdentityProvider.Before = async method =>
        {
            if (isFirst && method == nameof(IIdentityProvider.MembersOfAsync))
            {
                isFirst = false;
                await _scene.Alice.IssueOneAsync("nora@stranger.example");
            }
        };
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Host.Clock.Advance(ApprovalOutbox.Gathering);
        await _scene.Host.RunOutboxAsync(Ct);

        isFirst.ShouldBeFalse();
        _scene.Sink.Mails.Select(mail => mail.Subject).ShouldContain("2 wait for you in Harbour Community");
    }

    [Fact]
    public async Task Nobody_is_mailed_about_what_was_decided_meanwhile()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        await _scene.ActAsync("moritz", (await _scene.QueueAsync()).Single(), "approve");
        _scene.Host.Clock.Advance(ApprovalOutbox.Gathering);
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.ShouldHaveSingleItem().Recipients.ShouldBe([ApprovalScene.Stranger]);
    }

    [Fact]
    public async Task The_inviter_reads_why_an_invitation_was_not_approved()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        await _scene.ActAsync("moritz", (await _scene.QueueAsync()).Single(), "deny", "We don't know <this> organisation.\nAsk Mona.");
        await _scene.Host.RunOutboxAsync(Ct);
        var mail = _scene.Sink.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe(["alice@example.org"]);
        mail.Subject.ShouldBe("Your invitation was not approved");
        mail.Text.ShouldContain("a•••@stranger.example");
        mail.Text.ShouldContain("We don't know <this> organisation.\r\nAsk Mona.");
        mail.Html.ShouldContain("We don&#x27;t know &lt;this&gt; organisation.");
        mail.Text.ShouldNotContain("anna@");
    }

    [Fact]
    public async Task A_question_reaches_the_inviter_and_its_answer_the_moderators()
    {
        var invite = await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        await _scene.ActAsync("mona", (await _scene.QueueAsync()).Single(), "ask", "Where did you meet?");
        await _scene.Host.RunOutboxAsync(Ct);
        var mail = _scene.Sink.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe(["alice@example.org"]);
        mail.Text.ShouldContain("Where did you meet?");
        (await _scene.Alice.ReadAsync($"/api/v1/invites/{invite}")).GetProperty("question").GetString().ShouldBe("Where did you meet?");

        (await AnswerAsync(_scene.Alice, invite, "")).ShouldBe((HttpStatusCode.UnprocessableEntity, "note_missing"));
        (await AnswerAsync(_scene.Host.ClientOf("mona", moderator: true), invite, "I know")).ShouldBe((HttpStatusCode.NotFound, "not_found"));
        (await AnswerAsync(_scene.Alice, invite, "At the boat fair.")).Status.ShouldBe(HttpStatusCode.OK);
        (await AnswerAsync(_scene.Alice, invite, "Twice.")).ShouldBe((HttpStatusCode.Conflict, "question_unknown"));
        (await _scene.Alice.ReadAsync($"/api/v1/invites/{invite}")).GetProperty("question").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _scene.QueueAsync()).Single().GetProperty("questions").EnumerateArray().Select(text => text.GetProperty("text").GetString())
            .ShouldBe(["Where did you meet?", "At the boat fair."]);
    }

    private async Task<IReadOnlyList<JsonElement>> DryRunAsync(string query)
    {
        var body = JsonSerializer.Serialize(new { invites = new[] { new { contact = ApprovalScene.Stranger }, new { contact = "ben@example.org" } } });
        using var answer = await _scene.Alice.PostTextAsync($"/api/v1/invites/dry-run{query}", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("invites").EnumerateArray()];
    }

    private static async Task<(HttpStatusCode Status, string? Code)> AnswerAsync(HttpClient client, Guid invite, string note)
    {
        using var answer = await client.PostTextAsync($"/api/v1/invites/{invite}/answer", JsonSerializer.Serialize(new { note }));
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.CodeAsync(Ct));
    }
}
