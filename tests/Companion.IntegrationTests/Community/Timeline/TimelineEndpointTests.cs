using System.Net;
using System.Text.Json;
using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using static Companion.IntegrationTests.Community.Timeline.TimelineSeeds;

namespace Companion.IntegrationTests.Community.Timeline;

public sealed class TimelineEndpointTests(CompanionHost host) : IClassFixture<CompanionHost>
{
    private static readonly InviteId Invite = new(Guid.Parse("0197a0b0-0000-7000-8000-00000000000a"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_sees_own_invites_and_what_is_about_the_own_account_and_nothing_else()
    {
        var (me, other) = (Name("me"), Name("other"));
        await host.WriteTimelineAsync(
            Entry("invite_issued") with { Inviter = me },
            Entry("invite_redeemed") with { Inviter = other, Account = me },
            Entry("invite_revoked") with { Inviter = other, Account = other },
            // For moderators only, though it is about this account.
            Entry("invite_matched_account") with { Inviter = null, Account = me });

        (await TypesAsync(me, moderator: false, "")).ShouldBe(["invite_redeemed", "invite_issued"]);
        (await TypesAsync(me, moderator: false, $"?person={me}")).ShouldNotContain("invite_matched_account");
        (await TypesAsync(me, moderator: false, $"?person={other}")).ShouldBe(["invite_redeemed"]);
    }

    [Fact]
    public async Task A_moderator_sees_all()
    {
        var someone = Name("someone");
        await host.WriteTimelineAsync(
            Entry("invite_issued") with { Inviter = someone }, Entry("invite_matched_account") with { Inviter = null, Account = someone });

        (await TypesAsync(Name("moderator"), moderator: true, $"?person={someone}")).ShouldBe(["invite_matched_account", "invite_issued"]);
    }

    [Theory]
    [InlineData("kind=AdminEvent", "invite_expired")]
    [InlineData("kind=UserEvent", "invite_issued")]
    [InlineData("type=invite_expired", "invite_expired")]
    [InlineData("invite=0197a0b0-0000-7000-8000-00000000000a", "invite_expired")]
    [InlineData("from=2026-03-03T00:00:00Z", "invite_expired")]
    [InlineData("to=2026-03-03T00:00:00Z", "invite_issued")]
    public async Task A_filter_leaves_what_it_names(string filter, string expected)
    {
        var me = Name("me");
        await host.WriteTimelineAsync(
            Entry("invite_issued") with { Inviter = me },
            Entry("invite_expired") with { Inviter = me, Kind = TimelineKind.AdminEvent, At = FakeClock.Start.AddDays(1), InviteId = Invite });

        (await TypesAsync(me, moderator: false, $"?{filter}")).ShouldBe([expected]);
    }

    [Fact]
    public async Task Pages_join_to_the_whole_without_gap_or_overlap()
    {
        var me = Name("me");
        await host.WriteTimelineAsync([.. Enumerable.Range(0, 7).Select(n => Entry($"type_{n}") with { Inviter = me })]);

        var (types, cursor) = (new List<string>(), "");
        for (var page = 0; page < 4; page++)
        {
            var answer = await GetAsync(me, moderator: false, $"?limit=2{cursor}");
            types.AddRange(Types(answer));
            cursor = answer.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
        }

        types.ShouldBe(Enumerable.Range(0, 7).Reverse().Select(n => $"type_{n}"));
        cursor.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_feed_goes_on_where_it_ended_also_after_an_empty_page()
    {
        var me = Name("me");
        await host.WriteTimelineAsync(Entry("first") with { Inviter = me });
        await Eventually.HoldsAsync(async () => Types(await GetAsync(me, moderator: false, "?order=oldest")).Count == 1);
        var cursor = (await GetAsync(me, moderator: false, "?order=oldest")).GetProperty("next").GetString();
        var empty = await GetAsync(me, moderator: false, $"?order=oldest&cursor={cursor}");
        empty.GetProperty("entries").GetArrayLength().ShouldBe(0);

        await host.WriteTimelineAsync(Entry("second") with { Inviter = me });
        await Eventually.HoldsAsync(async () =>
            Types(await GetAsync(me, moderator: false, $"?order=oldest&cursor={empty.GetProperty("next").GetString()}")) is ["second"]);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=bm9uc2Vuc2U", "cursor")]
    [InlineData("cursor=%27%3B", "cursor")]
    [InlineData("order=oldest&cursor=bi4x", "cursor")]
    [InlineData("order=random", "order")]
    [InlineData("kind=Everything", "kind")]
    [InlineData("invite=7", "invite")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=tomorrow", "to")]
    public async Task A_malformed_parameter_is_named(string query, string field)
    {
        var answer = await host.ClientOf("anna").GetAsync($"/api/v1/timeline?{query}", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemAsync(Cancel)).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_shown() =>
        (await host.Anonymous.GetAsync("/api/v1/timeline", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    private async Task<JsonElement> GetAsync(AccountId caller, bool moderator, string query) =>
        JsonSerializer.Deserialize<JsonElement>(await host.ClientOf(caller.Value, moderator).GetStringAsync($"/api/v1/timeline{query}", Cancel));

    private async Task<List<string>> TypesAsync(AccountId caller, bool moderator, string query) => Types(await GetAsync(caller, moderator, query));

    private static List<string> Types(JsonElement page) =>
        [.. page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()!)];
}
