using System.Net;
using System.Text.Json;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class InviteOptionsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration["Directory:FurtherGroups:0"] = "Enumerators");
        _host.IdentityProvider.AddOrganization("harbour", "Harbour e.V.");
        _host.IdentityProvider.AddOrganization("pier", "Pier", "harbour");
        for (var i = 0; i < 120; i++)
        {
            _host.IdentityProvider.AddOrganization($"boat{i}", $"Boat {i:000}", "harbour");
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_member_without_an_office_is_offered_no_organisation()
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "Users");

        var options = await alice.ReadAsync("/api/v1/invite-options");

        options.GetProperty("kind").GetString().ShouldBe("member");
        options.GetProperty("organizations").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_user_manager_is_offered_the_organisation_and_those_whose_content_it_owns()
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "User Managers");

        var all = await PagesAsync(alice, "");
        var found = await PagesAsync(alice, "harb");
        var pier = (await PagesAsync(alice, "PIER")).Single();

        all.Count.ShouldBe(122);
        all.Select(offer => offer.GetProperty("name").GetString()).ShouldBeInOrder();
        found.Single().GetRawText().ShouldBe("""{"alias":"harbour","name":"Harbour e.V.","groups":["Users","User Managers"],"owner":null}""");
        pier.GetRawText().ShouldBe("""{"alias":"pier","name":"Pier","groups":["Users","User Managers"],"owner":"Harbour e.V."}""");
    }

    [Theory]
    [InlineData("companion-admin", "community_admin")]
    [InlineData("companion-superuser", "superuser")]
    public async Task An_admin_of_the_community_is_offered_every_organisation_with_every_group(string role, string kind)
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Put(_host.IdentityProvider.People[new("alice")] with { Roles = new HashSet<string> { role } });

        var all = await PagesAsync(alice, "");

        all.Count.ShouldBe(122);
        all.ShouldAllBe(offer => offer.GetProperty("groups").GetArrayLength() == 4 && offer.GetProperty("owner").ValueKind == JsonValueKind.Null);
        (await alice.ReadAsync("/api/v1/me")).GetProperty("kind").GetString().ShouldBe(kind);
    }

    [Fact]
    public async Task Who_waits_for_an_approval_is_offered_nothing()
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "Admins");
        _host.IdentityProvider.Put(_host.IdentityProvider.People[new("alice")] with { Approval = "pending" });
        _host.Rooms.Offer("alice", new RoomOffer(new RoomId("!pier:example.org"), "Pier"));

        using var answer = await alice.GetAsync("/api/v1/invite-options", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("account_waiting");
    }

    [Fact]
    public async Task What_is_offered_is_what_is_accepted()
    {
        var alice = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "User Managers");
        foreach (var offer in (await PagesAsync(alice, "")).Take(3))
        {
            foreach (var group in offer.GetProperty("groups").EnumerateArray())
            {
                var row = InviteApi.Row(
                    $"{Guid.NewGuid():n}@example.org", organization: offer.GetProperty("alias").GetString(), group: group.GetString());
                (await alice.IssueAsync(row)).Single().Code.ShouldBeNull();
            }
        }
    }

    [Fact]
    public async Task A_cursor_that_is_none_is_refused()
    {
        using var answer = await _host.Member("alice").GetAsync("/api/v1/invite-options?cursor=-1", TestContext.Current.CancellationToken);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("cursor_malformed");
    }

    private static async Task<List<JsonElement>> PagesAsync(HttpClient client, string search)
    {
        List<JsonElement> offers = [];
        string? cursor = null;
        do
        {
            var page = await client.ReadAsync($"/api/v1/invite-options?search={search}{(cursor is null ? "" : $"&cursor={cursor}")}");
            page.GetProperty("organizations").GetArrayLength().ShouldBeLessThanOrEqualTo(50);
            offers.AddRange(page.GetProperty("organizations").EnumerateArray());
            cursor = page.GetProperty("nextOrganizations").GetString();
        }
        while (cursor is not null);
        return offers;
    }
}
