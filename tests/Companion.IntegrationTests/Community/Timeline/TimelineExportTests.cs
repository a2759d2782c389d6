using System.Net;
using System.Text.Json;
using Companion.Community.Contacts;
using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Oversight.Erasing;
using Microsoft.Extensions.DependencyInjection;
using static Companion.IntegrationTests.Community.Timeline.TimelineSeeds;

namespace Companion.IntegrationTests.Community.Timeline;

public sealed class TimelineExportTests(CompanionHost host, PostgresFixture postgres) : IClassFixture<CompanionHost>
{
    private const string Header = "id,kind,type,at,actor,account,inviter,inviteId,detail,contact,cursor";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_takes_out_own_invites_and_what_is_about_the_own_account_and_nothing_else()
    {
        var (me, other) = (Name("me"), Name("other"));
        await host.WriteTimelineAsync(
            Entry("invite_issued") with { Inviter = me },
            Entry("invite_redeemed") with { Inviter = other, Account = me },
            Entry("invite_revoked") with { Inviter = other, Account = other },
            Entry("invite_matched_account") with { Inviter = null, Account = me });
        await FinalAsync(other, 2);

        (await LinesAsync(me, moderator: false, "")).Select(Type).ShouldBe(["invite_issued", "invite_redeemed"]);
        (await CsvAsync(me, moderator: false, "")).Skip(1).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("actor")]
    [InlineData("account")]
    [InlineData("inviter")]
    public async Task A_person_is_found_as_the_one_who_did_it_as_the_one_it_is_about_and_as_the_inviter(string role)
    {
        var (who, other) = (Name("who"), Name("other"));
        var entry = Entry("probe") with { Actor = other, Account = other, Inviter = other };
        await host.WriteTimelineAsync(entry, role switch
        {
            "actor" => entry with { Actor = who },
            "account" => entry with { Account = who },
            _ => entry with { Inviter = who },
        });
        await FinalAsync(who, 1);

        (await LinesAsync(Name("moderator"), moderator: true, $"?person={who}")).ShouldHaveSingleItem().GetProperty(role).GetString().ShouldBe(who.Value);
    }

    [Fact]
    public async Task Filters_narrow_an_export_as_they_do_the_list()
    {
        var me = Name("me");
        var (invite, later) = (Guid.CreateVersion7(), FakeClock.Start.AddDays(1));
        await host.WriteTimelineAsync(
            Entry("invite_issued") with { Inviter = me },
            Entry("invite_expired") with { Inviter = me, Kind = TimelineKind.AdminEvent, At = later, InviteId = new(invite) });
        await FinalAsync(me, 2);

        foreach (var filter in (string[])["kind=AdminEvent", "type=invite_expired", $"invite={invite}", "from=2026-03-03T00:00:00Z"])
        {
            (await LinesAsync(me, moderator: false, $"?{filter}")).Select(Type).ShouldBe(["invite_expired"], filter);
        }

        (await LinesAsync(me, moderator: false, "?to=2026-03-03T00:00:00Z")).Select(Type).ShouldBe(["invite_issued"]);
    }

