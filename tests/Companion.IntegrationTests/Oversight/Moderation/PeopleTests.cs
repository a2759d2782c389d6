using System.Net;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.IntegrationTests.Journey.Registrations;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Oversight.Moderation;

/// <summary>The tree of who brought whom, as moderators see it.</summary>
public sealed class PeopleTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly RegistrationScene _world = new(postgres);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _world.InitializeAsync();
        _world.Join("alice", "zoe");
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_forest_begins_with_those_whom_nobody_invited_and_the_biggest_subtrees()
    {
        await GrowAsync();
        var page = await ReadAsync();
        Names(page).ShouldBe(["alice 3/4", "zoe 1/1", "ben 1/1", "cleo 0/0", "dora 0/0", "zeno 0/0", "emil 0/0"]);
        (page.GetProperty("truncated").GetBoolean(), page.GetProperty("path").GetArrayLength()).ShouldBe((false, 0));
    }

    [Fact]
    public async Task A_person_is_shown_with_what_became_of_those_who_were_brought()
    {
        await GrowAsync();
        await _world.IssueAsync("ben");
        _world.Host.IdentityProvider.Put(_world.Host.IdentityProvider.People[new AccountId("ben")] with { DisplayName = "Ben Berg" });
        var ben = Person(await ReadAsync("?root=alice"), "ben");
        (ben.Text("name"), ben.Text("inviter"), ben.GetProperty("depth").GetInt32(), ben.Text("status")).ShouldBe(("Ben Berg", "alice", 1, "completed"));
        (ben.GetProperty("brought").GetInt32(), ben.GetProperty("below").GetInt32(), ben.GetProperty("open").GetInt32()).ShouldBe((1, 1, 1));
        (ben.GetProperty("good").GetInt32(), ben.GetProperty("bad").GetInt32(), ben.Text("standing")).ShouldBe((1, 0, "good"));
        ben.GetProperty("joinedAt").GetDateTimeOffset().ShouldBe(_world.Host.Clock.GetUtcNow());
        var alice = Person(await ReadAsync(), "alice");
        (alice.Text("status"), alice.Text("inviter"), alice.Text("joinedAt"), alice.Text("standing")).ShouldBe((null, null, null, "good"));
        Person(await ReadAsync(), "emil").Text("standing").ShouldBe("none");
    }

    [Fact]
    public async Task A_subtree_comes_with_the_way_to_its_root()
    {
        await GrowAsync();
        var page = await ReadAsync("?root=emil");
        Names(page).ShouldBe(["emil 0/0"]);
        page.GetProperty("path").EnumerateArray().Select(above => above.Text("account")).ShouldBe(["alice", "ben"]);
        Person(page, "emil").GetProperty("depth").GetInt32().ShouldBe(2);
        Names(await ReadAsync("?root=ben")).ShouldBe(["ben 1/1", "emil 0/0"]);
    }

    [Fact]
    public async Task What_is_more_than_asked_for_is_left_out_from_below_and_said()
    {
        await GrowAsync();
        var page = await ReadAsync("?limit=3");
        Names(page).ShouldBe(["alice 3/4", "zoe 1/1", "ben 1/1"]);
        page.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        (await ReadAsync("?limit=7")).GetProperty("truncated").GetBoolean().ShouldBeFalse();
        using var refused = await _world.Moderating().GetAsync("/api/v1/people?limit=501", Ct);
        (refused.StatusCode, await refused.CodeAsync(Ct)).ShouldBe((HttpStatusCode.UnprocessableEntity, "limit_out_of_range"));
    }

    [Fact]
    public async Task Those_side_by_side_come_page_by_page()
    {
        await GrowAsync();
        var first = await ReadAsync("?limit=1");
        (Names(first).Single(), first.GetProperty("truncated").GetBoolean()).ShouldBe(("alice 3/4", true));
        var second = await ReadAsync($"?limit=1&cursor={first.Text("next")}");
        (Names(second).Single(), second.Text("next")).ShouldBe(("zoe 1/1", null));
        var brought = await ReadAsync("?root=alice&limit=2");
        Names(brought).ShouldBe(["alice 3/4", "ben 1/1", "cleo 0/0"]);
        var rest = await ReadAsync($"?root=alice&limit=2&cursor={brought.Text("next")}");
        (Names(rest).Single(), rest.Text("next"), rest.GetProperty("truncated").GetBoolean()).ShouldBe(("dora 0/0", null, false));
        using var refused = await _world.Moderating().GetAsync("/api/v1/people?cursor=x.y", Ct);
        (refused.StatusCode, await refused.CodeAsync(Ct)).ShouldBe((HttpStatusCode.UnprocessableEntity, "cursor_malformed"));
    }

    [Fact]
    public async Task Who_is_invited_later_moves_below_the_inviter_with_all_whom_he_brought()
    {
        await GrowAsync();
        await _world.DecideAsync(await _world.IssueAsync("emil"), new RedeemInvite(new AccountId("zoe")));
        Names(await ReadAsync()).ShouldBe(["alice 3/6", "ben 1/3", "cleo 0/0", "dora 0/0", "emil 1/2", "zoe 1/1", "zeno 0/0"]);
    }

    [Fact]
    public async Task A_circle_has_an_end()
    {
        await _world.BringAsync("alice", "ben", "cleo");
        var invite = await _world.IssueAsync("cleo");
        await _world.DecideAsync(invite, new RedeemInvite(new AccountId("alice")));
        var page = await ReadAsync("?root=alice");
        Names(page).ShouldBe(["alice 1/2", "ben 1/1", "cleo 0/0"]);
        page.GetProperty("path").EnumerateArray().Select(above => above.Text("account")).ShouldBe(["ben", "cleo"]);
        await _world.ActAsync("ben", "freeze", new { below = true });
        page = await ReadAsync("?root=alice");
        Person(page, "alice").Text("frozenAbove").ShouldBe("ben");
        Person(page, "ben").Text("frozenAbove").ShouldBeNull();
        (await _world.ActAsync("ben", "revoke-pending", new { below = true })).GetProperty("revoked").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Who_is_frozen_and_by_whose_freeze_is_shown_the_nearest_first()
    {
        await _world.BringAsync("alice", "ben", "cleo", "dora");
        await _world.ActAsync("alice", "freeze", new { below = true });
        await _world.ActAsync("cleo", "freeze", new { below = true });
        var page = await ReadAsync("?root=alice");
        page.GetProperty("people").EnumerateArray()
            .Select(person => (person.Text("account"), person.GetProperty("isFrozen").GetBoolean(), person.Text("frozenAbove")))
            .ShouldBe([("alice", true, null), ("ben", false, "alice"), ("cleo", true, "alice"), ("dora", false, "cleo")]);
    }

    [Fact]
    public async Task People_are_found_by_name_and_by_account()
    {
        await GrowAsync();
        _world.Host.IdentityProvider.Put(_world.Host.IdentityProvider.People[new AccountId("ben")] with { DisplayName = "Benjamin Berg" });
        Names(await ReadAsync("?search=jamin")).ShouldBe(["ben 1/1"]);
        Names(await ReadAsync("?search=emil")).ShouldBe(["emil 0/0"]);
        Names(await ReadAsync("?search=nobody")).ShouldBeEmpty();
        _world.Host.IdentityProvider.Remove("emil");
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var gone = await ReadAsync("?search=emil");
        Names(gone).ShouldBe(["emil 0/0"], "an account that is gone is still known here");
        Person(gone, "emil").Text("name").ShouldBeNull();
    }

    [Fact]
    public async Task Accounts_have_the_names_that_are_known_now()
    {
        _world.Host.IdentityProvider.AddMember("rosa");
        _world.Host.IdentityProvider.Put(_world.Host.IdentityProvider.People[new AccountId("rosa")] with { DisplayName = "Rosa Rank" });
        var names = (await ReadAsync("/names?account=rosa&account=nobody&account=rosa")).GetProperty("names");
        names.EnumerateObject().Select(name => (name.Name, name.Value.GetString())).ShouldBe([("rosa", "Rosa Rank")]);
        (await ReadAsync("/names")).GetProperty("names").EnumerateObject().ShouldBeEmpty();
        var many = string.Concat(Enumerable.Range(0, 101).Select(number => $"&account={number}"));
        using var refused = await _world.Moderating().GetAsync($"/api/v1/people/names?{many}", Ct);
        (refused.StatusCode, await refused.CodeAsync(Ct)).ShouldBe((HttpStatusCode.UnprocessableEntity, "too_many_names"));
    }

    [Fact]
    public async Task What_did_not_change_is_not_sent_again()
    {
        await GrowAsync();
        using var first = await _world.Moderating().GetAsync("/api/v1/people", Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/people");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _world.Moderating().SendAsync(request, Ct);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_rebuild_changes_nothing_about_people()
    {
        await GrowAsync();
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.DecideAsync(await _world.IssueAsync("emil"), new RedeemInvite(new AccountId("ben")));
        await _world.ActAsync("alice", "freeze", new { below = true, reason = "Raid" });
        await _world.ActAsync("zoe", "flag");
        var before = (await ReadAsync()).GetRawText();
        await _world.Host.Database().ExecuteAsync("delete from companion.member_details", [], Ct);
        await _world.Host.Database().ExecuteAsync("delete from companion.person where account <> 'zoe'", [], Ct);
        (await ReadAsync()).GetRawText().ShouldNotBe(before);
        await _world.Host.Services.GetRequiredService<RebuildStreams>().RunAsync(null, Ct);
        (await ReadAsync()).GetRawText().ShouldBe(before);
    }

    [Theory]
    [InlineData("/api/v1/people")]
    [InlineData("/api/v1/people?root=alice")]
    [InlineData("/api/v1/people/names?account=alice")]
    public async Task Members_see_none_of_this(string path)
    {
        using var answer = await _world.Host.ClientOf("alice").GetAsync(path, Ct);
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
    }

    [Fact]
    public async Task What_no_text_can_hold_is_no_account()
    {
        using var answer = await _world.Moderating().GetAsync("/api/v1/people?root=a%00b", Ct);
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.BadRequest, "request_malformed"));
    }

    /// <summary>Alice brought Ben, Cleo and Dora, Ben brought Emil; Zoe brought Zeno.</summary>
    private async Task GrowAsync()
    {
        await _world.BringAsync("alice", "ben", "emil");
        await _world.BringAsync("alice", "cleo");
        await _world.BringAsync("alice", "dora");
        await _world.BringAsync("zoe", "zeno");
    }

    private Task<JsonElement> ReadAsync(string query = "") => _world.Moderating().ReadAsync($"/api/v1/people{query}");

    private static JsonElement Person(JsonElement page, string account) =>
        page.GetProperty("people").EnumerateArray().Single(person => person.Text("account") == account);

    private static IEnumerable<string> Names(JsonElement page) => page.GetProperty("people").EnumerateArray()
        .Select(person => $"{person.Text("account")} {person.GetProperty("brought").GetInt32()}/{person.GetProperty("below").GetInt32()}");
}
