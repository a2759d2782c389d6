using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Journey.Registrations;

namespace Companion.IntegrationTests.Community.Approvals;

/// <summary>What the waiting page shows to newcomers, and what becomes of their words.</summary>
public sealed class WaitingTests(RegistrationScene world) : NewcomerTest(world)
{
    [Fact]
    public async Task A_newcomer_who_waits_reads_since_when()
    {
        var invite = await RegisteredAsync("wanda");
        var standing = await LookAsync(invite, "wanda");
        standing["since"]!.GetValue<DateTimeOffset>().ShouldBe((await CaseAsync(invite)).GetProperty("requestedAt").GetDateTimeOffset());
        (Number(standing, "added"), Flag(standing, "mayAdd")).ShouldBe((0, true));
        (standing["question"], standing["refusal"]).ShouldBe((null, null));
    }

    [Fact]
    public async Task What_is_usual_is_the_median_of_what_was_decided_lately()
    {
        World.Host.Clock.Advance(TimeSpan.FromDays(31));
        var waiting = await RegisteredAsync("wolf");
        (await LookAsync(waiting, "wolf"))["usualWaitSeconds"].ShouldBeNull();
        foreach (var (person, hours) in ((string, int)[])[("walter", 1), ("willa", 2), ("wim", 30)])
        {
            var invite = await RegisteredAsync(person);
            World.Host.Clock.Advance(TimeSpan.FromHours(hours));
            await ActAsync("moritz", await CaseAsync(invite), hours == 2 ? "deny" : "approve", "Because.");
        }

        (await LookAsync(waiting, "wolf"))["usualWaitSeconds"]!.GetValue<long>().ShouldBeInRange(7_200, 7_205);
    }

    [Fact]
    public async Task What_is_added_is_with_the_case_and_the_timeline_tells_that_and_not_what()
    {
        var invite = await RegisteredAsync("waltraud");
        var answer = await WriteAsync(invite, "waltraud", "  I sail.\r\nOld boats. ");
        (Number(answer, "added"), answer["refusal"]).ShouldBe((1, null));
        var noted = (await CaseAsync(invite)).GetProperty("questions").EnumerateArray().ShouldHaveSingleItem();
        (noted.GetProperty("by").ValueKind, noted.GetProperty("text").GetString()).ShouldBe((JsonValueKind.Null, "I sail.\nOld boats."));
        (await TimelineAsync(invite)).ShouldContain("approval_note_added by waltraud");
        string.Join(' ', await World.StoredAsync()).ShouldNotContain("I sail");
    }

    [Fact]
    public async Task A_moderators_question_is_shown_and_what_is_written_then_is_the_answer()
    {
        var invite = await RegisteredAsync("wiebke");
        await ActAsync("mona", await CaseAsync(invite), "ask", "Which boat?");
        ((string?)(await LookAsync(invite, "wiebke"))["question"]).ShouldBe("Which boat?");
        var answer = await WriteAsync(invite, "wiebke", "The red one.");
        (answer["question"], Number(answer, "added")).ShouldBe((null, 0));
        (await CaseAsync(invite)).GetProperty("questions").EnumerateArray().Select(note => note.GetProperty("text").GetString())
            .ShouldBe(["Which boat?", "The red one."]);
        (await TimelineAsync(invite)).ShouldContain("approval_question_answered by wiebke");
    }

    [Fact]
    public async Task A_repeated_message_adds_once_and_is_answered_alike()
    {
        var invite = await RegisteredAsync("wenke");
        var id = $"msg_{Guid.NewGuid()}";
        var first = await World.WaitAsync(invite, "wenke", "Once.", id);
        (await World.WaitAsync(invite, "wenke", "Once.", id)).Body.ShouldBe(first.Body);
        (await World.WaitAsync(invite, "wenke", "Twice.", id)).Status.ShouldBe(HttpStatusCode.Conflict);
        Number(await LookAsync(invite, "wenke"), "added").ShouldBe(1);
    }

    [Theory]
    [InlineData("wa", " \n ", "note_missing", null)]
    [InlineData("wb", "a\u202eb", "note_has_control", null)]
    [InlineData("wc", null, "note_too_long", "7")]
    public async Task A_wrong_text_is_refused_with_what_is_wrong(string account, string? text, string code, string? argument)
    {
        var invite = await RegisteredAsync(account);
        var answer = await WriteAsync(invite, account, text ?? new string('x', ModeratorNote.MaxLength + 7));
        ((string?)answer["refusal"]!["code"], (string?)answer["refusal"]!["argument"]).ShouldBe((code, argument));
        (Number(answer, "added"), Flag(answer, "mayAdd")).ShouldBe((0, true));
        (await CaseAsync(invite)).GetProperty("questions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task More_than_a_handful_is_refused()
    {
        var invite = await RegisteredAsync("wido");
        for (var number = 1; number <= ApprovalDecider.MostAdditions; number++)
        {
            Flag(await LookAsync(invite, "wido"), "mayAdd").ShouldBeTrue();
            (await WriteAsync(invite, "wido", $"Text {number}"))["refusal"].ShouldBeNull();
        }

        Flag(await LookAsync(invite, "wido"), "mayAdd").ShouldBeFalse();
        ((string?)(await WriteAsync(invite, "wido", "One more"))["refusal"]!["code"]).ShouldBe("note_limit");
    }

    [Fact]
    public async Task Of_somebody_elses_case_nothing_is_told_and_nothing_can_be_added()
    {
        var invite = await RegisteredAsync("wolke");
        await ActAsync("mona", await CaseAsync(invite), "ask", "Secret?");
        var standing = await LookAsync(invite, "mallory");
        (standing["since"], standing["question"], Flag(standing, "mayAdd")).ShouldBe((null, null, false));
        ((string?)(await WriteAsync(invite, "mallory", "Hello"))["refusal"]!["code"]).ShouldBe("approval_unknown");
        (await CaseAsync(invite)).GetProperty("questions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Before_the_case_is_there_the_newcomer_is_told_that_one_comes()
    {
        var invite = await World.IssueAsync("rita");
        (await World.ClaimAsync(World.Handle(invite), RegistrationScene.NewKey(), "wanja")).ShouldAccept();
        Flag(await LookAsync(invite, "wanja"), "mayAdd").ShouldBeTrue();
        ((string?)(await WriteAsync(invite, "wanja", "Hello"))["refusal"]!["code"]).ShouldBe("approval_unknown");
    }

    [Fact]
    public async Task After_the_decision_nothing_is_added()
    {
        var invite = await RegisteredAsync("wunibald");
        await ActAsync("mona", await CaseAsync(invite), "ask", "Who?");
        await ActAsync("mona", await CaseAsync(invite), "deny", "No answer.");
        var standing = await LookAsync(invite, "wunibald");
        (standing["question"], Flag(standing, "mayAdd")).ShouldBe((null, false));
        ((string?)(await WriteAsync(invite, "wunibald", "Me!"))["refusal"]!["code"]).ShouldBe("approval_settled");
    }

    private async Task<JsonNode> LookAsync(InviteId invite, string account) => Good(await World.WaitAsync(invite, account));

    private async Task<JsonNode> WriteAsync(InviteId invite, string account, string text) => Good(await World.WaitAsync(invite, account, text));

    private static JsonNode Good(Reply reply)
    {
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        return reply.Json;
    }

    private static int Number(JsonNode standing, string name) => (int)standing[name]!;

    private static bool Flag(JsonNode standing, string name) => (bool)standing[name]!;
}
