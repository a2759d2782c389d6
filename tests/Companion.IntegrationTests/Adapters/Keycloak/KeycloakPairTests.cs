using System.Net;
using Microsoft.AspNetCore.Http;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>With several nodes of Keycloak each request of one person may meet another node.</summary>
public sealed class KeycloakPairTests(KeycloakPair keycloak) : KeycloakContract(keycloak), IClassFixture<KeycloakPair>
{
    [Fact]
    public async Task A_registration_whose_requests_meet_different_nodes_makes_one_account_with_one_claim_key()
    {
        await Keycloak.JoinAsync("harbour", await Keycloak.AddAccountAsync(AccountSeed.New(), Ct), Ct);
        var (person, visitor) = (Peer.Invite(), Visitor());
        (person.ApprovalRequired, person.Membership) = (true, ("harbour", null));
        person.OnClaim = _ => Task.FromResult<IResult?>(InvitedPerson.Refuse("invite_in_use"));
        var form = await visitor.OpenRegistrationAsync(person);
        keycloak.TurnToSecond();
        RegistrationContract.ShouldRefuse(await visitor.RegisterAsync(form, person), "invite_in_use", HttpStatusCode.Conflict);

        person.OnClaim = null;
        keycloak.TurnToFirst();
        form = await visitor.RegisterAsync(form, person); // the form of before is spent
        keycloak.TurnToSecond();
        var page = await visitor.RegisterAsync(form, person);
        page.Document.QuerySelector("#invite-waiting").ShouldNotBeNull(page.Text);
        keycloak.TurnToFirst();
        page = await CheckAsync(visitor, page);
        page.Document.QuerySelector("#invite-waiting").ShouldNotBeNull(page.Text);

        var account = (await Keycloak.Admin.GetAsync($"users?exact=true&email={person.Address}", Ct)).AsArray().ShouldHaveSingleItem()!;
        using var companion = new CompanionCaller(Keycloak);
        await companion.PutAsync($"approvals/{account["id"]}", """{"decision":"approve","reason":"by a test"}""", Ct);
        keycloak.TurnToSecond();
        await Eventually.HoldsAsync(async () => (page = await CheckAsync(visitor, page)).Parameter("code") is not null); // the nodes tell each other in passing
        var heard = await Peer.HearsAsync(person, "inspect", "claim", "claim", "registered");
        heard[2].Text("claimKey").ShouldBe(heard[1].Text("claimKey"));
        heard[3].Text("accountId").ShouldBe((string)account["id"]!);
    }

    private static Task<Page> CheckAsync(RealmVisitor visitor, Page page) =>
        visitor.Browser.SubmitAsync(page, "#invite-waiting-check", new Dictionary<string, string>(), Ct);
}
