using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class InviteQuotaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Parallel_requests_of_one_inviter_issue_exactly_the_quota()
    {
        await using var host = await StartAsync(settings =>
        {
            settings.Clock = null;
            settings.Configuration["Invites:MaxOpen"] = "7";
        });
        var client = host.Member("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            client.IssueAsync(Row($"a{i}@example.org"), Row($"b{i}@example.org"))));

        var rows = answers.SelectMany(answer => answer).ToList();
        rows.Count(row => row.Outcome == "issued").ShouldBe(7);
        rows.Where(row => row.Outcome == "refused").ShouldAllBe(row => row.Code == "quota_open");
        (await host.CountAsync("companion.invite_details", "is_open")).ShouldBe(7);
    }

    [Fact]
    public async Task Of_many_inviters_at_once_one_reaches_a_mailbox_whatever_alias_they_use()
    {
        await using var host = await StartAsync(settings => settings.Clock = null);
        string[] aliases = ["vic.tim@gmail.com", "victim@gmail.com", "victim+a@gmail.com", "v.ictim+b@googlemail.com", "VICTIM@googlemail.com"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            host.Member($"member{i}").IssueAsync(Row(aliases[i % aliases.Length]), Row($"friend{i}@example.org"))));

        answers.Count(rows => rows[0].Outcome == "issued").ShouldBe(1);
        answers.Where(rows => rows[0].Outcome == "refused").ShouldAllBe(rows => rows[0].Code == "recipient_limit");
        answers.ShouldAllBe(rows => rows[1].Outcome == "issued");
    }

    [Fact]
    public async Task Parallel_requests_with_the_same_people_in_different_orders_all_end()
    {
        await using var host = await StartAsync(settings => settings.Clock = null);
        string[] people = [.. Enumerable.Range(0, 8).Select(i => $"person{i}@example.org")];

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => host.Member($"member{i}").IssueAsync(
            [.. people.Skip(i % 8).Concat(people.Take(i % 8)).Select(person => Row(person))])));

        answers.SelectMany(rows => rows).Count(row => row.Outcome == "issued").ShouldBe(people.Length);
        (await host.CountAsync("companion.invite_details", "is_open")).ShouldBe(people.Length);
    }

    [Fact]
    public async Task Rows_of_one_request_count_against_the_quota_of_the_next_row()
    {
        await using var host = await StartAsync(settings => settings.Configuration["Invites:MaxOpen"] = "2");

        var rows = await host.Member("alice").IssueAsync(
            Row("a@example.org"), Row("bad"), Row("b@example.org"), Row("c@example.org"));

        rows.Select(row => row.Code).ShouldBe([null, "contact_malformed", null, "quota_open"]);
        rows[3].Message.ShouldStartWith("You have 2 open invitations");
    }

    [Fact]
    public async Task An_alias_in_the_same_request_counts_for_its_mailbox()
    {
        await using var host = await StartAsync(_ => { });

        var rows = await host.Member("alice").IssueAsync(Row("anna@example.org"), Row("anna+2@example.org"));

        rows.Select(row => row.Code).ShouldBe([null, "recipient_limit"]);
    }

    [Fact]
    public async Task The_quota_of_a_day_is_free_again_after_24_hours()
    {
        await using var host = await StartAsync(settings => settings.Configuration["Invites:MaxPerDay"] = "1");
        var client = host.Member("alice");

        (await client.IssueAsync(Row("a@example.org")))[0].Code.ShouldBeNull();
        (await client.IssueAsync(Row("b@example.org")))[0].Code.ShouldBe("quota_day");
        host.Clock.Advance(TimeSpan.FromHours(24));
        (await client.IssueAsync(Row("b@example.org")))[0].Code.ShouldBeNull();
    }

    [Fact]
    public async Task A_mailbox_is_invited_once_a_day_and_three_times_ever_even_after_its_address_was_forgotten()
    {
        await using var host = await StartAsync(_ => { });
        for (var day = 0; day < 3; day++)
        {
            var client = host.Member($"member{day}");
            var id = await client.IssueOneAsync($"victim+{day}@example.org");
            (await host.Member("other").IssueAsync(Row("victim@example.org")))[0].Code.ShouldBe("recipient_limit");
            (await client.PostTextAsync($"/api/v1/invites/{id}/revoke", "")).Dispose();
            host.Clock.Advance(TimeSpan.FromDays(8));
            await host.RunOutboxAsync(TestContext.Current.CancellationToken);
            host.Clock.Advance(TimeSpan.FromDays(8));
            await host.RunOutboxAsync(TestContext.Current.CancellationToken);
        }

        (await host.CountAsync("companion.contact", "address is not null")).ShouldBe(0);
        (await host.Member("other").IssueAsync(Row("victim@example.org")))[0].Code.ShouldBe("recipient_limit");
    }

    [Fact]
    public async Task One_contact_has_one_open_invite_whoever_sends_it()
    {
        await using var host = await StartAsync(settings => settings.Configuration["Invites:MaxPerRecipientPerDay"] = "5");

        var id = await host.Member("alice").IssueOneAsync("anna@example.org");

        (await host.Member("bob").IssueAsync(Row("anna@example.org")))[0].Code.ShouldBe("recipient_limit");
        (await host.ClientOf("alice").IssueAsync(Row("anna@example.org")))[0].Code.ShouldBe("recipient_limit");
        (await host.ClientOf("alice").PostTextAsync($"/api/v1/invites/{id}/revoke", "")).Dispose();
        (await host.Member("bob").IssueAsync(Row("anna@example.org")))[0].Outcome.ShouldBe("issued");
    }

    private Task<CompanionHost> StartAsync(Action<CompanionHostSettings> configure) => CompanionHost.StartAsync(postgres, configure);
}
