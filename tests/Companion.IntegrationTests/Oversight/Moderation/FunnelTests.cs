using System.Net;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.IntegrationTests.Journey.Registrations;
using Companion.Journey.Invites;
using Companion.Journey.Landing;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Oversight.Moderation;

/// <summary>How invitations become people in rooms, and what that costs moderators.</summary>
public sealed class FunnelTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly RegistrationScene _world = new(postgres);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IdentityProviderDouble Accounts => _world.Host.IdentityProvider;

    public async ValueTask InitializeAsync()
    {
        await _world.InitializeAsync();
        _world.Join("alice", "rita");
        Accounts.Put(Accounts.People[new AccountId("rita")] with { Roles = new HashSet<string> { RegistrationScene.Beginner } });
        Accounts.Put(Accounts.AddMember("moritz") with { Memberships = new HashSet<Membership> { new(null, "/moderators") } });
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Each_week_counts_how_far_its_invitations_got_whenever_that_was()
    {
        await TellStoryAsync();
        var weeks = (await ReadAsync("?weeks=3")).GetProperty("weeks").EnumerateArray().Select(Count);
        weeks.ShouldBe(["2026-02-23 0 0 0 0 0 0", "2026-03-02 5 4 3 3 2 1", "2026-03-09 1 1 0 0 0 0"]);
    }

    [Fact]
    public async Task Steps_tell_the_median_time_from_the_one_before()
    {
        await TellStoryAsync();
        (await ReadAsync()).GetProperty("steps").EnumerateArray()
            .Select(step => $"{step.Text("step")} {(step.GetProperty("medianSeconds").ValueKind == JsonValueKind.Null ? "-" : step.GetProperty("medianSeconds").GetDouble() / 60)}")
            .ShouldBe(["sent 0", "opened 60", "registered 30", "approved 5", "in_rooms 0"]);
    }

    [Fact]
    public async Task Moderators_time_is_measured_from_taking_a_case_to_the_vote()
    {
        await TellStoryAsync();
        var funnel = await ReadAsync();
        funnel.GetProperty("withoutHuman").GetDouble().ShouldBe(1 / 3d, 0.001);
        funnel.GetProperty("moderatorMinutesPerNewcomer").GetDouble().ShouldBe(10 / 3d, 0.001);
        funnel.GetProperty("moderatorMinutesSaved").GetDouble().ShouldBe(20);
    }

    [Fact]
    public async Task Where_nothing_happened_nothing_is_claimed()
    {
        var funnel = await ReadAsync();
        funnel.GetProperty("weeks").GetArrayLength().ShouldBe(12);
        foreach (var number in (string[])["withoutHuman", "moderatorMinutesPerNewcomer", "moderatorMinutesSaved"])
        {
            funnel.GetProperty(number).ValueKind.ShouldBe(JsonValueKind.Null);
        }

        funnel.GetProperty("steps").EnumerateArray().ShouldAllBe(step => step.GetProperty("medianSeconds").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_rebuild_fills_in_all_that_is_counted()
    {
        await TellStoryAsync();
        var before = (await ReadAsync()).GetRawText();
        await _world.Host.Database().ExecuteAsync("update companion.invite_details set first_out_at = null", [], Ct);
        await _world.Host.Database().ExecuteAsync("update companion.onboarding_details set let_in_at = null, in_rooms_at = null", [], Ct);
        await _world.Host.Database().ExecuteAsync("update companion.approval_details set seconds_taken = 0", [], Ct);
        await _world.Host.Database().ExecuteAsync("update companion.funnel_count set amount = amount + 1", [], Ct);
        (await ReadAsync()).GetRawText().ShouldNotBe(before);
        await _world.Host.Services.GetRequiredService<RebuildStreams>().RunAsync(null, Ct);
        (await ReadAsync()).GetRawText().ShouldBe(before);
    }

    [Fact]
    public async Task What_is_counted_as_it_happens_is_what_counting_anew_gives_folded_or_not()
    {
        const string Counts =
            """
            select week::text || ' ' || step || ' ' || coalesce(duration, -99) || ' ' || sum(amount) || ' ' || sum(milliseconds) as line
            from companion.funnel_count group by week, step, duration having sum(amount) <> 0 order by 1
            """;
        await TellStoryAsync();
        var database = _world.Host.Database();
        var counted = await LinesAsync();
        counted.Count.ShouldBeGreaterThan(10);
        await database.ExecuteAsync("select companion.fold_funnel()", [], Ct);
        (await LinesAsync()).ShouldBe(counted);
        (await database.QueryAsync("select count(*)::int from companion.funnel_count", reader => reader.GetInt32(0), [], Ct))[0].ShouldBe(counted.Count);
        await database.ExecuteAsync("select companion.count_again()", [], Ct);
        (await LinesAsync()).ShouldBe(counted);

        Task<List<string>> LinesAsync() => database.QueryAsync(Counts, reader => reader.GetString(0), [], Ct);
    }

    [Fact]
    public async Task Members_see_none_of_this()
    {
        using var answer = await _world.Host.ClientOf("alice").GetAsync("/api/v1/funnel", Ct);
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
        using var refused = await _world.Moderating().GetAsync("/api/v1/funnel?weeks=0", Ct);
        (refused.StatusCode, await refused.CodeAsync(Ct)).ShouldBe((HttpStatusCode.UnprocessableEntity, "weeks_out_of_range"));
    }

    /// <summary>
    /// Five invitations of one week: one not sent, one only sent, and three people who register: Ann at once and into the rooms,
    /// Nora once a moderator approved after ten minutes, but not into the room that she chose, for there is no chat; Nils is waiting
    /// still. One of the week after is sent.
    /// </summary>
    private async Task TellStoryAsync()
    {
        await IssueUnsentAsync();
        await _world.IssueAsync("alice");
        var (ann, nora, nils) = (await _world.IssueAsync("alice"), await _world.IssueAsync("rita"), await _world.IssueAsync("rita"));
        _world.Host.Clock.Advance(TimeSpan.FromHours(1));
        var openings = _world.Host.Services.GetRequiredService<InviteOpenings>();
        foreach (var invite in (InviteId[])[ann, nora, nils])
        {
            await openings.RecordAsync(invite, _world.Host.Clock.GetUtcNow(), Ct);
        }

        _world.Host.Clock.Advance(TimeSpan.FromMinutes(30));
        await openings.RecordAsync(ann, _world.Host.Clock.GetUtcNow(), Ct);
        await _world.ClaimedAsync(ann, "ann");
        await _world.RegisteredAsync(ann, "ann");
        await WaitingAsync(nora, "nora");
        await WaitingAsync(nils, "nils");
        await DecideAsync(nora, "take");
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await DecideAsync(nora, "approve");
        var decided = _world.Host.Clock.GetUtcNow();
        await _world.Host.RunOutboxAsync(Ct);
        _world.Host.Clock.GetUtcNow().ShouldBe(decided);
        _world.Host.Clock.Advance(TimeSpan.FromDays(7));
        await _world.IssueAsync("alice");
    }

    private async Task WaitingAsync(InviteId invite, string account)
    {
        Dictionary<string, string[]> boats = new() { ["interests"] = ["boats"] };
        (await _world.ClaimAsync(_world.Handle(invite), RegistrationScene.NewKey(), account, boats)).ShouldAccept();
        Accounts.Put(Accounts.AddMember(account, inviteId: invite) with { Approval = "pending" });
        await _world.TellAsync("registered", invite, account);
        await _world.Host.RunOutboxAsync(Ct);
    }

    private async Task DecideAsync(InviteId invite, string act)
    {
        var page = await _world.Moderating().ReadAsync("/api/v1/approvals");
        var waiting = page.GetProperty("approvals").EnumerateArray().Single(view => view.GetProperty("inviteId").GetGuid() == invite.Value);
        using var answer = await _world.Moderating().PostTextAsync($"/api/v1/approvals/{waiting.GetProperty("id").GetGuid()}/{act}", "{}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task IssueUnsentAsync() => _world.Host.Services.GetRequiredService<Transactions>().RunAsync(
        (unit, _) =>
        {
            InviteId id = new(Guid.NewGuid());
            unit.Append(
                InviteStream.Type,
                new Loaded<Invite>(id.Value, Invite.Initial, 0),
                [new InviteIssued(id, new AccountId("alice"), new ContactId(Guid.NewGuid()), [], [], "en", unit.Now.AddDays(14), unit.Now)]);
            return Task.FromResult(true);
        },
        Ct);

    private Task<JsonElement> ReadAsync(string query = "") => _world.Moderating().ReadAsync($"/api/v1/funnel{query}");

    private static string Count(JsonElement week) => string.Join(
        ' ', week.EnumerateObject().Select(count => count.Value.ToString()));
}
