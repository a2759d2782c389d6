using System.Net;
using System.Text.Json.Nodes;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>A newcomer for whom a human must decide is held back, whichever way in is tried.</summary>
public abstract class ApprovalContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Fact]
    public async Task A_waiting_person_sees_a_page_and_gets_no_tokens()
    {
        var (person, _, page, account) = await RegisterWaitingAsync();
        page.Parameter("code").ShouldBeNull();
        page.Document.QuerySelector("#invite-waiting").ShouldNotBeNull();
        page.Text.ShouldContain("Alice <i>Ahlers invited you to Harbour");
        Mark(account).ShouldBe("pending");
        var other = Visitor();
        (await other.SignInAsync(other.AuthorizationUrl(RealmVisitor.Join), person.Username, person.Password))
            .Document.QuerySelector("#invite-waiting").ShouldNotBeNull();
        var answer = await other.PostAsync(
            "token", ("grant_type", "password"), ("client_id", "admin-cli"), ("username", person.Username), ("password", person.Password));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Error.ShouldBe("invalid_grant");
        await Peer.HearsAsync(person, "inspect", "claim", "registered");
    }

    [Fact]
    public async Task An_approved_person_goes_on_from_the_waiting_page_and_no_fact_follows()
    {
        var (person, visitor, page, account) = await RegisterWaitingAsync();
        var waiting = await CheckAsync(visitor, page);
        waiting.Document.QuerySelector("#invite-waiting").ShouldNotBeNull();
        (await DecideAsync(account, "approve")).ShouldBe("""{"approval":"approved","changed":true}""");
        (await DecideAsync(account, "approve")).ShouldBe("""{"approval":"approved","changed":false}""");
        (await CheckAsync(visitor, waiting)).Parameter("code").ShouldNotBeNull();
        await Peer.HearsAsync(person, "inspect", "claim", "registered");
    }

    [Fact]
    public async Task A_denied_person_is_sent_away_and_stays_shut_out()
    {
        var (person, visitor, page, account) = await RegisterWaitingAsync();
        await DecideAsync(account, "deny");
        (await CheckAsync(visitor, page)).Text.ShouldContain("This account is switched off.");
        (await Visitor().SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), person.Username, person.Password)).Parameter("code").ShouldBeNull();

        await Keycloak.Admin.PutAsync($"users/{account["id"]}", new JsonObject { ["enabled"] = true }, Ct);
        var now = (await Keycloak.FindAsync(person.Username, Ct))!;
        ((bool)now["enabled"]!).ShouldBeFalse();
        Mark(now).ShouldBe("denied");
        var fact = (await Peer.HearsAsync(person, "inspect", "claim", "registered", "denied"))[^1];
        (fact.Text("accountId"), fact.Text("by")).ShouldBe(((string)account["id"]!, await Keycloak.ServerAdminAsync(Ct)));
    }

    [Fact]
    public async Task Removing_the_required_action_approves()
    {
        var (person, _, _, account) = await RegisterWaitingAsync();
        await Keycloak.Admin.PutAsync($"users/{account["id"]}", new JsonObject { ["requiredActions"] = new JsonArray() }, Ct);
        await ShouldBeApprovedAsync(person, account, await Keycloak.ServerAdminAsync(Ct));
    }

    [Fact]
    public async Task Adding_to_an_approving_group_approves()
    {
        var (person, _, _, account) = await RegisterWaitingAsync();
        var (rosa, admin) = await Keycloak.AddAdminAsync(Ct);
        using (admin)
        {
            await admin.AddToGroupAsync((string)account["id"]!, "/members", Ct);
        }

        await ShouldBeApprovedAsync(person, account, rosa);
    }

    [Fact]
    public async Task An_edit_that_loses_the_mark_of_a_held_account_denies_and_keeps_the_invite()
    {
        var (person, _, _, account) = await RegisterWaitingAsync();
        await Keycloak.Admin.PutAsync($"users/{account["id"]}", new JsonObject { ["email"] = person.Address, ["attributes"] = new JsonObject() }, Ct);
        var now = (await Keycloak.FindAsync(person.Username, Ct))!;
        ((bool)now["enabled"]!, Mark(now), (string?)now["attributes"]?["invite_id"]?[0]).ShouldBe((false, "denied", person.InviteId));
        await Peer.HearsAsync(person, "inspect", "claim", "registered", "denied");

        await Keycloak.Admin.PutAsync(
            $"users/{account["id"]}", new JsonObject { ["enabled"] = true, ["email"] = person.Address, ["attributes"] = new JsonObject() }, Ct);
        now = (await Keycloak.FindAsync(person.Username, Ct))!;
        ((bool)now["enabled"]!, Mark(now)).ShouldBe((false, "denied"));
    }

    [Fact]
    public async Task Freeing_an_account_of_mark_and_action_at_once_approves()
    {
        var (person, _, _, account) = await RegisterWaitingAsync();
        await Keycloak.Admin.PutAsync(
            $"users/{account["id"]}",
            new JsonObject
            {
                ["email"] = person.Address,
                ["firstName"] = "Anna",
                ["lastName"] = "Anders",
                ["attributes"] = new JsonObject(),
                ["requiredActions"] = new JsonArray(),
            },
            Ct);
        await ShouldBeApprovedAsync(person, account, await Keycloak.ServerAdminAsync(Ct));
    }

    [Fact]
    public async Task A_member_whose_mark_an_admin_sets_to_pending_waits_again()
    {
        var (person, _, _, account) = await RegisterWaitingAsync();
        await DecideAsync(account, "approve");
        var visitor = Visitor();
        var tokens = await visitor.TokensAsync(person.Username, person.Password);
        var now = (await Keycloak.FindAsync(person.Username, Ct))!;
        now["attributes"]!["invite_approval"] = new JsonArray("pending");
        await Keycloak.Admin.PutAsync($"users/{account["id"]}", now, Ct);

        (await Keycloak.FindAsync(person.Username, Ct))!["requiredActions"]!.ToJsonString().ShouldBe("""["invite-approval"]""");
        (await visitor.PostAsync(
            "token", ("grant_type", "refresh_token"), ("client_id", RealmVisitor.Console), ("refresh_token", (string)tokens["refresh_token"]!)))
            .Error.ShouldBe("invalid_grant");
        (await visitor.SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), person.Username, person.Password))
            .Document.QuerySelector("#invite-waiting").ShouldNotBeNull();
    }

    [Fact]
    public async Task Deleting_a_waiting_person_denies()
    {
        var (person, visitor, page, account) = await RegisterWaitingAsync();
        var (rosa, admin) = await Keycloak.AddAdminAsync(Ct);
        using (admin)
        {
            await admin.DeleteUserAsync((string)account["id"]!, Ct);
        }

        var fact = (await Peer.HearsAsync(person, "inspect", "claim", "registered", "denied"))[^1];
        fact.Body.Select(field => field.Key).ShouldBe(["type", "realm", "inviteId", "accountId", "by"], ignoreOrder: true);
        (fact.Text("accountId"), fact.Text("by")).ShouldBe(((string)account["id"]!, rosa));
        (await CheckAsync(visitor, page)).Text.ShouldContain("This account is switched off.");
    }

    [Fact]
    public async Task Deleting_somebody_who_waits_for_nobody_tells_nothing()
    {
        var (person, _, _, account) = await RegisterWaitingAsync();
        await DecideAsync(account, "approve");
        await Keycloak.Seed.DeleteUserAsync((string)account["id"]!, Ct);
        // Whatever a deletion tells comes before what is told after it.
        var (next, _, _, other) = await RegisterWaitingAsync();
        await Keycloak.Seed.DeleteUserAsync((string)other["id"]!, Ct);
        await Peer.HearsAsync(next, "inspect", "claim", "registered", "denied");
        await Peer.HearsAsync(person, "inspect", "claim", "registered");
    }

    private async Task<(InvitedPerson Person, RealmVisitor Visitor, Page Page, JsonNode Account)> RegisterWaitingAsync()
    {
        var person = Peer.Invite();
        person.ApprovalRequired = true;
        person.Membership = ("harbour", null);
        await Keycloak.JoinAsync("harbour", await Keycloak.AddAccountAsync(AccountSeed.New(), Ct), Ct);
        var visitor = Visitor();
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        return (person, visitor, page, (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull(page.Text));
    }

    private static Task<Page> CheckAsync(RealmVisitor visitor, Page page) =>
        visitor.Browser.SubmitAsync(page, "#invite-waiting-check", new Dictionary<string, string>(), Ct);

    private async Task<string> DecideAsync(JsonNode account, string decision)
    {
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.PutAsync($"approvals/{account["id"]}", $$"""{"decision":"{{decision}}","reason":"by a test"}""", Ct);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        return answer.Json.ToJsonString();
    }

    private async Task ShouldBeApprovedAsync(InvitedPerson person, JsonNode account, string by)
    {
        var fact = (await Peer.HearsAsync(person, "inspect", "claim", "registered", "approved"))[^1];
        fact.Body.Select(field => field.Key).ShouldBe(["type", "realm", "inviteId", "accountId", "by"], ignoreOrder: true);
        (fact.Text("accountId"), fact.Text("by")).ShouldBe(((string)account["id"]!, by));
        var now = (await Keycloak.FindAsync(person.Username, Ct))!;
        Mark(now).ShouldBe("approved");
        now["requiredActions"]!.AsArray().ShouldBeEmpty();
        var visitor = Visitor();
        (await visitor.SignInAsync(visitor.AuthorizationUrl(RealmVisitor.Join), person.Username, person.Password)).Parameter("code").ShouldNotBeNull();
    }

    private static string? Mark(JsonNode account) => (string?)account["attributes"]?["invite_approval"]?[0];
}

public sealed class StandInApprovalTests(StandInKeycloak keycloak) : ApprovalContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealApprovalTests(RealKeycloak keycloak) : ApprovalContract(keycloak);
