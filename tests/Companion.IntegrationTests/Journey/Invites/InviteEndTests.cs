using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;
using Companion.Tests.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

/// <summary>What happens to an invite and its contact when its time is over.</summary>
public sealed class InviteEndTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CompanionHost.StartAsync(postgres, _ => { });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_invite_expires_at_its_time_and_not_before()
    {
        var alice = _host.Member("alice");
        _host.Clock.Advance(TimeSpan.FromTicks(13)); // finer than columns hold
        await alice.IssueOneAsync("anna@example.org");
        _host.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMicroseconds(1));
        await RunAsync();
        (await _host.CountAsync("companion.invite_details", "is_open")).ShouldBe(1);

        _host.Clock.Advance(TimeSpan.FromMicroseconds(1));
        await RunAsync();

        (await _host.CountAsync("companion.invite_details", "status = 'expired'")).ShouldBe(1);
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_expired' and kind = 'AdminEvent'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_invite_that_is_claimed_at_its_time_expires_once_the_claim_is_released()
    {
        var id = await _host.Member("alice").IssueOneAsync("anna@example.org");
        _host.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1));
        AccountId newcomer = new("new");
        await _host.DecideAsync(id, SampleInvites.Claim(newcomer));
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();
        (await _host.CountAsync("companion.invite_details", "status = 'claimed'")).ShouldBe(1);

        await _host.DecideAsync(id, new ReleaseInvite("key", newcomer, "rolled_back"));
        _host.Clock.Advance(TimeSpan.FromMinutes(5));
        await RunAsync();

        (await _host.CountAsync("companion.invite_details", "status = 'expired'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_resend_moves_the_expiry()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        _host.Clock.Advance(TimeSpan.FromDays(10));
        (await alice.PostTextAsync($"/api/v1/invites/{id}/resend", "")).Dispose();
        _host.Clock.Advance(TimeSpan.FromDays(5));
        await RunAsync();
        (await _host.CountAsync("companion.invite_details", "is_open")).ShouldBe(1);

        _host.Clock.Advance(TimeSpan.FromDays(9));
        await RunAsync();

        (await _host.CountAsync("events.mt_events", "type = 'invite_expired'")).ShouldBe(1);
    }

    [Fact]
    public async Task Seven_days_after_its_end_no_table_holds_the_address_or_the_message()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("canary@example.org");
        (await alice.IssueAsync(Row("other@example.org", "canary words")))[0].Outcome.ShouldBe("issued");
        (await alice.PostTextAsync($"/api/v1/invites/{id}/revoke", "", "key")).Dispose();
        await RunAsync();
        _host.Clock.Advance(TimeSpan.FromDays(6));
        await RunAsync();
        (await _host.FindTextAsync("canary@")).ShouldBe(["companion.contact.address"]);

        _host.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();
        (await _host.FindTextAsync("canary@")).ShouldBeEmpty();
        (await _host.FindTextAsync("canary words")).ShouldNotBeEmpty();

        _host.Clock.Advance(TimeSpan.FromDays(8));
        await RunAsync();
        _host.Clock.Advance(TimeSpan.FromDays(8));
        await RunAsync();
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
        (await _host.CountAsync("companion.invite_details", "match_key is not null")).ShouldBe(0);
        _host.LogLines.ShouldAllBe(line => !line.Contains("canary", StringComparison.OrdinalIgnoreCase));
        (await alice.ReadAsync($"/api/v1/invites/{id}")).GetProperty("contact").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_invite_that_is_resent_in_time_keeps_its_contact_until_it_ends_again()
    {
        var alice = _host.Member("alice");
        var id = await alice.IssueOneAsync("anna@example.org");
        _host.Clock.Advance(TimeSpan.FromDays(14));
        await RunAsync();
        _host.Clock.Advance(TimeSpan.FromDays(6));
        using var resend = await alice.PostTextAsync($"/api/v1/invites/{id}/resend", "");
        resend.EnsureSuccessStatusCode();
        _host.Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync();
        (await _host.CountAsync("companion.contact", "address is not null")).ShouldBe(1);

        _host.Clock.Advance(TimeSpan.FromDays(12));
        await RunAsync();
        _host.Clock.Advance(TimeSpan.FromDays(7));
        await RunAsync();

        (await _host.CountAsync("companion.contact", "address is not null")).ShouldBe(0);
        using var late = await alice.PostTextAsync($"/api/v1/invites/{id}/resend", "");
        (await late.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("contact_forgotten");
    }

    [Fact]
    public async Task The_suppression_list_knows_a_mailbox_without_naming_it()
    {
        var list = _host.Services.GetRequiredService<SuppressionList>();
        var transactions = _host.Services.GetRequiredService<Companion.Foundation.Store.Transactions>();
        for (var twice = 0; twice < 2; twice++)
        {
            await transactions.RunAsync(
                Guid.NewGuid(),
                (unit, _) =>
                {
                    list.Add(unit, Address("Canary@example.org"));
                    return Task.FromResult(true);
                },
                TestContext.Current.CancellationToken);
        }

        (await list.ContainsAsync(Address("canary@EXAMPLE.org"), TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await list.ContainsAsync(Address("canary+x@example.org"), TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
        await list.RemoveAsync(Address("canary@example.org"), TestContext.Current.CancellationToken);
        (await list.ContainsAsync(Address("canary@example.org"), TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    private Task<int> RunAsync() => _host.RunOutboxAsync(TestContext.Current.CancellationToken);
}
