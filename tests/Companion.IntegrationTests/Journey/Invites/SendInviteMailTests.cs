using Companion.Adapters.Smtp;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.Journey.Invites;
using Companion.Journey.Members;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StandIns.Mail;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class SendInviteMailTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Anna = "anna@example.org";

    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await InviteScene.StartAsync(postgres, _sink);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task An_issued_invite_is_mailed_with_a_link_that_opens_it()
    {
        var invite = await _host.IssueAsync(Anna, "Come and sail with us.");

        await _host.RunOutboxAsync(Cancellation);

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe([Anna]);
        mail.Subject.ShouldBe("Alice Ahlers invited you to Harbour Community");
        mail.Text.ShouldContain("> Come and sail with us.");
        mail.Text.ShouldContain("Monday, 16 March 2026, 10:00 UTC");
        mail.Content.Header("Message-ID").ShouldBe($"<invite.{invite.Value:N}.1@harbour.example>");
        var token = InviteToken.Parse(InviteScene.TokenIn(mail.Text)).ShouldNotBeNull();
        (await _host.Services.GetRequiredService<InviteTokens>().FindAsync(token, Cancellation)).ShouldBe(new InviteReference(invite, 1));
        mail.Source.Split("\r\n\r\n")[0].ShouldNotContain(token.Reveal(), Case.Insensitive, "the token is in no header");
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Sent);
        (await AttemptsAsync()).ShouldBe(["1 Accepted "]);
    }

    [Fact]
    public async Task Neither_address_nor_token_is_in_any_log_line()
    {
        await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        _sink.Fail(MailPoint.Recipient, new MailFault.Reply(550, $"no {Anna} here"));
        await _host.IssueAsync("ben@example.org");
        await _host.RunOutboxAsync(Cancellation);

        var token = InviteScene.TokenIn(_sink.Mails[0].Text);
        _host.LogLines.ShouldAllBe(line => !line.Contains(token) && !line.Contains(Anna) && !line.Contains("ben@example.org"));
    }

    [Fact]
    public async Task Without_a_mail_server_invites_wait()
    {
        await using var host = await InviteScene.StartAsync(postgres, sink: null);
        var invite = await host.IssueAsync(Anna);

        await host.RunOutboxAsync(Cancellation);

        (await host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Pending);
        (await OutboxAsync(host)).ShouldBe(["invite_mail mail_not_configured 0 open"]);
    }

    [Fact]
    public async Task A_suppressed_address_gets_nothing_and_the_inviter_sees_no_difference()
    {
        var suppression = _host.Services.GetRequiredService<SuppressionList>();
        await _host.RunAsync((unit, _) =>
        {
            suppression.Add(unit, EmailAddress.FromStored("ANNA@example.org"));
            return Task.FromResult(true);
        });
        var suppressed = await _host.IssueAsync(Anna);
        var other = await _host.IssueAsync("ben@example.org");

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.ShouldHaveSingleItem().Recipients.ShouldBe(["ben@example.org"]);
        (await _host.ReadAsync(suppressed)).Delivery.ShouldBe(InviteDelivery.Sent);
        (await _host.ReadAsync(other)).Delivery.ShouldBe(InviteDelivery.Sent);
    }

    [Fact]
    public async Task A_members_address_starts_an_onboarding_gets_no_link_and_the_inviter_sees_no_difference()
    {
        _host.IdentityProvider.AddMember("anna", Anna);
        var invite = await _host.IssueAsync(Anna);

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.ShouldAllBe(mail => !mail.Text.Contains("/i#"));
        var state = await _host.ReadAsync(invite);
        state.Delivery.ShouldBe(InviteDelivery.Sent);
        state.MatchedAccount.ShouldBe(new AccountId("anna"));
        (await QueryAsync(_host, "select data ->> 'Kind' from events.mt_doc_onboarding")).ShouldBe(["Member"]);
        (await QueryAsync(_host, "select count(*)::text from companion.invite_token")).ShouldBe(["0"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_that_an_account_never_proved_is_nobodys_and_gets_an_ordinary_link(bool isEnabled)
    {
        _host.IdentityProvider.Put(_host.IdentityProvider.AddMember("mallory", Anna) with { AddressVerified = false, Enabled = isEnabled });
        var invite = await _host.IssueAsync(Anna);

        await _host.RunOutboxAsync(Cancellation);

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe([Anna]);
        mail.Text.ShouldContain("/i#");
        var state = await _host.ReadAsync(invite);
        (state.Delivery, state.MatchedAccount).ShouldBe((InviteDelivery.Sent, null));
        (await QueryAsync(_host, "select count(*)::text from events.mt_doc_onboarding")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Somebody_who_was_denied_gets_no_other_link_and_the_inviter_sees_no_difference()
    {
        _host.IdentityProvider.Put(
            _host.IdentityProvider.AddMember("anna", Anna) with { AddressVerified = false, Enabled = false, Approval = AccountStanding.Denied });
        var invite = await _host.IssueAsync(Anna);

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.ShouldBeEmpty();
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Sent);
    }

    [Fact]
    public async Task A_disabled_accounts_address_gets_nothing_and_the_inviter_sees_no_difference()
    {
        _host.IdentityProvider.Put(_host.IdentityProvider.AddMember("anna", Anna) with { Enabled = false });
        var invite = await _host.IssueAsync(Anna);

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.ShouldBeEmpty();
        var state = await _host.ReadAsync(invite);
        state.Delivery.ShouldBe(InviteDelivery.Sent);
        state.MatchedAccount.ShouldBeNull();
    }

    [Fact]
    public async Task A_revoked_or_outdated_mail_is_not_sent()
    {
        var revoked = await _host.IssueAsync(Anna);
        await _host.HappenAsync(revoked, (state, now) => new InviteRevoked(revoked, state.Inviter, now));
        var resent = await _host.IssueAsync("ben@example.org");
        await _host.HappenAsync(resent, (state, now) => new InviteResent(resent, state.Inviter, 2, now.AddDays(14), now));

        await _host.RunOutboxAsync(Cancellation);

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Content.Header("Message-ID").ShouldBe($"<invite.{resent.Value:N}.2@harbour.example>");
    }

    [Fact]
    public async Task A_mail_of_an_inviter_who_has_left_is_not_sent()
    {
        _host.IdentityProvider.Remove(InviteScene.Inviter);
        var invite = await _host.IssueAsync(Anna);

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.ShouldBeEmpty();
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Failed);
    }

    [Fact]
    public async Task A_mail_of_an_inviter_who_is_frozen_is_not_sent()
    {
        AccountId alice = new(InviteScene.Inviter);
        var invite = await _host.IssueAsync(Anna);
        await _host.RunAsync((unit, ct) => MemberStream.ChangeAsync(
            unit, MemberId.Of(alice), new FreezeInviting(alice, true, new AccountId("moritz")), ct));

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.ShouldBeEmpty();
        var state = await _host.ReadAsync(invite);
        (state.Delivery, state.DeliveryFailure).ShouldBe((InviteDelivery.Failed, "inviting_frozen"));
    }

    [Fact]
    public async Task A_further_mail_of_an_inviter_who_is_frozen_is_not_sent_and_says_nothing_about_the_invitation()
    {
        AccountId alice = new(InviteScene.Inviter);
        var invite = await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        await _host.RunAsync((unit, ct) =>
        {
            unit.Enqueue(InviteOutbox.Mail, invite.Value, new InviteMailDue(invite, 1, InviteMailOccasion.Reminder));
            return MemberStream.ChangeAsync(unit, MemberId.Of(alice), new FreezeInviting(alice, true, new AccountId("moritz")), ct);
        });

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.Count.ShouldBe(1);
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Sent);
    }

    [Fact]
    public async Task A_mail_of_an_inviter_who_may_no_longer_give_what_it_holds_is_not_sent()
    {
        var alice = _host.IdentityProvider.People[new AccountId(InviteScene.Inviter)];
        _host.IdentityProvider.Put(alice with { Memberships = new HashSet<Membership>() });
        var invite = await _host.IssueAsync(Anna);

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.ShouldBeEmpty();
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Failed);
    }

    [Fact]
    public async Task While_the_identity_provider_is_away_the_mail_waits_however_long_that_takes()
    {
        var invite = await _host.IssueAsync(Anna);
        _host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        for (var i = 0; i < 20; i++)
        {
            await _host.RunOutboxAsync(Cancellation);
            _host.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        _host.IdentityProvider.Failure = null;
        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.Count.ShouldBe(1);
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Sent);
    }

    [Fact]
    public async Task A_deferred_mail_is_tried_for_three_days_and_then_has_failed()
    {
        _sink.Fail(MailPoint.Recipient, new MailFault.Reply(451, "greylisted"));
        var invite = await _host.IssueAsync(Anna);
        var tries = 0;
        for (var hour = 0; hour < 80; hour++)
        {
            tries += await _host.RunOutboxAsync(Cancellation);
            _host.Clock.Advance(TimeSpan.FromHours(1));
        }

        tries.ShouldBeInRange(15, 50);
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Failed);
        (await OutboxAsync(_host)).ShouldHaveSingleItem().ShouldEndWith("done");
    }

    [Fact]
    public async Task Time_in_which_the_server_refused_us_is_no_deferral()
    {
        _sink.Fail(MailPoint.Sender, new MailFault.Reply(530, "authenticate"), times: 1);
        var invite = await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        _host.Clock.Advance(TimeSpan.FromDays(4));
        _sink.Fail(MailPoint.Recipient, new MailFault.Reply(451, "greylisted"), times: 1);

        await _host.RunOutboxAsync(Cancellation);
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Pending);
        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        await _host.RunOutboxAsync(Cancellation);

        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Sent);
    }

    [Fact]
    public async Task A_deferred_mail_arrives_once_the_server_takes_it()
    {
        _sink.Fail(MailPoint.AfterMessage, new MailFault.Reply(451, "busy"), times: 1);
        var invite = await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Pending);
        _host.Clock.Advance(TimeSpan.FromMinutes(3));

        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.Count.ShouldBe(1);
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Sent);
        (await AttemptsAsync()).ShouldBe(["1 Deferred smtp_451", "2 Accepted "]);
    }

    [Fact]
    public async Task A_rejected_mail_has_failed_and_is_not_tried_again()
    {
        _sink.Fail(MailPoint.Recipient, new MailFault.Reply(550, "no such mailbox"), times: 1);
        var invite = await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        _host.Clock.Advance(TimeSpan.FromDays(1));

        (await _host.RunOutboxAsync(Cancellation)).ShouldBe(0);

        _sink.Mails.ShouldBeEmpty();
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Failed);
    }

    [Fact]
    public async Task After_the_server_refused_us_all_mails_wait_without_trying()
    {
        _sink.Fail(MailPoint.Sender, new MailFault.Reply(530, "authenticate"), times: 1);
        await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await _host.IssueAsync("ben@example.org");
        await _host.RunOutboxAsync(Cancellation);
        _sink.Transcripts.Count.ShouldBe(1);
        (await OutboxAsync(_host)).ShouldBe(["invite_mail smtp_530 0 open", "invite_mail mail_channel_refused 0 open"], ignoreOrder: true);
        _host.LogLines.ShouldContain(line => line.Contains("smtp_530"));

        _host.Clock.Advance(MailChannel.Pause + TimeSpan.FromSeconds(1));
        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_outcome_is_told_and_nothing_is_sent_again_blindly()
    {
        _sink.Fail(MailPoint.AfterMessage, new MailFault.Drop(), times: 1);
        var invite = await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        _host.Clock.Advance(TimeSpan.FromDays(3));
        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.Count.ShouldBe(1);
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Unknown);
        (await OutboxAsync(_host)).ShouldHaveSingleItem().ShouldEndWith("done");
    }

    [Fact]
    public async Task Where_the_operator_wants_it_an_unknown_mail_goes_out_once_more_with_the_same_id()
    {
        await using var host = await InviteScene.StartAsync(
            postgres, _sink, settings => settings.Configuration["Mail:ResendAfterUnknown"] = "true");
        _sink.Fail(MailPoint.AfterMessage, new MailFault.Drop());
        var invite = await host.IssueAsync(Anna);
        await host.RunOutboxAsync(Cancellation);
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        await host.RunOutboxAsync(Cancellation);
        _sink.Mails.Count.ShouldBe(1, "it is parked for half an hour");

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.RunOutboxAsync(Cancellation);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.RunOutboxAsync(Cancellation);

        _sink.Mails.Count.ShouldBe(2);
        _sink.Mails.Select(mail => mail.Content.Header("Message-ID")).Distinct().ShouldBe([$"<invite.{invite.Value:N}.1@harbour.example>"]);
        (await host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Unknown);
    }

    [Fact]
    public async Task An_attempt_without_an_outcome_counts_as_unknown_because_the_process_died_in_it()
    {
        var invite = await _host.IssueAsync(Anna);
        await ExecuteAsync(
            "insert into companion.mail_attempt (outbox_id, attempt, started_at) select id, 1, created_at from companion.outbox_message where kind = 'invite_mail'");

        await _host.RunOutboxAsync(Cancellation);

        _sink.Transcripts.ShouldBeEmpty();
        (await _host.ReadAsync(invite)).Delivery.ShouldBe(InviteDelivery.Unknown);
        (await AttemptsAsync()).ShouldBe(["1 Unknown "]);
    }

    [Fact]
    public async Task The_intent_is_stored_before_the_server_hears_of_us()
    {
        _sink.Fail(MailPoint.Connect, new MailFault.Silence(), times: 1);
        await _host.IssueAsync(Anna);
        var running = _host.RunOutboxAsync(Cancellation);
        SpinWait.SpinUntil(() => _sink.Transcripts.Count == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        (await AttemptsAsync()).ShouldBe(["1  "]);

        _host.Clock.Advance(StepLimit.Usual);
        await running;
        (await AttemptsAsync()).ShouldBe(["1 NotSent timed_out"]);
    }

    [Fact]
    public async Task A_name_that_could_be_a_link_and_a_message_with_template_syntax_do_no_harm()
    {
        var alice = _host.IdentityProvider.People[new AccountId(InviteScene.Inviter)];
        _host.IdentityProvider.Put(alice with { DisplayName = "win.example.com\r\nBcc: all@example.org" });
        await _host.IssueAsync(Anna, "{{url}} {{{community}}} <b>bold</b> & \"so\"");

        await _host.RunOutboxAsync(Cancellation);

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe([Anna]);
        mail.Subject.ShouldBe("A member invited you to Harbour Community");
        mail.Content.Header("Bcc").ShouldBeNull();
        mail.Text.ShouldContain("> {{url}} {{{community}}} <b>bold</b> & \"so\"");
        mail.Html.ShouldContain("{{url}} {{{community}}} &lt;b&gt;bold&lt;/b&gt; &amp; &quot;so&quot;");
    }

    private Task<List<string>> AttemptsAsync() => QueryAsync(
        _host, "select attempt || ' ' || coalesce(outcome, '') || ' ' || coalesce(code, '') from companion.mail_attempt order by started_at, attempt");

    private static Task<List<string>> OutboxAsync(CompanionHost host) => QueryAsync(
        host,
        """
        select kind || ' ' || coalesce(last_error, '') || ' ' || attempts || case when done_at is null then ' open' else ' done' end
        from companion.outbox_message where kind = 'invite_mail' order by created_at, id
        """);

    private static Task<List<string>> QueryAsync(CompanionHost host, string sql) =>
        host.Services.GetRequiredService<NpgsqlDataSource>().QueryAsync(sql, reader => reader.GetString(0), [], Cancellation);

    private Task<int> ExecuteAsync(string sql) => _host.Services.GetRequiredService<NpgsqlDataSource>().ExecuteAsync(sql, [], Cancellation);
}
