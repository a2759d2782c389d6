using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Companion.Adapters.Keycloak.Realm;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>The registration form asks what the community wants to know, and the claim tells the companion, and nothing else of the profile.</summary>
public abstract class QuestionContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Fact]
    public async Task The_form_draws_the_questions_that_the_profile_declares()
    {
        var form = await Visitor().OpenRegistrationAsync(Peer.Invite());
        form.Document.QuerySelector("textarea[name='introduction']").ShouldNotBeNull();
        form.Text.ShouldContain("Tell us who you are");
        form.Text.ShouldContain("What interests you");
        Boxes(form).Select(box => (box.Value, box.IsChecked)).ShouldBe([("sailing", false), ("boats", false), ("coffee & cake", false)]);
        Boxes(form).Select(box => box.Closest("div, label")!.TextContent.Trim()).ShouldBe(["Sailing", "Old boats", "coffee & cake"]);
    }

    [Fact]
    public async Task Answers_go_with_the_claim_and_stay_with_the_account()
    {
        var (person, visitor) = (Peer.Invite(), Visitor());
        var form = await visitor.OpenRegistrationAsync(person);
        Tick(form, "sailing", "coffee & cake");
        var end = await visitor.RegisterAsync(form, person, ("introduction", "I \"sail\" ⛵ a lot."), ("berth", "B 12"));
        end.Parameter("code").ShouldNotBeNull(end.Text);
        var heard = await Peer.HearsAsync(person, "inspect", "claim", "registered");
        ShouldBe(heard[1].Body["answers"], """{"introduction":["I \"sail\" ⛵ a lot."],"interests":["sailing","coffee & cake"]}""");
        heard[2].Body.ContainsKey("answers").ShouldBeFalse();
        var account = (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull();
        // Keycloak keeps several values as rows without an order.
        RealmJson.Texts(account["attributes"]!["interests"]).ShouldBe(["sailing", "coffee & cake"], ignoreOrder: true);
        RealmJson.Texts(account["attributes"]!["berth"]).ShouldBe(["B 12"]);
    }

    [Fact]
    public async Task Who_answers_nothing_is_told_of_with_nothing()
    {
        var (person, visitor) = (Peer.Invite(), Visitor());
        await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person, ("introduction", "  "), ("berth", "B 12"));
        (await Peer.HearsAsync(person, "inspect", "claim", "registered"))[1].Body.ContainsKey("answers").ShouldBeFalse();
        var account = (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull();
        account["attributes"]!["interests"].ShouldBeNull();
    }

    [Fact]
    public async Task A_mistake_is_said_beside_its_question_and_what_was_answered_stays()
    {
        var (person, visitor) = (Peer.Invite(), Visitor());
        var form = await visitor.OpenRegistrationAsync(person);
        Tick(form, "boats");
        var long1 = new string('x', 9001);
        var again = await visitor.RegisterAsync(form, person, ("introduction", long1));
        ErrorAt(again, "introduction").ShouldBe("Use at most 9,000 characters.");
        ErrorAt(again, "interests").ShouldBeNull();
        again.Document.QuerySelector("textarea[name='introduction']")!.TextContent.ShouldBe(long1);
        Boxes(again).Where(box => box.IsChecked).Select(box => box.Value).ShouldBe(["boats"]);

        Boxes(again)[0].Value = "gliding";
        Boxes(again)[0].IsChecked = true;
        var third = await visitor.RegisterAsync(again, person, ("introduction", "I sail."));
        ErrorAt(third, "interests").ShouldBe("Choose one of the answers that are offered.");
        ErrorAt(third, "introduction").ShouldBeNull();
        await Peer.HearsAsync(person, "inspect");

        var end = await visitor.RegisterAsync(third, person);
        end.Parameter("code").ShouldNotBeNull(end.Text);
        ShouldBe((await Peer.HearsAsync(person, "inspect", "claim", "registered"))[1].Body["answers"], """{"introduction":["I sail."],"interests":["boats"]}""");
    }

    [Fact]
    public async Task A_question_that_must_be_answered_is_answered_by_one_tick()
    {
        var profile = await Keycloak.Admin.GetAsync("users/profile", Ct);
        var changed = profile.DeepClone();
        RealmJson.By(changed["attributes"], "name", "interests")!["required"] = new JsonObject { ["roles"] = new JsonArray("user") };
        await Keycloak.Admin.PutAsync("users/profile", changed, Ct);
        try
        {
            var (person, visitor) = (Peer.Invite(), Visitor());
            var form = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
            ErrorAt(form, "interests").ShouldBe("Fill in this field.");
            Tick(form, "boats");
            (await visitor.RegisterAsync(form, person)).Parameter("code").ShouldNotBeNull();
        }
        finally
        {
            await Keycloak.Admin.PutAsync("users/profile", profile, Ct);
        }
    }

    [Theory]
    [InlineData("\u26f5", 9000, 4000, 4096)]
    [InlineData("\U0001f600", 4500, 1000, 1024)]
    public async Task However_much_is_answered_the_claim_stays_within_16_kB_and_the_account_keeps_it_all(string letter, int count, int least, int most)
    {
        var (person, visitor) = (Peer.Invite(), Visitor());
        var form = await visitor.OpenRegistrationAsync(person);
        Tick(form, "boats");
        var much = string.Concat(Enumerable.Repeat(letter, count));
        var end = await visitor.RegisterAsync(form, person, ("introduction", much));
        end.Parameter("code").ShouldNotBeNull(end.Text);
        var claim = (await Peer.HearsAsync(person, "inspect", "claim", "registered"))[1];
        claim.Length.ShouldBeInRange(12 * 1024, 16 * 1024);
        var answer = RealmJson.Texts(claim.Body["answers"]!["introduction"]).ShouldHaveSingleItem();
        answer.ShouldBe($"{much[..(answer.Length - 1)]}…");
        answer.TrimEnd('…').EnumerateRunes().Count().ShouldBeInRange(least, most);
        var account = (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull();
        RealmJson.Texts(account["attributes"]!["introduction"]).ShouldBe([much]);
    }

    private static List<IHtmlInputElement> Boxes(Page form) =>
        [.. form.Document.QuerySelectorAll("input[name='interests'][type='checkbox']").Cast<IHtmlInputElement>()];

    private static void Tick(Page form, params string[] answers) =>
        Boxes(form).Where(box => answers.Contains(box.Value)).ToList().ForEach(box => box.IsChecked = true);

    private static string? ErrorAt(Page form, string question) => form.Document.QuerySelector($"#input-error-{question}")?.TextContent.Trim();

    private static void ShouldBe(JsonNode? actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue(actual?.ToJsonString());
}

public sealed class StandInQuestionTests(StandInKeycloak keycloak) : QuestionContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealQuestionTests(RealKeycloak keycloak) : QuestionContract(keycloak);
