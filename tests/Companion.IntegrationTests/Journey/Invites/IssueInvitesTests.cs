using System.Net;
using System.Text.Json.Nodes;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Microsoft.Extensions.DependencyInjection;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class IssueInvitesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CompanionHost.StartAsync(postgres, settings =>
    {
        settings.Configuration["Directory:CacheSeconds"] = "0";
        settings.Configuration["Directory:Groups:0:Path"] = "/members";
        settings.Configuration["Directory:Groups:0:InvitedBy:0"] = "/members";
        settings.Configuration["Directory:Groups:1:Path"] = "/staff";
        settings.Configuration["Directory:Groups:1:InvitedBy:0"] = "/staff";
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_accepted_row_stores_the_invite_its_contact_its_timeline_entry_and_its_to_dos()
    {
        var rows = await _host.Member("alice").IssueAsync(Row("Anna@Example.org", "Come and join us", "de", "/members"));

        rows[0].ShouldBe(new RowAnswer(1, "issued", rows[0].Id, FakeClock.Start.AddDays(14), null, null, null, null));
        (await _host.CountAsync("events.mt_events", "type = 'invite_issued'")).ShouldBe(1);
        (await _host.CountAsync("companion.contact", "address = 'Anna@example.org' and message = 'Come and join us'")).ShouldBe(1);
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_issued' and kind = 'UserEvent' and actor = 'alice'")).ShouldBe(1);
        (await _host.CountAsync("companion.outbox_message", $"kind = 'invite_mail' and payload->>'InviteId' = '{rows[0].Id}'")).ShouldBe(1);
        (await _host.CountAsync("companion.outbox_message", "kind = 'invite_expiry' and due_at > created_at")).ShouldBe(1);
        (await _host.FindTextAsync("anna@example.org")).ShouldBe(["companion.contact.address"]);
        (await _host.FindTextAsync("Come and join us")).ShouldBe(["companion.contact.message"]);
    }

    [Fact]
    public async Task A_refused_row_stops_no_other()
    {
        var rows = await _host.Member("alice").IssueAsync(
            Row("anna@example.org"),
            Row("m\u0131ke@example.org"),
            Row("alice@example.org"),
            Row("ANNA@example.org"),
            Row("bob@example.org", group: "/staff"),
            Row("bob@example.org", room: "!elsewhere:example.org"),
            Row("carl@example.org", message: "see evil.example"),
            Row("dora@example.org", language: "xx"),
            Row(null),
            Row("emil@example.org"));

        rows.Select(row => row.Row).ShouldBe(Enumerable.Range(1, 10));
        rows.Select(row => row.Code).ShouldBe(
        [
            null, "contact_malformed", "contact_own", "contact_duplicate", "group_not_allowed", "contact_duplicate",
            "message_has_link", "language_unknown", "contact_missing", null,
        ]);
        rows[3].Message.ShouldBe("This address is in row 1 already.");
        rows.Where(row => row.Outcome == "refused").ShouldAllBe(row => row.Field != null && row.Message!.EndsWith('.') && row.Id == null);
        (await _host.CountAsync("events.mt_streams")).ShouldBe(2);
        (await _host.CountAsync("companion.contact")).ShouldBe(2);
    }

    [Fact]
    public async Task Message_and_language_of_the_request_serve_rows_without_their_own()
    {
        using var answer = await _host.Member("alice").PostInvitesAsync(new JsonObject
        {
            ["message"] = "From all of us",
            ["language"] = "de",
            ["invites"] = new JsonArray(Row("anna@example.org"), Row("bob@example.org", "Just for you", "en")),
        });

        (await answer.RowsAsync()).ShouldAllBe(row => row.Outcome == "issued");
        (await _host.CountAsync("companion.contact", "message = 'From all of us'")).ShouldBe(1);
        (await _host.CountAsync("events.mt_doc_invite", "data->>'Language' = 'de'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_organisation_is_given_by_its_managers_and_a_room_by_those_who_are_in_it()
    {
        var client = _host.Member("alice");
        _host.IdentityProvider.AddOrganization("harbour", "Harbour e.V.");
        _host.IdentityProvider.AddOrganization("shipyard");
        _host.IdentityProvider.Employ("alice", "harbour", "User Managers");
        _host.Rooms.Offer(
            "alice", new RoomOffer(new RoomId("!pier:example.org"), "Pier"), new RoomOffer(new RoomId("!shed:example.org"), "Shed", Obstacle: "not_joined"));

        var rows = await client.IssueAsync(
            Row("anna@example.org", organization: "harbour", group: "Users", room: "!pier:example.org"),
            Row("by-name@example.org", organization: "HARBOUR e.V.", group: "user managers"),
            Row("bob@example.org", organization: "shipyard", group: "Users"),
            Row("bea@example.org", organization: "nowhere", group: "Users"),
            Row("boss@example.org", organization: "harbour", group: "Admins"),
            Row("carl@example.org", room: "!other:example.org"),
            Row("cleo@example.org", room: "!shed:example.org"));

        rows.Select(row => row.Code).ShouldBe(
            [null, null, "organisation_not_allowed", "organisation_not_allowed", "group_not_allowed", "room_not_allowed", "room_not_allowed"]);
        rows.Select(row => row.Field).ShouldBe([null, null, "organization", "organization", "group", "rooms", "rooms"]);
        rows.Select(row => row.Argument).ShouldBe([null, null, "shipyard", "nowhere", "Admins", "!other:example.org", "!shed:example.org"]);
        (await _host.CountAsync("events.mt_doc_invite", "data->'Memberships' = '[{\"Organization\":\"harbour\",\"Group\":\"User Managers\"}]'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_row_without_a_group_is_refused_at_that_field()
    {
        var row = Row("anna@example.org");
        row["memberships"] = new JsonArray(new JsonObject { ["organization"] = "harbour" });

        (await _host.Member("alice").IssueAsync(row)).Single().ShouldSatisfyAllConditions(
            answer => answer.Code.ShouldBe("group_missing"), answer => answer.Field.ShouldBe("group"));
    }

    [Fact]
    public async Task Only_who_may_list_an_organisations_members_learns_that_somebody_is_in_it_already()
    {
        _host.IdentityProvider.AddOrganization("harbour");
        _host.IdentityProvider.AddMember("anna");
        _host.IdentityProvider.Employ("anna", "harbour", "Enumerators");
        var manager = _host.Member("alice");
        _host.IdentityProvider.Employ("alice", "harbour", "User Managers");
        var user = _host.Member("udo");
        _host.IdentityProvider.Employ("udo", "harbour", "Users");

        (await manager.IssueAsync(Row("anna@example.org", organization: "harbour", group: "Users"))).Single().Code.ShouldBe("already_in_organisation");
        (await user.IssueAsync(Row("anna@example.org", organization: "harbour", group: "Users"))).Single().Code.ShouldBe("organisation_not_allowed");
        (await user.IssueAsync(Row("anna@example.org"))).Single().Code.ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_is_invited_unless_the_inviter_vouches_for_them()
    {
        using var answer = await _host.Member("alice").PostInvitesAsync(
            new JsonObject { ["invites"] = new JsonArray(Row("anna@example.org")), ["vouched"] = false });

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("vouch_missing");
        (await _host.CountAsync("companion.contact")).ShouldBe(0);
    }

    [Fact]
    public async Task A_note_to_the_moderators_is_kept_with_the_contact()
    {
        using var answer = await _host.Member("alice").PostInvitesAsync(
            new JsonObject { ["invites"] = new JsonArray(Row("anna@example.org")), ["note"] = " We met at\r\nthe pier: https://pier.example " });

        (await answer.RowsAsync()).Single().Outcome.ShouldBe("issued");
        (await _host.CountAsync("companion.contact", "note = E'We met at\\nthe pier: https://pier.example'")).ShouldBe(1);
        using var tooLong = await _host.ClientOf("alice").PostInvitesAsync(
            new JsonObject { ["invites"] = new JsonArray(Row("bob@example.org")), ["note"] = new string('x', 1001) });
        (await tooLong.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("note_too_long");
    }

    [Fact]
    public async Task While_the_chat_server_is_away_only_rows_that_name_rooms_are_refused()
    {
        var client = _host.Member("alice");
        _host.Rooms.Failure = new RoomDirectoryException("unreachable");

        var rows = await client.IssueAsync(Row("anna@example.org", room: "!pier:example.org"), Row("bob@example.org"));

        rows.Select(row => row.Code).ShouldBe(["rooms_unavailable", null]);
    }

    [Fact]
    public async Task Nothing_is_stored_while_the_identity_provider_is_away()
    {
        var client = _host.Member("alice");
        _host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);

        using var answer = await client.PostInvitesAsync(new JsonObject { ["invites"] = new JsonArray(Row("anna@example.org")) }, "key-1");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("companion_unavailable");
        (await _host.CountAsync("companion.contact")).ShouldBe(0);
        (await _host.CountAsync("companion.idempotency")).ShouldBe(0);
    }

    [Fact]
    public async Task An_inviter_who_is_disabled_or_unknown_is_refused()
    {
        var disabled = _host.Member("alice");
        _host.Disable("alice");
        foreach (var (client, code) in new[] { (disabled, "account_closed"), (_host.ClientOf("stranger"), "inviter_gone") })
        {
            using var answer = await client.PostInvitesAsync(new JsonObject { ["invites"] = new JsonArray(Row("anna@example.org")) });
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe(code);
        }

        (await _host.CountAsync("companion.contact")).ShouldBe(0);
    }

    [Fact]
    public async Task A_members_a_suppressed_and_a_strange_address_are_answered_alike()
    {
        _host.IdentityProvider.AddMember("mia", "mia@example.org");
        await SuppressAsync("sam@example.org");
        var client = _host.Member("alice");
        var asked = 0;
        _host.IdentityProvider.Before = method =>
        {
            asked += method == nameof(IIdentityProvider.FindByAddressAsync) ? 1 : 0;
            return Task.CompletedTask;
        };

        var rows = await client.IssueAsync(Row("mia@example.org"), Row("sam@example.org"), Row("zoe@example.org"));

        rows.ShouldAllBe(row => row.Outcome == "issued");
        rows.Select(row => row with { Row = 0, Id = null }).Distinct().Count().ShouldBe(1);
        asked.ShouldBe(0);
        var page = await client.ReadAsync("/api/v1/invites");
        page.GetProperty("invites").EnumerateArray()
            .Select(view => $"{view.GetProperty("status")} {view.GetProperty("canResend")} {view.GetProperty("canRevoke")}")
            .ShouldAllBe(state => state == "issued True True");
    }

    [Fact]
    public async Task A_hundred_rows_are_issued_at_once_where_the_quotas_allow_it()
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings =>
        {
            settings.Configuration["Invites:MaxOpen"] = "1000";
            settings.Configuration["Invites:MaxPerDay"] = "1000";
        });

        var rows = await host.Member("alice").IssueAsync(
            [.. Enumerable.Range(1, 100).Select(i => Row($"person{i}@example.org", new string('x', 500)))]);

        rows.Count(row => row.Outcome == "issued").ShouldBe(100);
        (await host.CountAsync("companion.outbox_message", "kind = 'invite_mail'")).ShouldBe(100);
    }

    private Task<bool> SuppressAsync(string address) => _host.Services.GetRequiredService<Transactions>().RunAsync(
        Guid.NewGuid(),
        (unit, _) =>
        {
            _host.Services.GetRequiredService<SuppressionList>().Add(unit, Address(address));
            return Task.FromResult(true);
        },
        TestContext.Current.CancellationToken);
}
