using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Companion.Directory;
using Companion.EventStore;
using Companion.IntegrationTests.Delivery;
using Companion.IntegrationTests.Invites;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;
using static Companion.IntegrationTests.Invites.InviteApi;

namespace Companion.IntegrationTests.Approvals;

/// <summary>Invites that rules hold back until people have looked at them.</summary>
public sealed class InviteApprovalTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Anna = "anna@stranger.example";

    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;
    private HttpClient _alice = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await InviteScene.StartAsync(postgres, _sink, settings =>
        {
            foreach (var (key, value) in new[]
            {
                ("Rules:0:Name", "strangers"),
                ("Rules:0:Approvers", "/moderators"),
                ("Rules:0:When:DomainsNot:0", "example.org"),
                ("Rules:0:Sentence:en", "A moderator looks at addresses of other organisations"),
                ("Rules:0:Deadline", "3.00:00:00"),
                ("Rules:1:Name", "flagged"),
                ("Rules:1:Approvers", "/moderators"),
                ("Rules:1:When:Flagged", "true"),
                ("Rules:1:Needed", "2"),
                ("Rules:1:Panel", "3"),
            })
            {
                settings.Configuration[$"Approvals:{key}"] = value;
            }
        });
        _alice = _host.ClientOf(InviteScene.Inviter);
        foreach (var moderator in (string[])["moritz", "mona", "max"])
        {
            AddModerator(moderator);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task An_invite_that_no_rule_minds_goes_out_at_once()
    {
        await _alice.IssueOneAsync("ben@example.org");
        await _host.RunOutboxAsync(Ct);
        _sink.Mails.Count.ShouldBe(1);
        (await QueueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invite_that_a_rule_minds_waits_and_goes_out_once_a_moderator_approves()
    {
        var invite = await _alice.IssueOneAsync(Anna);
        await _host.RunOutboxAsync(Ct);
        _sink.Mails.ShouldBeEmpty();
        (await StatusAsync(invite)).ShouldBe("awaiting_approval");
        var waiting = (await QueueAsync()).ShouldHaveSingleItem();
        waiting.GetProperty("contact").GetString().ShouldBe(Anna);
        waiting.GetProperty("requirements")[0].GetProperty("sentence").GetString().ShouldBe("A moderator looks at addresses of other organisations");
        waiting.GetProperty("obstacle").ValueKind.ShouldBe(JsonValueKind.Null);

        var decided = await ActAsync("moritz", waiting, "approve");
        decided.GetProperty("status").GetString().ShouldBe("granted");
        await _host.RunOutboxAsync(Ct);
        _sink.Mails.ShouldHaveSingleItem().Recipients.ShouldBe([Anna]);
        (await StatusAsync(invite)).ShouldBe("sent");
        (await QueueAsync()).ShouldBeEmpty();
        (await TimelineAsync(invite)).ShouldBe(
            ["invite_issued", "approval_requested", "approval_vote_cast by moritz", "approval_granted by moritz", "invite_approved", "invite_sent"]);
    }

    [Fact]
    public async Task A_denied_invite_is_never_sent_and_its_reason_is_kept_for_the_person()
    {
        var invite = await _alice.IssueOneAsync(Anna);
        var waiting = (await QueueAsync()).Single();
        (await RefusedAsync("moritz", waiting, "deny", null)).ShouldBe((HttpStatusCode.UnprocessableEntity, "reason_missing"));
        var decided = await ActAsync("moritz", waiting, "deny", "We don't know this organisation.");
        decided.GetProperty("votes")[0].GetProperty("note").GetString().ShouldBe("We don't know this organisation.");
        await _host.RunOutboxAsync(Ct);
        _sink.Mails.ShouldBeEmpty();
        (await StatusAsync(invite)).ShouldBe("denied");
        (await _host.CountAsync("companion.invite_details", "is_open")).ShouldBe(0);
        (await FindInEventsAsync("organisation")).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_of_three_let_it_out_whatever_the_third_says()
    {
        await FlagAsync();
        await _alice.IssueOneAsync("ben@example.org");
        var waiting = (await QueueAsync()).Single();
        await ActAsync("moritz", waiting, "approve");
        (await ActAsync("mona", waiting, "deny", "I don't know him.")).GetProperty("status").GetString().ShouldBe("open");
        (await ActAsync("max", waiting, "approve")).GetProperty("status").GetString().ShouldBe("granted");
        await _host.RunOutboxAsync(Ct);
        _sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Neither_the_inviter_nor_who_is_no_approver_decides()
    {
        AddModerator(InviteScene.Inviter);
        _host.IdentityProvider.AddMember("paul");
        await _alice.IssueOneAsync(Anna);
        var waiting = (await QueueAsync()).Single();
        (await RefusedAsync(InviteScene.Inviter, waiting, "approve")).ShouldBe((HttpStatusCode.Conflict, "approval_own_invitee"));
        (await RefusedAsync("paul", waiting, "approve")).ShouldBe((HttpStatusCode.Forbidden, "approval_not_allowed"));
        using var answer = await _host.ClientOf("paul").GetAsync("/api/v1/approvals", Ct);
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
    }

    [Fact]
    public async Task Two_moderators_do_not_work_on_the_same()
    {
        await _alice.IssueOneAsync(Anna);
        var waiting = (await QueueAsync()).Single();
        (await ActAsync("moritz", waiting, "take")).GetProperty("takenBy").GetProperty("by").GetProperty("account").GetString().ShouldBe("moritz");
        (await RefusedAsync("mona", waiting, "approve")).ShouldBe((HttpStatusCode.Conflict, "approval_taken"));
        await ActAsync("moritz", waiting, "drop");
        (await ActAsync("mona", waiting, "approve")).GetProperty("status").GetString().ShouldBe("granted");
        (await RefusedAsync("moritz", waiting, "approve")).ShouldBe((HttpStatusCode.Conflict, "approval_settled"));
    }

    [Fact]
    public async Task Of_moderators_who_decide_at_once_one_decides()
    {
        await _alice.IssueOneAsync(Anna);
        var waiting = (await QueueAsync()).Single();
        var answers = await Task.WhenAll(
            ((string[])["moritz", "mona", "max"]).Select(async moderator =>
            {
                using var answer = await PostAsync(moderator, waiting, "approve", null);
                return answer.StatusCode;
            }));
        answers.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
        (await _host.CountAsync("companion.timeline_entry", "type = 'approval_granted'")).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_decides_in_time_and_the_rule_does()
    {
        var invite = await _alice.IssueOneAsync(Anna);
        await _host.RunOutboxAsync(Ct);
        _host.Clock.Advance(TimeSpan.FromDays(3));
        await _host.RunOutboxAsync(Ct);
        (await StatusAsync(invite)).ShouldBe("denied");
        (await TimelineAsync(invite)).ShouldContain("approval_refused");
    }

    [Fact]
    public async Task A_withdrawn_invite_leaves_the_queue()
    {
        var invite = await _alice.IssueOneAsync(Anna);
        (await _alice.PostTextAsync($"/api/v1/invites/{invite}/revoke", "")).Dispose();
        await _host.RunOutboxAsync(Ct);
        (await QueueAsync()).ShouldBeEmpty();
        (await StatusAsync(invite)).ShouldBe("revoked");
    }

    [Fact]
    public async Task The_queue_shows_who_vouches_with_what_became_of_earlier_people()
    {
        await _alice.IssueOneAsync(Anna);
        var inviter = (await QueueAsync()).Single().GetProperty("inviter");
        (inviter.GetProperty("name").GetString(), inviter.GetProperty("openInvites").GetInt32(), inviter.GetProperty("depth").GetInt32())
            .ShouldBe(("Alice Ahlers", 1, 0));
    }

    [Fact]
    public async Task A_rebuild_changes_nothing_about_what_waits()
    {
        await _alice.IssueOneAsync(Anna);
        var before = (await QueueAsync()).Single().GetRawText();
        await _host.Services.GetRequiredService<Rebuild>().StreamsAsync(Ct);
        (await QueueAsync()).Single().GetRawText().ShouldBe(before);
    }

    private void AddModerator(string account)
    {
        var person = _host.IdentityProvider.People.GetValueOrDefault(new AccountId(account)) ?? _host.IdentityProvider.AddMember(account);
        _host.IdentityProvider.Put(person with
        {
            Memberships = new HashSet<Membership> { new(null, "/members"), new(null, "/moderators") },
        });
    }

    private Task FlagAsync() => _host.RunAsync(async (unit, ct) =>
        await Companion.Members.MemberStream.ChangeAsync(
            unit,
            Companion.Members.MemberId.Of(new AccountId(InviteScene.Inviter)),
            new Companion.Members.FlagMember(new AccountId(InviteScene.Inviter), true, new AccountId("moritz")),
            ct));

    private async Task<IReadOnlyList<JsonElement>> QueueAsync() =>
        [.. (await _host.ClientOf("moritz", moderator: true).ReadAsync("/api/v1/approvals")).GetProperty("approvals").EnumerateArray()];

    private async Task<string?> StatusAsync(Guid invite) => (await _alice.ReadAsync($"/api/v1/invites/{invite}")).GetProperty("status").GetString();

    private async Task<IReadOnlyList<string>> TimelineAsync(Guid invite) =>
    [
        .. (await _host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/timeline?invite={invite}&limit=100")).GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("type").GetString() + (entry.GetProperty("type").GetString()!.StartsWith("approval_", StringComparison.Ordinal)
                && entry.GetProperty("actor").GetString() is { } actor ? $" by {actor}" : ""))
            .Reverse(),
    ];

    private async Task<bool> FindInEventsAsync(string text) =>
        (await _host.CountAsync("events.mt_events", $"data::text like '%{text}%' and type like 'approval%'")) > 0;

    private async Task<JsonElement> ActAsync(string moderator, JsonElement approval, string act, string? note = null)
    {
        using var answer = await PostAsync(moderator, approval, act, note);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(string who, JsonElement approval, string act, string? note = null)
    {
        using var answer = await PostAsync(who, approval, act, note);
        return (answer.StatusCode, await answer.CodeAsync(Ct));
    }

    private Task<HttpResponseMessage> PostAsync(string who, JsonElement approval, string act, string? note) =>
        _host.ClientOf(who, moderator: true).PostTextAsync(
            $"/api/v1/approvals/{approval.GetProperty("id").GetGuid()}/{act}", JsonSerializer.Serialize(new { note }));
}
