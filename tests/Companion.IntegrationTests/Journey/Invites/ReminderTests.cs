using System.Text.Json.Nodes;
using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Community.Pausing;
using Companion.Journey.Invites;
using Companion.Journey.Members;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

/// <summary>Two days before an invite runs out.</summary>
public sealed class ReminderTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Anna = "anna@example.org";

    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;
    private HttpClient _alice = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await InviteScene.StartAsync(postgres, _sink);
        _alice = _host.ClientOf(InviteScene.Inviter);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task The_inviter_is_reminded_once_and_the_invitee_is_not_unless_the_inviter_chose_it()
    {
        await IssueAsync();
        await PassAsync(TimeSpan.FromDays(12) - TimeSpan.FromMinutes(1));
        _sink.Mails.Count.ShouldBe(1);
        await PassAsync(TimeSpan.FromMinutes(1));
        await PassAsync(TimeSpan.FromDays(1));

        _sink.Mails.Count.ShouldBe(2);
        var mail = _sink.Mails[^1];
        mail.Recipients.ShouldBe(["alice@example.org"]);
        mail.Subject.ShouldBe("Your invitation to a•••@example.org expires in two days");
        foreach (var part in (string[])[mail.Text, mail.Html])
        {
            part.ShouldContain("Your invitation to a•••@example.org expires in two days.");
            part.ShouldContain("Monday, 16 March 2026, 10:00 UTC");
            part.ShouldNotContain("anna");
        }
    }

    [Fact]
    public async Task A_german_inviter_reads_german()
    {
        _host.IdentityProvider.Put(_host.IdentityProvider.People[new AccountId(InviteScene.Inviter)] with { Language = "de" });
        await IssueAsync();
        await PassAsync(TimeSpan.FromDays(12));

        _sink.Mails[^1].Subject.ShouldBe("Deine Einladung an a•••@example.org läuft in zwei Tagen ab");
        _sink.Mails[^1].Text.ShouldContain("Montag, 16. März 2026, 10:00 Uhr (UTC)");
        _sink.Mails[^1].Html.ShouldContain("läuft in zwei Tagen ab");
    }

    [Fact]
    public async Task The_invitee_gets_one_reminder_with_a_link_of_its_own_and_the_same_way_out()
    {
        var invite = await IssueAsync(remind: true, remindMe: false);
        await PassAsync(TimeSpan.FromDays(12));
        await PassAsync(TimeSpan.FromDays(1));

        _sink.Mails.Select(mail => mail.Recipients.Single()).ShouldBe([Anna, Anna]);
        var (first, second) = (_sink.Mails[0], _sink.Mails[1]);
        second.Subject.ShouldBe("Reminder: Alice Ahlers invited you to Harbour Community");
        second.Text.ShouldContain("A reminder: this invitation is waiting for you. There will be no other reminder.");
        second.Html.ShouldContain("A reminder: this invitation is waiting for you. There will be no other reminder.");
        second.Content.Header("List-Unsubscribe").ShouldBe(first.Content.Header("List-Unsubscribe"));
        Footer(second).ShouldBe(Footer(first));
        var tokens = _host.Services.GetRequiredService<InviteTokens>();
        foreach (var mail in _sink.Mails)
        {
            (await tokens.FindAsync(InviteToken.Parse(InviteScene.TokenIn(mail.Text))!, Ct)).ShouldBe(new InviteReference(invite, 1));
        }

        InviteScene.TokenIn(second.Text).ShouldNotBe(InviteScene.TokenIn(first.Text));
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_reminded' and detail = 'invitee'")).ShouldBe(1);
        (await _host.ReadAsync(invite)).ShouldSatisfyAllConditions(
            state => state.InviteeReminded.ShouldBeTrue(), state => state.SentAt.ShouldBe(FakeClock.Start, "a reminder is not the invitation"));
    }

    [Fact]
    public async Task A_german_invitee_reads_german()
    {
        await IssueAsync(remind: true, remindMe: false, language: "de");
        await PassAsync(TimeSpan.FromDays(12));

        _sink.Mails[^1].Subject.ShouldBe("Erinnerung: Alice Ahlers hat dich zu Harbour Community eingeladen");
        _sink.Mails[^1].Text.ShouldContain("Eine Erinnerung: Diese Einladung wartet auf dich. Eine weitere Erinnerung kommt nicht.");
        _sink.Mails[^1].Html.ShouldContain("Eine Erinnerung: Diese Einladung wartet auf dich.");
    }

    [Fact]
    public async Task A_resend_brings_the_inviter_another_reminder_and_the_invitee_none()
    {
        var invite = await IssueAsync(remind: true);
        await PassAsync(TimeSpan.FromDays(13));
        (await _alice.PostTextAsync($"/api/v1/invites/{invite}/resend", "")).EnsureSuccessStatusCode();
        await PassAsync(TimeSpan.FromDays(12));

        _sink.Mails.Count(mail => mail.Recipients.Contains("alice@example.org")).ShouldBe(2);
        _sink.Mails.Count(mail => mail.Subject.StartsWith("Reminder", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task An_extended_invite_is_reminded_of_before_its_new_end()
    {
        var invite = await IssueAsync();
        await PassAsync(TimeSpan.FromDays(10));
        (await _alice.PostTextAsync($"/api/v1/invites/{invite}/extend", "")).EnsureSuccessStatusCode();
        await PassAsync(TimeSpan.FromDays(3));
        _sink.Mails.Count.ShouldBe(1);

        await PassAsync(TimeSpan.FromDays(9));
        _sink.Mails[^1].Text.ShouldContain("Thursday, 26 March 2026");
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("redeemed")]
    [InlineData("frozen")]
    [InlineData("frozen above")]
    [InlineData("disabled")]
    public async Task Nobody_is_reminded_of_what_is_over_or_by_who_may_not_invite(string what)
    {
        var invite = await IssueAsync(remind: true);
        await PassAsync(TimeSpan.FromDays(1));
        AccountId alice = new(InviteScene.Inviter);
        switch (what)
        {
            case "revoked":
                await _host.DecideAsync(invite.Value, new RevokeInvite(alice));
                break;
            case "redeemed":
                await _host.DecideAsync(invite.Value, new RedeemInvite(new("newcomer")));
                break;
            case "frozen":
                await _host.RunAsync((unit, ct) => MemberStream.ChangeAsync(unit, MemberId.Of(alice), new FreezeInviting(alice, true, new("moritz")), ct));
                break;
            case "frozen above":
                _host.IdentityProvider.AddMember("zoe");
                await _host.DecideAsync(await _host.ClientOf("zoe").IssueOneAsync("alice.before@example.org"), new RedeemInvite(alice));
                AccountId zoe = new("zoe");
                await _host.RunAsync((unit, ct) => MemberStream.ChangeAsync(
                    unit, MemberId.Of(zoe), new FreezeInviting(zoe, true, new("moritz"), Below: true), ct));
                break;
            default:
                _host.Disable(InviteScene.Inviter);
                break;
        }

        await PassAsync(TimeSpan.FromDays(12));

        _sink.Mails.Count.ShouldBe(1);
        (await _host.CountAsync("events.mt_events", "type = 'invite_reminded'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("suppressed")]
    [InlineData("member")]
    public async Task A_contact_that_must_not_be_mailed_is_not_and_the_inviter_sees_no_difference(string what)
    {
        if (what == "member")
        {
            _host.IdentityProvider.AddMember("anna", Anna);
        }
        else
        {
            await _host.RunAsync((unit, _) =>
            {
                _host.Services.GetRequiredService<SuppressionList>().Add(unit, EmailAddress.FromStored(Anna));
                return Task.FromResult(true);
            });
        }

        await IssueAsync(remind: true);
        await PassAsync(TimeSpan.FromDays(12));

        _sink.Mails.ShouldAllBe(mail => !mail.Text.Contains("/i#"));
        _sink.Mails.Count(mail => mail.Subject.StartsWith("Your invitation", StringComparison.Ordinal)).ShouldBe(1);
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_reminded' and inviter = 'alice'")).ShouldBe(2);
    }

    [Fact]
    public async Task While_inviting_is_paused_reminders_wait()
    {
        await IssueAsync(remind: true);
        await _host.SwitchPauseAsync(true);
        await PassAsync(TimeSpan.FromDays(12));
        _sink.Mails.Count.ShouldBe(1);

        await _host.SwitchPauseAsync(false);
        await PassAsync(TimeSpan.FromMinutes(6));

        _sink.Mails.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_registers_just_then_is_reminded_only_after_giving_up()
    {
        var invite = await IssueAsync(remind: true, remindMe: false);
        await PassAsync(TimeSpan.FromDays(12) - TimeSpan.FromMinutes(1));
        AccountId newcomer = new("newcomer");
        await _host.HappenAsync(invite, (_, now) => new InviteClaimed(invite, "key", newcomer, now.AddMinutes(5), now));
        await PassAsync(TimeSpan.FromMinutes(2));
        _sink.Mails.Count.ShouldBe(1);

        await _host.HappenAsync(invite, (_, now) => new InviteReleased(invite, "key", newcomer, "lease_over", now));
        await PassAsync(TimeSpan.FromMinutes(10));

        _sink.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_invite_that_runs_no_longer_than_that_is_not_reminded_of()
    {
        await using var sink = MailSink.Start();
        await using var host = await InviteScene.StartAsync(postgres, sink, settings => settings.Configuration["Invites:Lifetime"] = "2.00:00:00");
        await host.ClientOf(InviteScene.Inviter).IssueOneAsync(Anna);
        await host.RunOutboxAsync(Ct);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.RunOutboxAsync(Ct);

        sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Where_the_setting_is_off_an_inviter_is_reminded_only_when_asked_for_in_the_row()
    {
        await using var sink = MailSink.Start();
        await using var host = await InviteScene.StartAsync(postgres, sink, settings => settings.Configuration["Invites:RemindInviter"] = "false");
        var (plain, wanted) = (Row(Anna), Row("ben@example.org"));
        wanted["remindMe"] = true;
        (await host.ClientOf(InviteScene.Inviter).IssueAsync(plain, wanted)).ShouldAllBe(row => row.Outcome == "issued");
        await host.RunOutboxAsync(Ct);
        host.Clock.Advance(TimeSpan.FromDays(12));
        await host.RunOutboxAsync(Ct);

        sink.Mails.Where(mail => mail.Recipients.Contains("alice@example.org")).ShouldHaveSingleItem().Subject.ShouldContain("b•••@example.org");
    }

    private static string Footer(ReceivedMail mail) => mail.Text[mail.Text.IndexOf("You get this mail", StringComparison.Ordinal)..];

    private async Task<InviteId> IssueAsync(bool remind = false, bool? remindMe = null, string language = "en")
    {
        var body = new JsonObject { ["invites"] = new JsonArray(Row(Anna, language: language)), ["remind"] = remind };
        if (remindMe is { } wanted)
        {
            body["remindMe"] = wanted;
        }

        using var answer = await _alice.PostInvitesAsync(body);
        var row = (await answer.RowsAsync()).ShouldHaveSingleItem();
        row.Outcome.ShouldBe("issued", row.Message);
        await _host.RunOutboxAsync(Ct);
        return new InviteId(row.Id!.Value);
    }

    private async Task PassAsync(TimeSpan time)
    {
        _host.Clock.Advance(time);
        await _host.RunOutboxAsync(Ct);
    }
}
