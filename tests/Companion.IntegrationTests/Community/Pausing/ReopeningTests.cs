using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Invites;
using Companion.Journey.Members;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;

namespace Companion.IntegrationTests.Community.Pausing;

/// <summary>What invitees see of a pause, and how they hear that it is over.</summary>
public sealed class ReopeningTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Anna = "anna@example.org";

    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;
    private InviteId _invite;
    private string _token = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await InviteScene.StartAsync(postgres, _sink);
        _invite = await _host.IssueAsync(Anna, "Come and sail with us.");
        await _host.RunOutboxAsync(Ct);
        _token = InviteScene.TokenIn(_sink.Mails[0].Text);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task The_page_says_that_it_is_paused_why_and_offers_to_tell_when_it_opens_again()
    {
        await _host.SwitchPauseAsync(true, "Somebody floods us.\nBack on Friday.");

        var page = await PostAsync("/i/exchange", "en");

        State(page).ShouldBe("paused");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Registration is paused by the moderators");
        page.QuerySelectorAll("main > p:not([hidden])").Select(part => part.TextContent).ShouldBe(
            ["Somebody floods us.", "Back on Friday.", "Your invitation is kept. We can write to you when it goes on."]);
        page.QuerySelector("main button")!.TextContent.ShouldBe("Tell me when it opens again");
        (await PostAsync("/i/exchange", "de")).QuerySelector("main button")!.TextContent.ShouldBe("Sagt mir Bescheid, wenn es weitergeht");
        (await SendAsync("/i/exchange", ("token", _token), ("step", "continue"))).StatusCode.ShouldBe(HttpStatusCode.OK, "nobody goes on");
    }

    [Fact]
    public async Task The_button_works_once_and_the_mail_that_follows_has_a_link_that_works_beside_the_old_one()
    {
        await _host.SwitchPauseAsync(true);
        State(await PostAsync("/i/reopening", "en")).ShouldBe("paused-wished");
        var again = await PostAsync("/i/reopening", "en");
        again.QuerySelectorAll("main button").ShouldBeEmpty();
        again.QuerySelector("main")!.TextContent.ShouldContain("You will get a mail when it opens again.");
        await _host.RunOutboxAsync(Ct);
        _sink.Mails.Count.ShouldBe(1, "only the invitation so far");

        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);

        var mail = _sink.Mails[^1];
        _sink.Mails.Count.ShouldBe(2);
        mail.Recipients.ShouldBe([Anna]);
        mail.Subject.ShouldBe("Open again: Alice Ahlers invited you to Harbour Community");
        mail.Text.ShouldContain("Registration is open again. You asked us to tell you.");
        mail.Html.ShouldContain("Registration is open again. You asked us to tell you.");
        mail.Text.ShouldContain("> Come and sail with us.");
        mail.Content.Header("List-Unsubscribe").ShouldNotBeNull();
        mail.Content.Header("Message-ID").ShouldNotBe(_sink.Mails[0].Content.Header("Message-ID"));
        var fresh = InviteScene.TokenIn(mail.Text);
        fresh.ShouldNotBe(_token);
        foreach (var token in (string[])[_token, fresh])
        {
            State(await PostAsync("/i/exchange", "en", token)).ShouldBe("good");
        }

        (await _host.CountAsync("companion.pause_wish")).ShouldBe(0);
    }

    [Fact]
    public async Task Who_reads_german_hears_it_in_german()
    {
        var invite = await _host.IssueAsync("ben@example.org", language: "de");
        await _host.RunOutboxAsync(Ct);
        await _host.SwitchPauseAsync(true);
        await SendAsync("/i/reopening", ("token", InviteScene.TokenIn(_sink.Mails[^1].Text)));
        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);

        var mail = _sink.Mails[^1];
        mail.Recipients.ShouldBe(["ben@example.org"]);
        mail.Subject.ShouldBe("Wieder offen: Alice Ahlers hat dich zu Harbour Community eingeladen");
        mail.Text.ShouldContain("Die Registrierung ist wieder offen. Du hast uns gebeten, dir das zu sagen.");
        mail.Html.ShouldContain("Die Registrierung ist wieder offen.");
        (await _host.ReadAsync(invite)).Generation.ShouldBe(1);
    }

    [Fact]
    public async Task Who_did_not_wish_it_hears_nothing()
    {
        await _host.SwitchPauseAsync(true);
        await PostAsync("/i/exchange", "en");
        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);
        State(await PostAsync("/i/reopening", "en")).ShouldBe("good", "a wish that comes late finds it open");
        await _host.SwitchPauseAsync(true);
        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);

        _sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_invite_that_ran_out_meanwhile_is_sent_anew_by_who_let_it_go_on()
    {
        await _host.SwitchPauseAsync(true);
        await PostAsync("/i/reopening", "en");
        _host.Clock.Advance(TimeSpan.FromDays(15));
        await _host.RunOutboxAsync(Ct);
        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);

        var mail = _sink.Mails[^1];
        mail.Subject.ShouldBe("Open again: Alice Ahlers invited you to Harbour Community");
        (await _host.ReadAsync(_invite)).Generation.ShouldBe(2);
        State(await PostAsync("/i/exchange", "en", InviteScene.TokenIn(mail.Text))).ShouldBe("good");
        State(await PostAsync("/i/exchange", "en")).ShouldBe("replaced");
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_resent' and actor = 'moritz' and kind = 'AdminEvent'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_expired_invite_of_a_frozen_inviter_is_not_sent_anew_and_loses_no_generation()
    {
        await _host.SwitchPauseAsync(true);
        await PostAsync("/i/reopening", "en");
        _host.Clock.Advance(TimeSpan.FromDays(15));
        await _host.RunOutboxAsync(Ct);
        AccountId alice = new(InviteScene.Inviter);
        await _host.RunAsync((unit, ct) => MemberStream.ChangeAsync(unit, MemberId.Of(alice), new FreezeInviting(alice, true, new("moritz")), ct));
        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);

        var state = await _host.ReadAsync(_invite);
        (state.Status, state.Generation).ShouldBe((InviteStatus.Expired, 1));
        State(await PostAsync("/i/exchange", "en")).ShouldNotBe("replaced");
        _sink.Mails.Skip(1).SelectMany(mail => mail.Recipients).ShouldBe(["alice@example.org"], "the inviter hears that a link is asked for");
    }

    [Fact]
    public async Task Where_no_further_generation_is_allowed_the_inviter_hears_that_a_link_is_asked_for()
    {
        for (var generation = 2; generation <= 3; generation++)
        {
            await _host.HappenAsync(_invite, (state, now) => new InviteResent(_invite, state.Inviter, generation, now.AddDays(14), now));
            await _host.RunOutboxAsync(Ct);
        }

        var token = InviteScene.TokenIn(_sink.Mails[^1].Text);
        await _host.SwitchPauseAsync(true);
        await SendAsync("/i/reopening", ("token", token));
        _host.Clock.Advance(TimeSpan.FromDays(15));
        await _host.RunOutboxAsync(Ct);
        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);

        (await _host.ReadAsync(_invite)).Generation.ShouldBe(3);
        _sink.Mails[^1].Recipients.ShouldBe(["alice@example.org"]);
        _sink.Mails[^1].Subject.ShouldBe("Someone you invited asks for a new link");
    }

    [Theory]
    [InlineData("suppressed")]
    [InlineData("frozen")]
    [InlineData("disabled")]
    [InlineData("member")]
    public async Task Nothing_is_mailed_to_who_must_not_be_written_to_or_for_who_may_not_invite(string what)
    {
        await _host.SwitchPauseAsync(true);
        await PostAsync("/i/reopening", "en");
        switch (what)
        {
            case "suppressed":
                await _host.RunAsync((unit, _) =>
                {
                    _host.Services.GetRequiredService<SuppressionList>().Add(unit, EmailAddress.FromStored(Anna));
                    return Task.FromResult(true);
                });
                break;
            case "frozen":
                AccountId alice = new(InviteScene.Inviter);
                await _host.RunAsync((unit, ct) => MemberStream.ChangeAsync(unit, MemberId.Of(alice), new FreezeInviting(alice, true, new("moritz")), ct));
                break;
            case "disabled":
                _host.Disable(InviteScene.Inviter);
                break;
            default:
                _host.IdentityProvider.AddMember("anna", Anna);
                break;
        }

        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        await _host.SwitchPauseAsync(false);
        await _host.RunOutboxAsync(Ct);

        _sink.Mails.Count.ShouldBe(1);
        (await _host.CountAsync("companion.outbox_message", "done_at is null and kind <> 'invite_expiry'")).ShouldBe(0);
        var state = await _host.ReadAsync(_invite);
        (state.Status, state.Delivery, state.MatchedAccount).ShouldBe((InviteStatus.Issued, InviteDelivery.Sent, null));
    }

    [Fact]
    public async Task A_wish_that_is_to_be_answered_while_it_is_paused_again_waits()
    {
        await _host.SwitchPauseAsync(true);
        await PostAsync("/i/reopening", "en");
        await _host.SwitchPauseAsync(false);
        await _host.SwitchPauseAsync(true);
        await _host.RunOutboxAsync(Ct);
        _sink.Mails.Count.ShouldBe(1);

        await _host.SwitchPauseAsync(false);
        _host.Clock.Advance(TimeSpan.FromMinutes(6));
        await _host.RunOutboxAsync(Ct);

        _sink.Mails.Count.ShouldBe(2);
    }

    private static string? State(IHtmlDocument page) => page.QuerySelector("main")!.GetAttribute("data-state");

    private async Task<IHtmlDocument> PostAsync(string route, string language, string? token = null)
    {
        using var answer = await SendAsync(route, ("token", token ?? _token), ("lang", language));
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task<HttpResponseMessage> SendAsync(string route, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _host.Anonymous.PostAsync(route, content, Ct);
    }
}
