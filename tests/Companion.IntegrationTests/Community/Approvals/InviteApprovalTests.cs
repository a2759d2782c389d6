using System.Net;
using System.Text.Json;
using Companion.Foundation.Store;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Community.Approvals;

/// <summary>Invites that rules hold back until people have looked at them.</summary>
public sealed class InviteApprovalTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ApprovalScene _scene = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await ApprovalScene.StartAsync(postgres);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_invite_that_no_rule_minds_goes_out_at_once()
    {
        await _scene.Alice.IssueOneAsync("ben@example.org");
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.Count.ShouldBe(1);
        (await _scene.QueueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invite_that_a_rule_minds_waits_and_goes_out_once_a_moderator_approves()
    {
        var invite = await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.ShouldBeEmpty();
        (await _scene.StatusAsync(invite)).ShouldBe("awaiting_approval");
        var waiting = (await _scene.QueueAsync()).ShouldHaveSingleItem();
        waiting.GetProperty("contact").GetString().ShouldBe(ApprovalScene.Stranger);
        waiting.GetProperty("requirements")[0].GetProperty("sentence").GetString().ShouldBe("A moderator looks at addresses of other organisations");
        waiting.GetProperty("obstacle").ValueKind.ShouldBe(JsonValueKind.Null);

        var decided = await _scene.ActAsync("moritz", waiting, "approve");
        decided.GetProperty("status").GetString().ShouldBe("granted");
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.ShouldHaveSingleItem().Recipients.ShouldBe([ApprovalScene.Stranger]);
        (await _scene.StatusAsync(invite)).ShouldBe("sent");
        (await _scene.QueueAsync()).ShouldBeEmpty();
        (await _scene.TimelineAsync(invite)).ShouldBe(
            ["invite_issued", "approval_requested", "approval_vote_cast by moritz", "approval_granted by moritz", "invite_approved", "invite_sent"]);
    }

    [Fact]
    public async Task A_denied_invite_is_never_sent_and_its_reason_is_kept_for_the_person()
    {
        var invite = await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        var waiting = (await _scene.QueueAsync()).Single();
        (await _scene.RefusedAsync("moritz", waiting, "deny", null)).ShouldBe((HttpStatusCode.UnprocessableEntity, "reason_missing"));
        var decided = await _scene.ActAsync("moritz", waiting, "deny", "We don't know this organisation.");
        decided.GetProperty("votes")[0].GetProperty("note").GetString().ShouldBe("We don't know this organisation.");
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.ShouldNotContain(mail => mail.Recipients.Contains(ApprovalScene.Stranger));
        (await _scene.StatusAsync(invite)).ShouldBe("denied");
        (await _scene.Alice.ReadAsync($"/api/v1/invites/{invite}")).GetProperty("reason").GetString().ShouldBe("We don't know this organisation.");
        (await _scene.Host.CountAsync("companion.invite_details", "is_open")).ShouldBe(0);
        (await _scene.FindInEventsAsync("organisation")).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_of_three_let_it_out_whatever_the_third_says()
    {
        await _scene.FlagAsync();
        await _scene.Alice.IssueOneAsync("ben@example.org");
        var waiting = (await _scene.QueueAsync()).Single();
        await _scene.ActAsync("moritz", waiting, "approve");
        (await _scene.ActAsync("mona", waiting, "deny", "I don't know him.")).GetProperty("status").GetString().ShouldBe("open");
        (await _scene.ActAsync("max", waiting, "approve")).GetProperty("status").GetString().ShouldBe("granted");
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Neither_the_inviter_nor_who_is_no_approver_decides()
    {
        _scene.AddModerator(InviteScene.Inviter);
        _scene.Host.IdentityProvider.AddMember("paul");
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        var waiting = (await _scene.QueueAsync()).Single();
        (await _scene.RefusedAsync(InviteScene.Inviter, waiting, "approve")).ShouldBe((HttpStatusCode.Conflict, "approval_own_invitee"));
        (await _scene.RefusedAsync("paul", waiting, "approve")).ShouldBe((HttpStatusCode.Forbidden, "approval_not_allowed"));
        using var answer = await _scene.Host.ClientOf("paul").GetAsync("/api/v1/approvals", Ct);
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
    }

    [Fact]
    public async Task Two_moderators_do_not_work_on_the_same()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        var waiting = (await _scene.QueueAsync()).Single();
        (await _scene.ActAsync("moritz", waiting, "take")).GetProperty("takenBy").GetProperty("by").GetProperty("account").GetString().ShouldBe("moritz");
        (await _scene.RefusedAsync("mona", waiting, "approve")).ShouldBe((HttpStatusCode.Conflict, "approval_taken"));
        await _scene.ActAsync("moritz", waiting, "drop");
        (await _scene.ActAsync("mona", waiting, "approve")).GetProperty("status").GetString().ShouldBe("granted");
        (await _scene.RefusedAsync("moritz", waiting, "approve")).ShouldBe((HttpStatusCode.Conflict, "approval_settled"));
    }

    [Fact]
    public async Task Of_moderators_who_decide_at_once_one_decides()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        var waiting = (await _scene.QueueAsync()).Single();
        var answers = await Task.WhenAll(
            ((string[])["moritz", "mona", "max"]).Select(async moderator =>
            {
                using var answer = await _scene.PostAsync(moderator, waiting, "approve", null);
                return answer.StatusCode;
            }));
        answers.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
        (await _scene.Host.CountAsync("companion.timeline_entry", "type = 'approval_granted'")).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_decides_in_time_and_the_rule_does()
    {
        var invite = await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        await _scene.Host.RunOutboxAsync(Ct);
        _scene.Host.Clock.Advance(TimeSpan.FromDays(3));
        await _scene.Host.RunOutboxAsync(Ct);
        (await _scene.StatusAsync(invite)).ShouldBe("denied");
        (await _scene.TimelineAsync(invite)).ShouldContain("approval_refused");
    }

    [Fact]
    public async Task A_withdrawn_invite_leaves_the_queue()
    {
        var invite = await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        (await _scene.Alice.PostTextAsync($"/api/v1/invites/{invite}/revoke", "")).Dispose();
        await _scene.Host.RunOutboxAsync(Ct);
        (await _scene.QueueAsync()).ShouldBeEmpty();
        (await _scene.StatusAsync(invite)).ShouldBe("revoked");
    }

    [Fact]
    public async Task The_queue_shows_who_vouches_with_what_became_of_earlier_people()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        var inviter = (await _scene.QueueAsync()).Single().GetProperty("inviter");
        (inviter.GetProperty("name").GetString(), inviter.GetProperty("openInvites").GetInt32(), inviter.GetProperty("depth").GetInt32())
            .ShouldBe(("Alice Ahlers", 1, 0));
    }

    [Fact]
    public async Task A_rebuild_changes_nothing_about_what_waits()
    {
        await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        var before = (await _scene.QueueAsync()).Single().GetRawText();
        await _scene.Host.Services.GetRequiredService<Rebuild>().StreamsAsync(Ct);
        (await _scene.QueueAsync()).Single().GetRawText().ShouldBe(before);
    }
}
