using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class DryRunTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration["Invites:MaxPerDay"] = "3");
        _host.IdentityProvider.AddOrganization("harbour", "Harbour e.V.");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_dry_run_gives_the_verdicts_of_the_real_one_and_stores_nothing()
    {
        var alice = _host.Member("alice");
        JsonObject[] Rows() =>
        [
            Row("anna@example.org"), Row("nonsense"), Row("ANNA@example.org"), Row("alice@example.org"), Row("ben@example.org", "see http://x.example"),
            Row("carl@example.org", organization: "harbour", group: "Users"), Row("dora@example.org"), Row("emil@example.org"), Row("finn@example.org"),
        ];

        var dry = await DryRunAsync(alice, Rows());
        (await _host.CountAsync("companion.contact")).ShouldBe(0);
        (await _host.CountAsync("events.mt_events")).ShouldBe(0);
        (await _host.CountAsync("companion.outbox_message")).ShouldBe(0);
        var real = await alice.IssueAsync(Rows());

        Verdicts(dry).ShouldBe([.. real.Select(row => (row.Row, row.Outcome == "issued" ? "good" : "refused", row.Code, row.Field, row.Argument))]);
        Verdicts(dry).Select(verdict => verdict.Code).ShouldBe(
            [null, "contact_malformed", "contact_duplicate", "contact_own", "message_has_link", "organisation_not_allowed", null, null, "quota_day"]);
        Verdicts(dry)[2].Argument.ShouldBe("1");
    }

    [Fact]
    public async Task A_dry_run_says_how_it_understood_the_organisation_and_shows_the_mail()
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "Admins");

        var answer = await DryRunAsync(
            alice, Row("nonsense"), Row("anna@example.org", "See you <b>there</b>", "de", organization: "harbour E.V.", group: "user managers"));

        answer.GetProperty("invites")[1].GetProperty("memberships").GetRawText()
            .ShouldBe("""[{"organization":"harbour","organizationName":"Harbour e.V.","group":"User Managers"}]""");
        var preview = answer.GetProperty("preview");
        preview.GetProperty("language").GetString().ShouldBe("de");
        preview.GetProperty("subject").GetString().ShouldBe("alice hat dich zu Harbour Community eingeladen");
        preview.GetProperty("html").GetString()!.ShouldContain("See you &lt;b&gt;there&lt;/b&gt;");
        preview.GetProperty("text").GetString()!.ShouldContain("See you <b>there</b>");
        preview.GetProperty("text").GetString()!.ShouldContain("https://companion.example.org/i#…");
    }

    [Fact]
    public async Task Without_a_good_row_there_is_no_mail_to_show() =>
        (await DryRunAsync(_host.Member("alice"), Row("nonsense"))).GetProperty("preview").ValueKind.ShouldBe(JsonValueKind.Null);

    [Fact]
    public async Task A_dry_run_needs_no_vouching_but_an_account_in_good_standing()
    {
        var waiting = _host.Member("wanda");
        _host.IdentityProvider.Put(_host.IdentityProvider.People[new("wanda")] with { Approval = "pending" });
        using var answer = await waiting.PostTextAsync("/api/v1/invites/dry-run", Body([Row("anna@example.org")]));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("account_waiting");
    }

    private static async Task<JsonElement> DryRunAsync(HttpClient client, params JsonObject[] rows)
    {
        using var answer = await client.PostTextAsync("/api/v1/invites/dry-run", Body(rows));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static string Body(JsonObject[] rows) => new JsonObject { ["invites"] = new JsonArray([.. rows]) }.ToJsonString();

    private static List<(int Row, string Outcome, string? Code, string? Field, string? Argument)> Verdicts(JsonElement answer) =>
    [
        .. answer.GetProperty("invites").EnumerateArray().Select(row => (
            row.GetProperty("row").GetInt32(),
            row.GetProperty("outcome").GetString()!,
            row.GetProperty("code").GetString(),
            row.GetProperty("field").GetString(),
            row.GetProperty("argument").GetString())),
    ];
}
