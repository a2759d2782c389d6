using System.Net;
using Microsoft.AspNetCore.Http;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Registrations that come to nothing leave no account, and the companion hears of it where it could not know.</summary>
public abstract class RollbackContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Fact]
    public async Task A_refused_claim_leaves_no_account_needs_no_release_and_can_be_tried_again_in_the_same_tab()
    {
        var person = Peer.Invite();
        person.OnClaim = _ => Task.FromResult<IResult?>(InvitedPerson.Refuse("invite_in_use"));
        var visitor = Visitor();
        var form = await visitor.OpenRegistrationAsync(person);
        RegistrationContract.ShouldRefuse(await visitor.RegisterAsync(form, person), "invite_in_use", HttpStatusCode.Conflict);
        (await Keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();

        person.OnClaim = null;
        var again = await visitor.RegisterAsync(form, person); // the form of before is spent
        again.Has("password").ShouldBeTrue(again.Text);
        again.Value("email").ShouldBe(person.Address);
        (await visitor.RegisterAsync(again, person)).Parameter("code").ShouldNotBeNull();
        var heard = await Peer.HearsAsync(person, "inspect", "claim", "claim", "registered");
        heard[2].Text("claimKey").ShouldBe(heard[1].Text("claimKey"));
        heard[2].Text("accountId").ShouldNotBe(heard[1].Text("accountId"));
    }

    [Fact]
    public async Task A_companion_that_fails_is_asked_twice_with_one_id_and_then_released()
    {
        var person = Peer.Invite();
        person.OnClaim = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        var visitor = Visitor();
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        RegistrationContract.ShouldRefuse(page, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        var retry = page.Document.QuerySelector("#invite-retry").ShouldNotBeNull();
        retry.GetAttribute("data-seconds").ShouldBe("30");
        (await Keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();
        var heard = await Peer.HearsAsync(person, "inspect", "claim", "claim", "release");
        heard[2].Id.ShouldBe(heard[1].Id);
        heard[3].Path.ShouldBe("/idp/v1/release");
        heard[3].Body.Select(field => field.Key).ShouldBe(["type", "realm", "handle", "claimKey", "accountId"], ignoreOrder: true);
        (heard[3].Text("claimKey"), heard[3].Text("accountId")).ShouldBe((heard[1].Text("claimKey"), heard[1].Text("accountId")));

        person.OnClaim = null;
        var form = await visitor.Browser.OpenAsync(new Uri(new Uri(page.Url), retry.GetAttribute("href")!).AbsoluteUri, Ct);
        (await visitor.RegisterAsync(form, person)).Parameter("code").ShouldNotBeNull();
    }

    [Fact]
    public async Task One_failure_before_a_grant_is_not_noticed()
    {
        var person = Peer.Invite();
        var failures = 1;
        person.OnClaim = _ => Task.FromResult<IResult?>(Interlocked.Decrement(ref failures) >= 0 ? Results.StatusCode(500) : null);
        var visitor = Visitor();
        (await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person)).Parameter("code").ShouldNotBeNull();
        await Peer.HearsAsync(person, "inspect", "claim", "claim", "registered");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(409)]
    public async Task An_answer_that_will_not_change_is_not_asked_for_again(int status)
    {
        var person = Peer.Invite();
        person.OnClaim = _ => Task.FromResult<IResult?>(Results.StatusCode(status));
        var visitor = Visitor();
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        RegistrationContract.ShouldRefuse(page, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        await Peer.HearsAsync(person, "inspect", "claim", "release");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"decision":"accept"}""")]
    [InlineData("""{"decision":"accept","inviteId":"0197","approvalRequired":"no","addressVerified":true,"memberships":[]}""")]
    [InlineData("""{"decision":"accept","inviteId":"0197","approvalRequired":false,"addressVerified":true,"memberships":[{}]}""")]
    [InlineData("""{"decision":"perhaps"}""")]
    public async Task An_answer_that_leaves_anything_open_grants_nothing(string answer)
    {
        var person = Peer.Invite();
        person.OnClaim = _ => Task.FromResult<IResult?>(Results.Text(answer, "application/json"));
        var visitor = Visitor();
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        RegistrationContract.ShouldRefuse(page, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        (await Keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();
        await Peer.HearsAsync(person, "inspect", "claim", "release");
    }

    [Theory]
    [InlineData(null, "/moderators")]
    [InlineData(null, "/no-such-group")]
    [InlineData("no-such-organization", null)]
    public async Task A_grant_that_can_not_be_applied_is_rolled_back(string? organization, string? group)
    {
        var person = Peer.Invite();
        person.Membership = (organization, group);
        var visitor = Visitor();
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        RegistrationContract.ShouldRefuse(page, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        (await Keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();
        await Peer.HearsAsync(person, "inspect", "claim", "release");
    }

    [Fact]
    public async Task A_second_tab_of_somebody_who_signed_in_meanwhile_loses_its_granted_claim()
    {
        var (first, second) = (Peer.Invite(), Peer.Invite());
        var visitor = Visitor();
        var (form, otherForm) = (await visitor.OpenRegistrationAsync(first), await visitor.OpenRegistrationAsync(second));
        (await visitor.RegisterAsync(form, first)).Parameter("code").ShouldNotBeNull();
        var page = await visitor.RegisterAsync(otherForm, second);
        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("already authenticated as different user");
        (await Keycloak.FindAsync(second.Username, Ct)).ShouldBeNull();
        await Peer.HearsAsync(second, "inspect", "claim", "release");
    }

    [Fact]
    public async Task An_address_that_somebody_else_gets_during_the_claim_makes_no_second_account_and_gives_the_claim_back()
    {
        var person = Peer.Invite();
        person.OnClaim = async _ =>
        {
            await Keycloak.AddAccountAsync(AccountSeed.New() with { Email = person.Address }, Ct);
            return null;
        };
        var visitor = Visitor();
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        RegistrationContract.ShouldRefuse(page, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        (await Keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();
        await Peer.HearsAsync(person, "inspect", "claim", "release");
    }

    [Fact]
    public async Task Many_at_once_with_one_address_make_one_account_and_give_back_every_other_claim()
    {
        var person = Peer.Invite();
        var visitors = Enumerable.Range(0, 6).Select(_ => Visitor()).ToArray();
        var forms = new List<Page>();
        foreach (var visitor in visitors)
        {
            forms.Add(await visitor.OpenRegistrationAsync(person));
        }

        var ends = await Task.WhenAll(visitors.Select((visitor, number) =>
            visitor.RegisterAsync(forms[number], person, ("username", $"{person.Username}-{number}"))));
        ends.Count(end => end.Parameter("code") is not null).ShouldBe(1);
        foreach (var loser in ends.Where(end => end.Parameter("code") is null && !end.Has("password"))) // who came late gets the form again
        {
            RegistrationContract.ShouldRefuse(loser, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        }

        (await Keycloak.Admin.GetAsync($"users?exact=true&email={person.Address}", Ct)).AsArray().Count.ShouldBe(1);
        string[] Of(string type) => [.. Peer.About(person).Where(message => message.Type == type).Select(message => message.Text("accountId")).Order()];
        await Eventually.HoldsAsync(() => Of("claim").SequenceEqual(Of("release").Concat(Of("registered")).Order()));
        Of("registered").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Many_at_once_with_one_user_name_make_one_account_and_one_claim()
    {
        var people = Enumerable.Range(0, 4).Select(_ => Peer.Invite()).ToArray();
        var visitors = people.Select(_ => Visitor()).ToArray();
        var forms = new List<Page>();
        foreach (var (visitor, person) in visitors.Zip(people))
        {
            forms.Add(await visitor.OpenRegistrationAsync(person));
        }

        var ends = await Task.WhenAll(visitors.Select((visitor, number) =>
            visitor.RegisterAsync(forms[number], people[number], ("username", people[0].Username))));
        ends.Count(end => end.Parameter("code") is not null).ShouldBe(1);
        ends.Where(end => end.Parameter("code") is null && !end.Has("password")).ShouldAllBe(end => end.Status == HttpStatusCode.BadRequest);
        people.SelectMany(Peer.About).Count(message => message.Type == "claim").ShouldBe(1);
    }

    [Fact]
    public async Task A_finished_or_foreign_form_makes_nothing()
    {
        var person = Peer.Invite();
        var visitor = Visitor();
        var form = await visitor.OpenRegistrationAsync(person);
        (await Visitor().RegisterAsync(form, person)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.RegisterAsync(form, person)).Parameter("code").ShouldNotBeNull();
        (await visitor.RegisterAsync(form, person)).Parameter("error").ShouldBe("temporarily_unavailable");
        await Peer.HearsAsync(person, "inspect", "claim", "registered");
    }
}

public sealed class StandInRollbackTests(StandInKeycloak keycloak) : RollbackContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealRollbackTests(RealKeycloak keycloak) : RollbackContract(keycloak);
