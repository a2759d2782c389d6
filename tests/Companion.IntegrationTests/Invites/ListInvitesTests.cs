using System.Net;
using System.Text.Json;
using Companion.Directory;
using Companion.Invites;
using static Companion.IntegrationTests.Invites.InviteApi;

namespace Companion.IntegrationTests.Invites;

public sealed class ListInvitesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CompanionHost.StartAsync(postgres, settings =>
    {
        settings.Configuration["Invites:MaxOpen"] = "100";
        settings.Configuration["Invites:MaxPerDay"] = "100";
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Pages_hold_every_invite_once_newest_first_also_when_some_come_between()
    {
        var alice = _host.Member("alice");
        for (var i = 0; i < 4; i++)
        {
            await alice.IssueAsync(Row($"a{i}@example.org"), Row($"b{i}@example.org"), Row($"c{i}@example.org"));
            _host.Clock.Advance(TimeSpan.FromTicks(7));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await alice.ReadAsync($"/api/v1/invites?limit=5{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("invites").EnumerateArray().Select(view => view.GetProperty("contact").GetString()!));
            cursor = page.GetProperty("next").GetString();
            await alice.IssueAsync(Row($"late{seen.Count}@example.org"));
        }
        while (cursor is not null);

        seen.Count.ShouldBe(12);
        seen.Distinct().Count().ShouldBe(12);
        seen.Where(contact => !contact.StartsWith("late", StringComparison.Ordinal)).Count().ShouldBe(12);
    }

    [Fact]
    public async Task Each_state_has_its_word_and_the_filter_knows_the_same_words()
    {
        var alice = _host.Member("alice");
        (string Word, InviteCommand[] Commands)[] cases =
        [
            ("issued", []),
            ("sent", [new RecordDelivery(1, InviteDelivery.Sent)]),
            ("delivery_failed", [new RecordDelivery(1, InviteDelivery.Failed, "mailbox_unknown")]),
            ("delivery_unknown", [new RecordDelivery(1, InviteDelivery.Unknown)]),
            ("registering", [Claim()]),
            ("redeemed", [Claim(), new RedeemInvite(new AccountId("new"))]),
            ("revoked", [new RevokeInvite(new AccountId("alice"))]),
            ("declined", [new DeclineInvite(1)]),
            ("issued", [new MatchAccount(new AccountId("mia"))]),
        ];
        foreach (var (word, commands) in cases)
        {
            var id = await alice.IssueOneAsync($"{Guid.NewGuid():n}@example.org");
            await _host.DecideAsync(id, commands);
            (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("status").GetString().ShouldBe(word);
        }

        foreach (var word in InviteView.Statuses)
        {
            (await FilterAsync(alice, word)).Count.ShouldBe(cases.Count(c => c.Word == word), word);
        }

        _host.Clock.Advance(TimeSpan.FromDays(15));
        (await FilterAsync(alice, "expired")).Count.ShouldBe(5);
        await _host.RunOutboxAsync(TestContext.Current.CancellationToken);
        (await FilterAsync(alice, "expired")).Count.ShouldBe(5);
        (await FilterAsync(alice, "registering")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_members_invite_looks_like_an_unanswered_one()
    {
        var alice = _host.Member("alice");
        var member = await alice.IssueOneAsync("mia@example.org");
        var stranger = await alice.IssueOneAsync("zoe@example.org");
        await _host.DecideAsync(member, new MatchAccount(new AccountId("mia")), new RecordDelivery(1, InviteDelivery.Sent));
        await _host.DecideAsync(stranger, new RecordDelivery(1, InviteDelivery.Sent));

        var views = await Task.WhenAll(new[] { member, stranger }.Select(id => alice.ReadAsync($"/api/v1/invites/{id}")));

        Shape(views[0]).ShouldBe(Shape(views[1]));

        static string Shape(JsonElement view) => string.Join(
            '\n', view.EnumerateObject().Where(p => p.Name is not ("id" or "contact")).Select(p => $"{p.Name}={p.Value.GetRawText()}"));
    }

    [Fact]
    public async Task Moderators_list_the_invites_of_anyone()
    {
        await _host.Member("alice").IssueOneAsync("anna@example.org");
        await _host.Member("bob").IssueOneAsync("ben@example.org");
        var moderator = _host.ClientOf("mod", moderator: true);

        (await moderator.ReadAsync("/api/v1/invites")).GetProperty("invites").GetArrayLength().ShouldBe(0);
        (await moderator.ReadAsync("/api/v1/invites?inviter=bob")).GetProperty("invites")[0].GetProperty("contact").GetString().ShouldBe("ben@example.org");
        (await moderator.ReadAsync("/api/v1/invites?all=true")).GetProperty("invites").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        foreach (var path in new[] { "/api/v1/invites", $"/api/v1/invites/{id}" })
        {
            var tag = await TagAsync(alice, path, null, HttpStatusCode.OK);
            await TagAsync(alice, path, tag, HttpStatusCode.NotModified);
        }

        var before = await TagAsync(alice, "/api/v1/invites", null, HttpStatusCode.OK);
        (await alice.PostTextAsync($"/api/v1/invites/{id}/revoke", "")).Dispose();
        (await TagAsync(alice, "/api/v1/invites", before, HttpStatusCode.OK)).ShouldNotBe(before);
    }

    [Fact]
    public async Task Me_and_the_options_tell_what_the_caller_may_do()
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings =>
        {
            settings.Configuration["Directory:Groups:0:Path"] = "/members";
            settings.Configuration["Directory:Groups:0:InvitedBy:0"] = "/members";
            settings.Configuration["Invites:MaxOpen"] = "3";
        });
        var alice = host.Member("alice");
        host.Rooms.Offer("alice", new RoomOffer(new RoomId("!pier:example.org"), "Pier"));
        await alice.IssueOneAsync("anna@example.org");

        (await alice.ReadAsync("/api/v1/me")).GetRawText().ShouldBe(
            """{"id":"alice","displayName":"alice","language":"en","isModerator":false,"canInvite":true}""");
        (await alice.ReadAsync("/api/v1/invite-options")).GetRawText().ShouldBe(
            """{"canInvite":true,"organizations":[],"groups":["/members"],"rooms":[{"id":"!pier:example.org","name":"Pier"}],"roomsAvailable":true,"quota":{"open":1,"maxOpen":3,"issuedLastDay":1,"maxPerDay":20,"left":2},"languages":["en","de"],"messageMaxLength":500,"maxRows":100}""");
        host.Rooms.Failure = new RoomDirectoryException("unreachable");
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        (await alice.ReadAsync("/api/v1/invite-options")).GetProperty("roomsAvailable").GetBoolean().ShouldBeFalse();
    }

    private static ClaimInvite Claim() => new(1, "key", new AccountId("new"), TimeSpan.FromMinutes(5), InviterEnabled: true);

    private static async Task<IReadOnlyList<JsonElement>> FilterAsync(HttpClient client, string status) =>
        [.. (await client.ReadAsync($"/api/v1/invites?status={status}")).GetProperty("invites").EnumerateArray()];

    private static async Task<string> TagAsync(HttpClient client, string path, string? known, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", known);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected);
        return answer.Headers.ETag!.ToString();
    }
}
