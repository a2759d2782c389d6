using System.Net;
using System.Text.Json;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Companion.Journey.Onboarding;
using Microsoft.Extensions.DependencyInjection;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

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
            ("sent", [new RecordDelivery(1, InviteDelivery.Sent), new ExtendInvite(new AccountId("alice"), SampleRights, new InvitePolicy { Lifetime = TimeSpan.FromDays(14.5) })]),
            ("issued", [new MatchAccount(new AccountId("mia"))]),
        ];
        foreach (var (word, commands) in cases)
        {
            var id = await alice.IssueOneAsync($"{Guid.NewGuid():n}@example.org");
            await _host.DecideAsync(id, commands);
            (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("status").GetString().ShouldBe(word);
        }

        foreach (var (word, status) in (ValueTuple<string, OnboardingStatus>[])
            [("awaiting_approval", OnboardingStatus.AwaitingApproval), ("denied", OnboardingStatus.Denied), ("redeemed", OnboardingStatus.Running)])
        {
            var id = await RedeemAsync(alice, status);
            (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("status").GetString().ShouldBe(word);
        }

        foreach (var word in InviteView.Statuses)
        {
            var expected = cases.Count(c => c.Word == word) + (word is "awaiting_approval" or "denied" or "redeemed" ? 1 : 0);
            (await FilterAsync(alice, word)).Count.ShouldBe(expected, word);
        }

        _host.Clock.Advance(TimeSpan.FromDays(15));
        (await FilterAsync(alice, "expired")).Count.ShouldBe(6);
        await _host.RunOutboxAsync(TestContext.Current.CancellationToken);
        (await FilterAsync(alice, "expired")).Count.ShouldBe(6);
        (await FilterAsync(alice, "registering")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_invite_says_where_to_how_far_it_is_and_what_can_be_done()
    {
        _host.IdentityProvider.AddOrganization("harbour", "Harbour e.V.");
        var alice = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "Admins");
        _host.Rooms.Offer("alice", new RoomOffer(Pier, "Pier"), new RoomOffer(new RoomId("!shed:example.org"), "Shed"));
        var row = Row("anna@example.org", organization: "harbour", group: "Users", room: Pier.Value);
        var id = (await alice.IssueAsync(row)).Single().Id!.Value;

        var fresh = await alice.ReadAsync($"/api/v1/invites/{id}");
        fresh.GetProperty("memberships").GetRawText().ShouldBe("""[{"organization":"harbour","organizationName":"Harbour e.V.","group":"Users"}]""");
        fresh.GetProperty("rooms").GetRawText().ShouldBe("""[{"id":"!pier:example.org","name":"Pier","status":null}]""");
        Can(fresh).ShouldBe("resend extend revoke");

        await _host.DecideAsync(id, new RecordDelivery(1, InviteDelivery.Failed, "mailbox_unknown"));
        (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("failure").GetString().ShouldBe("mailbox_unknown");

        _host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("memberships")[0].GetProperty("organizationName").GetString().ShouldBe("harbour");

        await _host.DecideAsync(id, Claim() with { Rights = EveryRight }, new RedeemInvite(new AccountId("new")));
        var redeemed = await alice.ReadAsync($"/api/v1/invites/{id}");
        Can(redeemed).ShouldBe("");
    }

    [Fact]
    public async Task A_search_finds_parts_of_addresses_and_takes_nothing_for_a_pattern()
    {
        var alice = _host.Member("alice");
        await alice.IssueAsync(Row("Anna.Meer@example.org"), Row("ben%@example.org"), Row("carla_x@example.org"));

        foreach (var (search, found) in (ValueTuple<string, int>[])[("anna", 1), ("MEER", 1), ("example.org", 3), ("%25", 1), ("_", 1), ("zoe", 0), ("%20", 3)])
        {
            (await alice.ReadAsync($"/api/v1/invites?search={search}")).GetProperty("invites").GetArrayLength().ShouldBe(found, search);
        }
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
            """{"id":"alice","displayName":"alice","language":"en","isModerator":false,"canInvite":true,"invitingFrozen":false,"kind":"member","pictureUrl":null,"paused":null}""");
        (await alice.ReadAsync("/api/v1/invite-options")).GetRawText().ShouldBe(
            """
            {"canInvite":true,"kind":"member","organizations":[],"nextOrganizations":null,"groups":["/members"],
            "rooms":[{"id":"!pier:example.org","name":"Pier","topic":null,"members":null,"isEncrypted":false,"isBridged":false,"obstacle":null}],
            "chat":"connected","channels":["email"],"quota":{"open":1,"maxOpen":3,"issuedLastDay":1,"maxPerDay":20,"left":2},
            "languages":["en","de"],"defaultLanguage":"en","messageMaxLength":500,"noteMaxLength":1000,"maxRows":1000,"canCopyLinks":false}
            """.ReplaceLineEndings(""));
        host.Rooms.Failure = new RoomDirectoryException("unreachable");
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        (await alice.ReadAsync("/api/v1/invite-options")).GetProperty("chat").GetString().ShouldBe("unavailable");
    }

    private static RoomId Pier { get; } = new("!pier:example.org");

    private static string Can(JsonElement view) => string.Join(
        ' ', ((string[])["resend", "extend", "copyLink", "revoke"]).Where(verb => view.GetProperty($"can{char.ToUpperInvariant(verb[0])}{verb[1..]}").GetBoolean()));

    private async Task<Guid> RedeemAsync(HttpClient client, OnboardingStatus status)
    {
        var id = await client.IssueOneAsync($"{Guid.NewGuid():n}@example.org");
        var account = new AccountId($"{id}");
        await _host.DecideAsync(id, Claim() with { Account = account }, new RedeemInvite(account));
        await _host.Services.GetRequiredService<Transactions>().RunAsync(
            async (unit, ct) =>
            {
                var invite = (await unit.LoadAsync(InviteStream.Type, id, ct)).State;
                await _host.Services.GetRequiredService<IOnboarding>().StartAsync(unit, invite, account, OnboardingKind.Newcomer, status != OnboardingStatus.Running, ct);
                return true;
            },
            TestContext.Current.CancellationToken);
        if (status == OnboardingStatus.Denied)
        {
            await _host.Services.GetRequiredService<Transactions>().RunAsync(
                (unit, ct) => OnboardingStream.ChangeAsync(unit, OnboardingId.Of(new InviteId(id)), new SettleApproval(account, false), ct),
                TestContext.Current.CancellationToken);
        }

        return id;
    }

    private static InviteRights SampleRights { get; } = InviteRights.None with { Kind = InviterKind.Member };

    private static InviteRights EveryRight { get; } = SampleRights with
    {
        Organizations = new Dictionary<string, IReadOnlySet<string>> { ["harbour"] = new HashSet<string> { "Users" } },
    };

    private static ClaimInvite Claim() => new(1, "key", new AccountId("new"), TimeSpan.FromMinutes(5), SampleRights, []);

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
