using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Community.Directory;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class OrganizationLookupTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;
    private int _lookups;

    public async ValueTask InitializeAsync()
    {
        _host = await CompanionHost.StartAsync(postgres, _ => { });
        _host.IdentityProvider.AddOrganization("harbour", "Harbour e.V.");
        _host.IdentityProvider.AddOrganization("pier", "Pier", "harbour");
        _host.IdentityProvider.AddOrganization("lighthouse", "Lighthouse");
        _host.IdentityProvider.Before = method =>
        {
            if (method == nameof(IIdentityProvider.FindOrganizationAsync))
            {
                Interlocked.Increment(ref _lookups);
            }

            return Task.CompletedTask;
        };
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/invites")]
    [InlineData("/api/v1/invites/dry-run")]
    public async Task A_request_names_at_most_50_different_organisations(string path)
    {
        var alice = Admin();

        using var answer = await alice.PostTextAsync(path, Request(Enumerable.Range(0, 51).Select(i => $"made up {i}")));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.ProblemAsync(TestContext.Current.CancellationToken);
        problem.GetProperty("code").GetString().ShouldBe("organizations_too_many");
        problem.GetProperty("field").GetString().ShouldBe("invites");
        problem.GetProperty("argument").GetString().ShouldBe("50");
        _lookups.ShouldBe(0);
        (await _host.CountAsync("companion.contact")).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_organisation_counts_once_however_many_rows_name_it()
    {
        var rows = await DryRunAsync(Admin(), Enumerable.Range(0, 60).Select(i => i < 50 ? $"made up {i}" : "made up 0"));

        rows.Count.ShouldBe(60);
        rows.ShouldAllBe(row => row.GetProperty("code").GetString() == "organisation_not_allowed");
    }

    [Fact]
    public async Task For_a_member_without_an_office_no_organisation_is_looked_up()
    {
        var rows = await DryRunAsync(_host.Member("alice"), ["made up", "harbour", "lighthouse"]);

        rows.ShouldAllBe(row => row.GetProperty("code").GetString() == "organisation_not_allowed");
        _lookups.ShouldBe(0);
    }

    [Fact]
    public async Task An_officer_of_an_organisation_reaches_what_it_gives_and_nothing_else_is_looked_up()
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "User Managers");

        var rows = await DryRunAsync(alice, ["harbour E.V.", "PIER", "lighthouse", "made up"]);

        rows.Select(row => row.GetProperty("code").GetString()).ShouldBe([null, null, "organisation_not_allowed", "organisation_not_allowed"]);
        rows.Take(2).Select(row => row.GetProperty("memberships")[0].GetProperty("organization").GetString()).ShouldBe(["harbour", "pier"]);
        _lookups.ShouldBe(1, "the own organisation");
    }

    [Fact]
    public async Task An_organisation_that_does_not_exist_is_asked_for_once_as_long_as_answers_are_remembered()
    {
        var alice = Admin();

        await DryRunAsync(alice, ["made up", "lighthouse"]);
        await DryRunAsync(alice, ["made up", "lighthouse"]);
        _lookups.ShouldBe(2);

        _host.IdentityProvider.AddOrganization("made up");
        _host.Clock.Advance(TimeSpan.FromSeconds(60));
        (await DryRunAsync(alice, ["made up"])).Single().GetProperty("code").GetString().ShouldBeNull();
    }

    /// <summary>May invite into every organisation.</summary>
    private HttpClient Admin()
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Put(_host.IdentityProvider.People[new("alice")] with { Roles = new HashSet<string> { "companion-admin" } });
        return alice;
    }

    private static string Request(IEnumerable<string> organizations) => new JsonObject
    {
        ["vouched"] = true,
        ["invites"] = new JsonArray(
            [.. organizations.Select((organization, i) => Row($"p{i}@example.org", organization: organization, group: "Users"))]),
    }.ToJsonString();

    private static async Task<IReadOnlyList<JsonElement>> DryRunAsync(HttpClient client, IEnumerable<string> organizations)
    {
        using var answer = await client.PostTextAsync("/api/v1/invites/dry-run", Request(organizations));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return [.. JsonSerializer.Deserialize<JsonElement>(text).GetProperty("invites").EnumerateArray()];
    }
}
