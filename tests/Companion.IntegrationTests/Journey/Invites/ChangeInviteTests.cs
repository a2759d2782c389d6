using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Companion.Foundation.Kernel;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class ChangeInviteTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CompanionHost.StartAsync(
        postgres, settings => settings.Configuration["Directory:CacheSeconds"] = "0");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_id_and_verb_of_one_member_is_hidden_from_another()
    {
        var id = await _host.Member("alice").IssueOneAsync("anna@example.org");
        var bob = _host.Member("bob");
        foreach (var invite in new[] { id, Guid.NewGuid() })
        {
            using var get = await bob.GetAsync($"/api/v1/invites/{invite}", TestContext.Current.CancellationToken);
            using var resend = await bob.PostTextAsync($"/api/v1/invites/{invite}/resend", "");
            using var revoke = await bob.PostTextAsync($"/api/v1/invites/{invite}/revoke", "");
            using var extend = await bob.PostTextAsync($"/api/v1/invites/{invite}/extend", "");
            using var link = await bob.PostTextAsync($"/api/v1/invites/{invite}/link", "");
            foreach (var answer in new[] { get, resend, revoke, extend, link })
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
                (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("not_found");
            }
        }

        (await bob.ReadAsync("/api/v1/invites")).GetProperty("invites").GetArrayLength().ShouldBe(0);
        foreach (var query in new[] { "inviter=alice", "all=true", "all=true&inviter=bob" })
        {
            using var answer = await bob.GetAsync($"/api/v1/invites?{query}", TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, query);
        }

        (await _host.CountAsync("events.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task A_resend_starts_the_time_anew_and_plans_one_mail_of_the_next_generation()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        _host.Clock.Advance(TimeSpan.FromDays(3));

        var view = await ChangeAsync(alice, id, "resend");

        view.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(FakeClock.Start.AddDays(17));
        (await _host.CountAsync("companion.outbox_message", "kind = 'invite_mail' and payload->>'Generation' = '2'")).ShouldBe(1);
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_resent' and kind = 'UserEvent'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_extension_lets_the_link_that_is_out_live_longer_and_sends_nothing()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        _host.Clock.Advance(TimeSpan.FromDays(3));

        var view = await ChangeAsync(alice, id, "extend");

        view.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(FakeClock.Start.AddDays(17));
        (await _host.CountAsync("companion.outbox_message", "kind = 'invite_mail'")).ShouldBe(1);
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_extended' and actor = 'alice'")).ShouldBe(1);
        _host.Clock.Advance(TimeSpan.FromDays(13));
        await _host.RunOutboxAsync(TestContext.Current.CancellationToken);
        (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("canRevoke").GetBoolean().ShouldBeTrue("the first timer ends nothing any more");
        _host.Clock.Advance(TimeSpan.FromDays(2));
        await _host.RunOutboxAsync(TestContext.Current.CancellationToken);
        (await _host.CountAsync("events.mt_events", "type = 'invite_expired'")).ShouldBe(1);
    }

    [Fact]
    public async Task Links_are_not_taken_unless_the_operator_allows_it()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        using var answer = await alice.PostTextAsync($"/api/v1/invites/{id}/link", "");
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("link_not_allowed");
        (await _host.CountAsync("companion.invite_token")).ShouldBe(0);
    }

    [Fact]
    public async Task A_link_that_is_taken_works_and_can_be_read_nowhere()
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration["Invites:AllowLinks"] = "true");
        var alice = host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("canCopyLink").GetBoolean().ShouldBeTrue();

        using var answer = await alice.PostTextAsync($"/api/v1/invites/{id}/link", "", "some-key");
        var url = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("url").GetString()!;

        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        url.ShouldStartWith("https://companion.example.org/i#");
        var token = url[(url.IndexOf('#', StringComparison.Ordinal) + 1)..];
        (await host.FindTextAsync(token)).ShouldBeEmpty();
        using var page = await host.Anonymous.PostAsync(
            "/i/exchange", new FormUrlEncodedContent([new("token", token)]), TestContext.Current.CancellationToken);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("/i/exchange");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.CountAsync("companion.timeline_entry", "type = 'invite_link_taken' and actor = 'alice'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_invite_is_sent_three_times_at_most()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        await ChangeAsync(alice, id, "resend");
        (await ChangeAsync(alice, id, "resend")).GetProperty("canResend").GetBoolean().ShouldBeFalse();

        using var third = await alice.PostTextAsync($"/api/v1/invites/{id}/resend", "");

        (await third.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("recipient_limit");
    }

    [Fact]
    public async Task An_inviter_who_is_disabled_resends_nothing_and_neither_does_anyone_for_them()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        _host.Disable("alice");

        foreach (var client in new[] { alice, _host.ClientOf("mod", moderator: true) })
        {
            using var answer = await client.PostTextAsync($"/api/v1/invites/{id}/resend", "");
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Nothing_is_resent_while_the_identity_provider_is_away()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        _host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);

        using var answer = await alice.PostTextAsync($"/api/v1/invites/{id}/resend", "");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await _host.CountAsync("events.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task A_revoked_invite_stays_revoked_and_frees_its_slot()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");

        var view = await ChangeAsync(alice, id, "revoke");
        await ChangeAsync(alice, id, "revoke");
        using var resend = await alice.PostTextAsync($"/api/v1/invites/{id}/resend", "");

        view.GetProperty("status").GetString().ShouldBe("revoked");
        view.GetProperty("canRevoke").GetBoolean().ShouldBeFalse();
        (await resend.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("invite_revoked");
        (await _host.CountAsync("events.mt_events", "type = 'invite_revoked'")).ShouldBe(1);
        (await alice.ReadAsync("/api/v1/invite-options")).GetProperty("quota").GetProperty("open").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task What_a_moderator_does_with_anothers_invite_is_an_admin_event()
    {
        var id = await _host.Member("alice").IssueOneAsync("anna@example.org");
        var moderator = _host.ClientOf("mod", moderator: true);

        (await moderator.ReadAsync($"/api/v1/invites/{id}")).GetProperty("contact").GetString().ShouldBe("anna@example.org");
        await ChangeAsync(moderator, id, "resend");
        await ChangeAsync(moderator, id, "revoke");

        (await _host.CountAsync("companion.timeline_entry", "kind = 'AdminEvent' and actor = 'mod' and inviter = 'alice'")).ShouldBe(2);
    }

    [Fact]
    public async Task Parallel_resends_make_as_many_generations_as_they_say()
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings => settings.Clock = null);
        var alice = host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => alice.PostTextAsync($"/api/v1/invites/{id}/resend", "")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(2);
        (await host.CountAsync("events.mt_events", "type = 'invite_resent'")).ShouldBe(2);
    }

    private static async Task<JsonElement> ChangeAsync(HttpClient client, Guid id, string verb)
    {
        using var answer = await client.PostTextAsync($"/api/v1/invites/{id}/{verb}", "");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
