using System.Net;
using System.Text.Json.Nodes;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class InviteIdempotencyTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_repeated_request_gets_its_first_answer_and_does_nothing()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });
        var client = host.Member("alice");

        var first = await TextAsync(client, "anna@example.org", "key-1");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await TextAsync(client, "anna@example.org", "key-1");

        second.ShouldBe(first);
        (await host.CountAsync("companion.contact")).ShouldBe(1);
    }

    [Fact]
    public async Task Parallel_repetitions_have_one_effect_and_one_answer()
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings => settings.Clock = null);
        var client = host.Member("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TextAsync(client, "anna@example.org", "key-1")));

        answers.Distinct().Count().ShouldBe(1);
        answers[0].ShouldContain("issued");
        (await host.CountAsync("companion.contact")).ShouldBe(1);
        (await host.CountAsync("companion.outbox_message", "kind = 'invite_mail'")).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_a_conflict_and_a_key_belongs_to_its_caller()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });
        await TextAsync(host.Member("alice"), "anna@example.org", "key-1");

        using var other = await host.ClientOf("alice").PostInvitesAsync(Body("bob@example.org"), "key-1");
        using var bobs = await host.Member("bob").PostInvitesAsync(Body("carl@example.org"), "key-1");

        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await other.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("idempotency_mismatch");
        bobs.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.CountAsync("companion.contact")).ShouldBe(2);
    }

    [Fact]
    public async Task A_repeated_resend_or_revocation_happens_once()
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings => settings.Clock = null);
        var client = host.Member("alice");
        var id = await client.IssueOneAsync("anna@example.org");

        foreach (var (verb, type) in new[] { ("resend", "invite_resent"), ("revoke", "invite_revoked") })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostTextAsync($"/api/v1/invites/{id}/{verb}", "", "key-1")));
            answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
            (await host.CountAsync("events.mt_events", $"type = '{type}'")).ShouldBe(1, verb);
        }
    }

    [Fact]
    public async Task An_answer_that_issued_nothing_is_not_kept()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });
        var client = host.Member("alice");
        var first = await client.IssueOneAsync("anna@example.org");

        (await TextAsync(client, "anna@example.org", "key-1")).ShouldContain("refused");
        (await client.PostTextAsync($"/api/v1/invites/{first}/revoke", "", "key-2")).Dispose();
        host.Clock.Advance(TimeSpan.FromDays(1));

        (await TextAsync(host.ClientOf("alice"), "anna@example.org", "key-1")).ShouldContain("issued");
        (await host.CountAsync("companion.contact")).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_kept_of_answers_holds_no_address()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });
        var client = host.Member("alice");
        await TextAsync(client, "canary@example.org", "key-1");
        var id = (await client.ReadAsync("/api/v1/invites")).GetProperty("invites")[0].GetProperty("id").GetGuid();
        (await client.PostTextAsync($"/api/v1/invites/{id}/resend", "", "key-2")).Dispose();

        (await host.CountAsync("companion.idempotency")).ShouldBe(2);
        (await host.FindTextAsync("canary")).ShouldBe(["companion.contact.address"]);
    }

    private static JsonObject Body(string contact) => new() { ["invites"] = new JsonArray(Row(contact)) };

    private static async Task<string> TextAsync(HttpClient client, string contact, string key)
    {
        using var answer = await client.PostInvitesAsync(Body(contact), key);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
