using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using StandIns.Mail;

namespace Companion.IntegrationTests.Community.Messages;

public sealed class SendNoticeMailTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await InviteScene.StartAsync(postgres, _sink);
        _host.IdentityProvider.Put(_host.IdentityProvider.AddMember("ben") with { DisplayName = "Ben Boje", Language = "de" });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task A_notice_names_whom_it_is_about_in_the_receivers_language()
    {
        await EnqueueAsync(new NoticeMailDue(new AccountId("ben"), NoticeTemplates.MemberAdded, About: new AccountId(InviteScene.Inviter)));

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe(["ben@example.org"]);
        mail.Subject.ShouldBe("Du wurdest zu Harbour Community hinzugefügt");
        mail.Text.ShouldContain("Alice Ahlers hat dich zu Harbour Community eingeladen.");
        mail.Content.Header("List-Unsubscribe").ShouldBeNull();
    }

    [Fact]
    public async Task The_inviter_reads_who_joined()
    {
        await EnqueueAsync(new NoticeMailDue(new AccountId(InviteScene.Inviter), NoticeTemplates.Joined, About: new AccountId("ben")));

        _sink.Mails.ShouldHaveSingleItem().Subject.ShouldBe("Ben Boje joined Harbour Community");
    }

    [Fact]
    public async Task A_request_for_a_new_link_shows_the_address_masked()
    {
        var invite = await _host.IssueAsync("anna@example.org");
        await EnqueueAsync(new NoticeMailDue(new AccountId(InviteScene.Inviter), NoticeTemplates.RenewalAsked, InviteId: invite));

        var mail = _sink.Mails.Single(mail => mail.Recipients.Contains("alice@example.org"));
        mail.Text.ShouldContain("a•••@example.org");
        mail.Text.ShouldNotContain("anna@");
    }

    [Fact]
    public async Task A_notice_to_somebody_who_has_left_is_not_sent()
    {
        _host.IdentityProvider.Put(_host.IdentityProvider.People[new AccountId("ben")] with { Enabled = false });
        await EnqueueAsync(new NoticeMailDue(new AccountId("ben"), NoticeTemplates.Joined, About: new AccountId(InviteScene.Inviter)));
        await EnqueueAsync(new NoticeMailDue(new AccountId("nobody"), NoticeTemplates.Joined, About: new AccountId(InviteScene.Inviter)));

        _sink.Mails.ShouldBeEmpty();
    }

    private async Task EnqueueAsync(NoticeMailDue due)
    {
        await _host.RunAsync((unit, _) =>
        {
            unit.Enqueue(DeliveryOutbox.Notice, Guid.NewGuid(), due);
            return Task.FromResult(true);
        });
        await _host.RunOutboxAsync(Cancellation);
    }
}
