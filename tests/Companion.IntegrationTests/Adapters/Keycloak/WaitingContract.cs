using System.Text.Json.Nodes;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>What a newcomer reads and writes while a human decides.</summary>
public abstract class WaitingContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Theory]
    [InlineData(600, "Usually it takes less than an hour.")]
    [InlineData(3_601, "Usually it takes about 2 hours.")]
    [InlineData(200_000, "Usually it takes about 3 days.")]
    public async Task A_newcomer_reads_since_when_and_what_is_usual(int seconds, string sentence)
    {
        var page = await WaitAsync(new JsonObject { ["since"] = "2026-03-02T10:00:00.5+00:00", ["usualWaitSeconds"] = seconds, ["added"] = 0, ["mayAdd"] = true });
        page.Document.QuerySelector("time")!.GetAttribute("datetime").ShouldBe("2026-03-02T10:00:00Z");
        page.Document.QuerySelector("#invite-usual-wait")!.TextContent.ShouldBe(sentence);
    }

    [Fact]
    public async Task What_a_newcomer_adds_reaches_the_moderators()
    {
        var (person, visitor) = (Waiting(), Visitor());
        var page = await RegisterAsync(visitor, person);
        page.Text.ShouldContain("Add something to your introduction");
        person.Case!["added"] = 1;
        page = await WriteAsync(visitor, page, "I sail.\r\n<b>Old</b> boats \u26f5");
        page.Document.QuerySelector("#invite-note-kept").ShouldNotBeNull(page.Text);
        page.Document.QuerySelector("#note")!.TextContent.Trim().ShouldBeEmpty();

        page = await LookAsync(visitor, page);
        page.Document.QuerySelector("#invite-note-kept").ShouldBeNull();
        page.Text.ShouldContain("The moderators can read what you added.");
        var sent = Peer.AboutWaiting(person);
        sent.ShouldAllBe(message => message.IsGenuine && message.Path == "/idp/v1/waiting" && message.Text("inviteId") == person.InviteId);
        sent.Select(message => (string?)message.Body["text"]).ShouldBe([null, "I sail.\r\n<b>Old</b> boats \u26f5", null]);
        var account = (await Keycloak.FindAsync(person.Username, Ct))!;
        sent.ShouldAllBe(message => message.Text("accountId") == (string)account["id"]!);
    }

    [Fact]
    public async Task A_question_is_shown_as_it_was_asked_and_can_be_answered()
    {
        var (person, visitor) = (Waiting(), Visitor());
        person.Case = new JsonObject { ["question"] = "Who <i>are</i> you, ${realm.name}?\nReally?", ["added"] = 0, ["mayAdd"] = true };
        var page = await RegisterAsync(visitor, person);
        page.Document.QuerySelector("#invite-question")!.TextContent.ShouldBe("Who <i>are</i> you, ${realm.name}?\nReally?");
        page.Text.ShouldContain("Your answer");
        person.Case = new JsonObject { ["added"] = 0, ["mayAdd"] = true };
        page = await WriteAsync(visitor, page, "Anna");
        page.Document.QuerySelector("#invite-question").ShouldBeNull();
        page.Document.QuerySelector("#invite-note-kept").ShouldNotBeNull(page.Text);
    }

    [Theory]
    [InlineData("note_too_long", "12", "This is too long by this many characters: 12.")]
    [InlineData("note_limit", null, "The moderators have a lot to read from you already. Wait until they have decided.")]
    [InlineData("new_code", null, "This could not be sent. Try again later.")]
    public async Task What_is_refused_stays_in_the_box_with_the_reason_beside_it(string code, string? argument, string sentence)
    {
        var (person, visitor) = (Waiting(), Visitor());
        var page = await RegisterAsync(visitor, person);
        person.Case = new JsonObject { ["added"] = 0, ["mayAdd"] = false, ["refusal"] = new JsonObject { ["code"] = code, ["argument"] = argument } };
        page = await WriteAsync(visitor, page, "typed \"here\" </textarea>");
        page.Document.QuerySelector("#note")!.TextContent.Trim().ShouldBe("typed \"here\" </textarea>");
        page.Document.QuerySelector("#input-error-note")!.TextContent.Trim().ShouldBe(sentence);
        page.Document.QuerySelector("#invite-note-kept").ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_companion_the_page_stands_and_what_was_typed_stays()
    {
        var (person, visitor) = (Waiting(), Visitor());
        var page = await RegisterAsync(visitor, person);
        person.Case = null;
        page = await WriteAsync(visitor, page, "typed");
        page.Document.QuerySelector("#note")!.TextContent.Trim().ShouldBe("typed");
        page.Text.ShouldContain("This could not be sent right now. Try again in a moment.");
        page = await LookAsync(visitor, page);
        page.Document.QuerySelector("#invite-waiting time").ShouldNotBeNull(page.Text);
        page.Document.QuerySelector("#note").ShouldBeNull();
        page.Document.QuerySelector("#invite-usual-wait").ShouldBeNull();
    }

    [Fact]
    public async Task Who_may_add_nothing_has_no_box() =>
        (await WaitAsync(new JsonObject { ["added"] = 5, ["mayAdd"] = false })).Document.QuerySelector("#invite-note-form").ShouldBeNull();

    [Theory]
    [InlineData("\u20ac")]
    [InlineData("\U0001f600")]
    public async Task However_much_is_typed_the_message_stays_small_enough(string letter)
    {
        var (person, visitor) = (Waiting(), Visitor());
        var page = await RegisterAsync(visitor, person);
        var much = string.Concat(Enumerable.Repeat(letter, 10_000));
        await WriteAsync(visitor, page, much);
        var sent = Peer.AboutWaiting(person)[^1];
        sent.Length.ShouldBeInRange(12_000, 16 * 1024);
        much.ShouldStartWith(sent.Text("text"));
    }

    private async Task<Page> WaitAsync(JsonObject standing)
    {
        var person = Waiting();
        person.Case = standing;
        return await RegisterAsync(Visitor(), person);
    }

    private InvitedPerson Waiting()
    {
        var person = Peer.Invite();
        person.ApprovalRequired = true;
        person.Membership = ("harbour", null);
        return person;
    }

    private async Task<Page> RegisterAsync(RealmVisitor visitor, InvitedPerson person)
    {
        await Keycloak.JoinAsync("harbour", await Keycloak.AddAccountAsync(AccountSeed.New(), Ct), Ct);
        return await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
    }

    private static Task<Page> WriteAsync(RealmVisitor visitor, Page page, string text) =>
        visitor.Browser.SubmitAsync(page, "#invite-note-form", new Dictionary<string, string> { ["note"] = text }, Ct);

    private static Task<Page> LookAsync(RealmVisitor visitor, Page page) =>
        visitor.Browser.SubmitAsync(page, "#invite-waiting-check", new Dictionary<string, string>(), Ct);
}

public sealed class StandInWaitingTests(StandInKeycloak keycloak) : WaitingContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealWaitingTests(RealKeycloak keycloak) : WaitingContract(keycloak);
