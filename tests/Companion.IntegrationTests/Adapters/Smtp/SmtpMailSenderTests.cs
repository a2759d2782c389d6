using Companion.Adapters.Smtp;
using Companion.Community.Contacts;
using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;
using StandIns.Mail;

namespace Companion.IntegrationTests.Adapters.Smtp;

public sealed class SmtpMailSenderTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private MailSink _sink = MailSink.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    public static TheoryData<string, int, string> Replies => new()
    {
        { nameof(MailPoint.Connect), 421, "Deferred smtp_421" },
        { nameof(MailPoint.Connect), 554, "ChannelRefused smtp_554" },
        { nameof(MailPoint.Sender), 451, "Deferred smtp_451" },
        { nameof(MailPoint.Sender), 530, "ChannelRefused smtp_530" },
        { nameof(MailPoint.Sender), 550, "ChannelRefused smtp_550" },
        { nameof(MailPoint.Recipient), 450, "Deferred smtp_450" },
        { nameof(MailPoint.Recipient), 550, "Rejected smtp_550" },
        { nameof(MailPoint.Data), 451, "Deferred smtp_451" },
        { nameof(MailPoint.Data), 554, "ChannelRefused smtp_554" },
        { nameof(MailPoint.AfterMessage), 451, "Deferred smtp_451" },
        { nameof(MailPoint.AfterMessage), 554, "Rejected smtp_554" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_refusal_is_read_by_where_and_what(string point, int code, string expected)
    {
        _sink.Fail(Enum.Parse<MailPoint>(point), new MailFault.Reply(code, "said the test"));

        Name(await Sender().SendAsync(Mail(), Cancellation)).ShouldBe(expected);

        _sink.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(MailPoint.Connect))]
    [InlineData(nameof(MailPoint.Hello))]
    [InlineData(nameof(MailPoint.Sender))]
    [InlineData(nameof(MailPoint.Recipient))]
    [InlineData(nameof(MailPoint.Data))]
    public async Task A_connection_that_breaks_before_the_message_has_sent_nothing(string point)
    {
        _sink.Fail(Enum.Parse<MailPoint>(point), new MailFault.Drop());

        Name(await Sender().SendAsync(Mail(), Cancellation)).ShouldBe("NotSent connection_failed");
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_message_leaves_the_outcome_unknown()
    {
        _sink.Fail(MailPoint.AfterMessage, new MailFault.Drop());

        (await Sender().SendAsync(Mail(), Cancellation)).ShouldBeOfType<MailOutcome.Unknown>();

        _sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_after_the_message_leaves_the_outcome_unknown_once_the_time_is_over()
    {
        _sink.Fail(MailPoint.AfterMessage, new MailFault.Silence());
        var sending = Sender().SendAsync(Mail(), Cancellation);
        await _sink.WaitForAsync("anna@example.org", Cancellation);

        _clock.Advance(TimeSpan.FromMinutes(9));
        sending.IsCompleted.ShouldBeFalse("RFC 5321 gives the server ten minutes");
        _clock.Advance(TimeSpan.FromMinutes(2));

        (await sending).ShouldBeOfType<MailOutcome.Unknown>();
    }

    [Fact]
    public async Task A_server_that_never_greets_has_not_got_the_mail()
    {
        _sink.Fail(MailPoint.Connect, new MailFault.Silence());
        var sending = Sender().SendAsync(Mail(), Cancellation);
        SpinWait.SpinUntil(() => _sink.Transcripts.Count == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        _clock.Advance(TimeSpan.FromMinutes(3));

        Name(await sending).ShouldBe("NotSent timed_out");
    }

    [Fact]
    public async Task A_stopping_process_gives_the_conversation_a_little_time_and_then_reports_the_unknown()
    {
        _sink.Fail(MailPoint.AfterMessage, new MailFault.Silence());
        using var stopping = new CancellationTokenSource();
        var sending = Sender().SendAsync(Mail(), stopping.Token);
        await _sink.WaitForAsync("anna@example.org", Cancellation);

        await stopping.CancelAsync();
        sending.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(30));

        (await sending).ShouldBeOfType<MailOutcome.Unknown>();
    }

    [Fact]
    public async Task Nobody_listening_means_not_sent()
    {
        var port = _sink.Port;
        await _sink.DisposeAsync();
        var outcome = await Sender(options => options.Port = port).SendAsync(Mail(), Cancellation);
        _sink = MailSink.Start();

        Name(outcome).ShouldBe("NotSent connection_failed");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_stops_the_channel_before_anything_is_said()
    {
        var outcome = await Sender(options => options.Security = MailSecurity.StartTls).SendAsync(Mail(), Cancellation);

        Name(outcome).ShouldBe("ChannelRefused tls_failed");
        _sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("MAIL");
    }

    [Fact]
    public async Task A_server_that_hides_its_encryption_stops_the_channel()
    {
        await _sink.DisposeAsync();
        _sink = MailSink.Start(new MailSinkOptions { OffersStartTls = false });

        var outcome = await Sender(options => options.Security = MailSecurity.StartTls).SendAsync(Mail(), Cancellation);

        Name(outcome).ShouldBe("ChannelRefused security_unavailable");
        _sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("MAIL");
    }

    [Fact]
    public async Task A_right_password_opens_the_door_and_a_wrong_one_stops_the_channel()
    {
        await _sink.DisposeAsync();
        var password = Guid.NewGuid().ToString();
        _sink = MailSink.Start(new MailSinkOptions { Login = new MailLogin("companion", password) });

        var right = await Sender(options => (options.Username, options.Password) = ("companion", password)).SendAsync(Mail(), Cancellation);
        var wrong = await Sender(options => (options.Username, options.Password) = ("companion", "guess")).SendAsync(Mail(), Cancellation);

        right.ShouldBeOfType<MailOutcome.Accepted>();
        _sink.Mails.ShouldHaveSingleItem().LoggedIn.ShouldBeTrue();
        wrong.ShouldBeOfType<MailOutcome.ChannelRefused>();
    }

    [Fact]
    public async Task Lines_of_dots_arrive_as_they_were_written()
    {
        var lines = Enumerable.Range(0, 160).Select(length => new string('x', length) + ".");
        var plain = string.Join("\r\n", lines.Concat([".", "..", "...", ". x", ""])) + "\r\n.\r\n";

        var outcome = await Sender().SendAsync(Mail(text: new MailText("Dots", plain, "<p>.</p>\r\n.\r\n")), Cancellation);

        outcome.ShouldBeOfType<MailOutcome.Accepted>();
        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Text.ShouldBe(plain);
        mail.Html.ShouldBe("<p>.</p>\r\n.\r\n");
    }

    [Fact]
    public async Task Names_in_any_script_arrive_and_the_wire_stays_ascii()
    {
        var subject = "Žofie Łukaszewicz-Ångström 山田太郎 hat dich zu Häfen & Boote eingeladen";
        var sender = Sender(options => options.FromName = "Häfen & Boote 港");

        await sender.SendAsync(Mail(text: new MailText(subject, "Grüße an 山田\r\n", "<p>Grüße</p>")), Cancellation);

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Subject.ShouldBe(subject);
        mail.Content.Header("From").ShouldBe("Häfen & Boote 港 <invitations@harbour.example>");
        mail.Text.ShouldBe("Grüße an 山田\r\n");
        mail.Raw.ShouldAllBe(b => b < 0x80);
        mail.Source.Split("\r\n").ShouldAllBe(line => line.Length <= 998 && !line.Contains('\r') && !line.Contains('\n'));
    }

    [Fact]
    public async Task The_headers_say_what_kind_of_mail_it_is()
    {
        await Sender().SendAsync(Mail(), Cancellation);

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe(["anna@example.org"]);
        mail.Sender.ShouldBe("invitations@harbour.example");
        mail.Content.Headers("Message-ID").ShouldBe(["<invite.1@harbour.example>"]);
        mail.Content.Headers("Auto-Submitted").ShouldBe(["auto-generated"]);
        mail.Content.Headers("List-Unsubscribe").ShouldBe(["<https://companion.example.org/never-again?c=abc>"]);
        mail.Content.Headers("List-Unsubscribe-Post").ShouldBe(["List-Unsubscribe=One-Click"]);
        mail.Content.Headers("To").ShouldBe(["anna@example.org"]);
        mail.Content.Headers("Date").Count().ShouldBe(1);
        mail.Content.Header("Precedence").ShouldBeNull();
        mail.Content.Header("Reply-To").ShouldBeNull();
        mail.Content.MediaType.ShouldBe("multipart/alternative");
        mail.Content.Parts.Select(part => part.MediaType).ShouldBe(["text/plain", "text/html"]);
    }

    private SmtpMailSender Sender(Action<MailOptions>? change = null)
    {
        var options = new MailOptions
        {
            Host = "127.0.0.1",
            Port = _sink.Port,
            From = "invitations@harbour.example",
            Security = MailSecurity.None,
        };
        change?.Invoke(options);
        return new SmtpMailSender(Options.Create(options), Options.Create(new CommunityOptions { Name = "Harbour Community" }), _clock);
    }

    private static OutgoingMail Mail(MailText? text = null) => new(
        EmailAddress.FromStored("anna@example.org"),
        "invite.1@harbour.example",
        "https://companion.example.org/never-again?c=abc",
        text ?? new MailText("Hello", "Hello\r\n", "<p>Hello</p>"));

    private static string Name(MailOutcome outcome) => outcome switch
    {
        MailOutcome.Deferred o => $"Deferred {o.Code}",
        MailOutcome.Rejected o => $"Rejected {o.Code}",
        MailOutcome.NotSent o => $"NotSent {o.Code}",
        MailOutcome.ChannelRefused o => $"ChannelRefused {o.Code}",
        _ => outcome.GetType().Name,
    };
}