    [Fact]
    public async Task Pieces_join_to_the_whole_by_the_header_as_by_any_lines_cursor()
    {
        var me = Name("me");
        await host.WriteTimelineAsync([.. Enumerable.Range(0, 1203).Select(n => Entry($"type_{n}") with { Inviter = me })]);
        await FinalAsync(me, 1203);

        var whole = await LinesAsync(me, moderator: false, "");
        whole.Select(Type).ShouldBe(Enumerable.Range(0, 1203).Select(n => $"type_{n}"));
        var rest = await LinesAsync(me, moderator: false, $"?cursor={whole[599].GetProperty("cursor").GetString()}");
        rest.Select(Type).ShouldBe(whole.Skip(600).Select(Type));

        var (types, cursor) = (new List<string>(), "");
        for (var piece = 0; piece < 3; piece++)
        {
            using var answer = await host.ClientOf(me.Value).GetAsync($"/api/v1/timeline.ndjson?limit=501{cursor}", Cancel);
            types.AddRange(Lines(await answer.Content.ReadAsStringAsync(Cancel)).Select(Type));
            cursor = $"&cursor={answer.Headers.GetValues("Timeline-Cursor").Single()}";
        }

        types.ShouldBe(whole.Select(Type));
        (await LinesAsync(me, moderator: false, $"?{cursor[1..]}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_csv_has_a_header_row_crlf_and_quotes_only_what_needs_them()
    {
        var me = Name("me");
        var invite = Guid.CreateVersion7();
        await host.WriteTimelineAsync(Entry("probe") with { Actor = me, Inviter = me, InviteId = new(invite), Detail = "says \"a, b\"\nand more" });
        await FinalAsync(me, 1);
        var line = (await LinesAsync(me, moderator: false, "")).Single();

        using var answer = await host.ClientOf(me.Value).GetAsync("/api/v1/timeline.csv", Cancel);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("timeline.csv");
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe(
            $"{Header}\r\n{line.GetProperty("id").GetInt64()},UserEvent,probe,2026-03-02T10:00:00.0000000Z,{me},,{me},{invite},"
            + $"\"says \"\"a, b\"\"\nand more\",,{line.GetProperty("cursor").GetString()}\r\n");
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49", "\"'+49\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("=\"x\"", "\"'=\"\"x\"\"\"")]
    public async Task A_value_that_a_spreadsheet_would_run_is_text_in_the_csv_and_as_it_is_in_json(string detail, string written)
    {
        var me = Name("me");
        await host.WriteTimelineAsync(Entry("probe") with { Inviter = me, Detail = detail });
        await FinalAsync(me, 1);

        (await CsvAsync(me, moderator: false, ""))[1].ShouldContain($",,{written},,");
        (await LinesAsync(me, moderator: false, "")).Single().GetProperty("detail").GetString().ShouldBe(detail);
    }

    [Fact]
    public async Task Moderators_read_the_masked_contact_until_it_is_erased_and_members_never()
    {
        var alice = Name("alice");
        var invite = await host.Member(alice.Value).IssueOneAsync("anna.contact@example.org");
        await FinalAsync(alice, 1);
        var filter = $"?invite={invite}";

        (await LinesAsync(Name("mod"), moderator: true, filter)).Single().GetProperty("contact").GetString().ShouldBe("a•••@example.org");
        (await PageAsync(Name("mod"), moderator: true, filter)).GetProperty("entries")[0].GetProperty("contact").GetString().ShouldBe("a•••@example.org");
        (await CsvAsync(Name("mod"), moderator: true, filter))[1].ShouldContain(",a•••@example.org,");
        (await LinesAsync(alice, moderator: false, filter)).Single().GetProperty("contact").ValueKind.ShouldBe(JsonValueKind.Null);
        (await PageAsync(alice, moderator: false, filter)).GetProperty("entries")[0].GetProperty("contact").ValueKind.ShouldBe(JsonValueKind.Null);

        var chain = host.Services.GetRequiredService<TimelineChain>();
        await chain.SealAsync(Cancel);
        EmailAddress.TryParse("anna.contact@example.org", out var address).ShouldBeTrue();
        (await host.Services.GetRequiredService<ErasePerson>().RunAsync(address!, revoke: true, Cancel)).Refusal.ShouldBeNull();

        (await LinesAsync(Name("mod"), moderator: true, filter)).ShouldAllBe(line => line.GetProperty("contact").ValueKind == JsonValueKind.Null);
        (await chain.VerifyAsync(Cancel)).Broken.ShouldBeNull();
    }

    [Theory]
    [InlineData("order=newest", "order")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=bi4x", "cursor")]
    [InlineData("person=x&invite=7", "invite")]
    public async Task A_malformed_parameter_is_named_before_anything_is_written(string query, string field)
    {
        foreach (var format in (string[])["csv", "ndjson"])
        {
            using var answer = await host.ClientOf("anna").GetAsync($"/api/v1/timeline.{format}?{query}", Cancel);

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.ProblemAsync(Cancel)).GetProperty("field").GetString().ShouldBe(field);
        }
    }

    [Fact]
    public async Task Without_a_token_nothing_is_taken_out()
    {
        (await host.Anonymous.GetAsync("/api/v1/timeline.csv", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Anonymous.GetAsync("/api/v1/timeline.ndjson", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task An_export_whose_first_page_can_not_be_read_says_so_in_place_of_beginning(string format)
    {
        await using var broken = await CompanionHost.StartAsync(postgres, _ => { });
        await broken.Database().ExecuteAsync("alter table companion.contact rename to contact_away", [], Cancel);

        using var answer = await broken.ClientOf("mona", moderator: true).GetAsync($"/api/v1/timeline.{format}", Cancel);

        (answer.StatusCode, await answer.CodeAsync(Cancel)).ShouldBe((HttpStatusCode.InternalServerError, "internal"));
        answer.Headers.Contains("Timeline-Cursor").ShouldBeFalse();
    }

    /// <summary>Transactions of other tests on the same server may hold entries back for a moment.</summary>
    private Task FinalAsync(AccountId person, int count) => Eventually.HoldsAsync(async () =>
        (await LinesAsync(Name("moderator"), moderator: true, $"?person={person}")).Count == count);

    private async Task<List<JsonElement>> LinesAsync(AccountId caller, bool moderator, string query) =>
        Lines(await host.ClientOf(caller.Value, moderator).GetStringAsync($"/api/v1/timeline.ndjson{query}", Cancel));

    private async Task<string[]> CsvAsync(AccountId caller, bool moderator, string query) =>
        (await host.ClientOf(caller.Value, moderator).GetStringAsync($"/api/v1/timeline.csv{query}", Cancel)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private async Task<JsonElement> PageAsync(AccountId caller, bool moderator, string query) =>
        JsonSerializer.Deserialize<JsonElement>(await host.ClientOf(caller.Value, moderator).GetStringAsync($"/api/v1/timeline{query}", Cancel));

    private static List<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static string Type(JsonElement line) => line.GetProperty("type").GetString()!;
}
