using System.Text;
using Companion.Community.Contacts;
using Companion.Community.Messages;
using StandIns.Mail;

namespace Companion.IntegrationTests.Adapters.Smtp;

public sealed class SmtpChannelTests : SmtpTest
{
    public static TheoryData<string, int, string> Replies => new()
    {
        { nameof(MailPoint.Connect), 421, "Deferred smtp_421" },
        { nameof(MailPoint.Connect), 554, "ChannelRefused smtp_554" },
        { nameof(MailPoint.Hello), 421, "Deferred smtp_421" },
        { nameof(MailPoint.Hello), 550, "ChannelRefused smtp_550" },
        { nameof(MailPoint.Authentication), 454, "Deferred smtp_454" },
        { nameof(MailPoint.Authentication), 535, "ChannelRefused smtp_535" },
        { nameof(MailPoint.Sender), 451, "Deferred smtp_451" },
        { nameof(MailPoint.Sender), 530, "ChannelRefused smtp_530" },
        { nameof(MailPoint.Sender), 550, "ChannelRefused smtp_550" },
        { nameof(MailPoint.Recipient), 450, "Deferred smtp_450" },
        { nameof(MailPoint.Recipient), 550, "Rejected smtp_550" },
        { nameof(MailPoint.Data), 451, "Deferred smtp_451" },
        { nameof(MailPoint.Data), 554, "ChannelRefused smtp_554" },
        { nameof(MailPoint.AfterMessage), 451, "Deferred smtp_451" },
        { nameof(MailPoint.AfterMessage), 530, "ChannelRefused smtp_530" },
        { nameof(MailPoint.AfterMessage), 554, "Rejected smtp_554" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_refusal_is_read_by_where_and_what(string point, int code, string expected)
    {
        foreach (var options in (MailSinkOptions[])[new(), new() { OffersPipelining = true }])
        {
            await ServeAsync(options with { Login = new("companion", "secret") });
            Sink.Fail(Enum.Parse<MailPoint>(point), new MailFault.Reply(code, "said the test"));

            Name(await SendAsync(change: WithLogin)).ShouldBe(expected);

            Sink.Mails.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(nameof(MailPoint.StartTls), 454, "Deferred smtp_454")]
    [InlineData(nameof(MailPoint.StartTls), 554, "ChannelRefused smtp_554")]
    public async Task A_refused_encryption_is_no_reason_to_go_on_without(string point, int code, string expected)
    {
        Sink.Fail(Enum.Parse<MailPoint>(point), new MailFault.Reply(code, "said the test"));

        Name(await SendAsync(change: options => options.Security = MailSecurity.StartTls)).ShouldBe(expected);

        Sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("MAIL");
    }

    [Theory]
    [InlineData(nameof(MailPoint.Connect))]
    [InlineData(nameof(MailPoint.Hello))]
    [InlineData(nameof(MailPoint.StartTls))]
    [InlineData(nameof(MailPoint.Authentication))]
    [InlineData(nameof(MailPoint.Sender))]
    [InlineData(nameof(MailPoint.Recipient))]
    [InlineData(nameof(MailPoint.Data))]
    public async Task A_connection_that_breaks_before_the_message_has_sent_nothing(string point)
    {
        var isTls = point == nameof(MailPoint.StartTls);
        await ServeAsync(new() { Login = new("companion", "secret") });
        Sink.Fail(Enum.Parse<MailPoint>(point), new MailFault.Drop());

        var outcome = await SendAsync(change: options =>
        {
            WithLogin(options);
            options.Security = isTls ? MailSecurity.StartTls : MailSecurity.None;
        });

        Name(outcome).ShouldBe("NotSent connection_failed");
    }

    [Fact]
    public async Task A_connection_that_breaks_while_content_is_still_here_has_sent_nothing()
    {
        await ServeAsync(new() { MaximumSize = int.MaxValue });
        Sink.Fail(MailPoint.Content, new MailFault.Drop());

        var outcome = await SendAsync(Mail(text: new MailText("Much", new string('x', 12_000_000), "<p>Much</p>")));

        Name(outcome).ShouldBe("NotSent connection_failed");
        Sink.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_breaks_when_all_content_has_left_leaves_the_outcome_unknown()
    {
        Sink.Fail(MailPoint.Content, new MailFault.Drop());

        (await SendAsync()).ShouldBeOfType<MailOutcome.Unknown>();
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_message_leaves_the_outcome_unknown()
    {
        Sink.Fail(MailPoint.AfterMessage, new MailFault.Drop());

        (await SendAsync()).ShouldBeOfType<MailOutcome.Unknown>();

        Sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_after_the_message_leaves_the_outcome_unknown_once_the_time_is_over()
    {
        Sink.Fail(MailPoint.AfterMessage, new MailFault.Silence());
        var sending = SendAsync();
        await Sink.WaitForAsync("anna@example.org", Ct);

        Clock.Advance(TimeSpan.FromMinutes(9));
        sending.IsCompleted.ShouldBeFalse("RFC 5321 gives the server ten minutes");
        Clock.Advance(TimeSpan.FromMinutes(2));

        (await sending).ShouldBeOfType<MailOutcome.Unknown>();
    }

    [Theory]
    [InlineData(nameof(MailPoint.Hello))]
    [InlineData(nameof(MailPoint.Authentication))]
    [InlineData(nameof(MailPoint.Sender))]
    [InlineData(nameof(MailPoint.Data))]
    [InlineData(nameof(MailPoint.AfterMessage))]
    public async Task A_slow_answer_in_its_time_is_waited_for(string point)
    {
        var answer = new TaskCompletionSource();
        await ServeAsync(new() { Login = new("companion", "secret") });
        var late = Sink.Fail(Enum.Parse<MailPoint>(point), new MailFault.Late(answer.Task), times: 1);
        var sending = SendAsync(change: WithLogin);
        await Eventually.HoldsAsync(() => late.HasStruck);

        Clock.Advance(TimeSpan.FromSeconds(100));
        answer.SetResult();

        (await sending).ShouldBeOfType<MailOutcome.Accepted>();
    }

    [Fact]
    public async Task A_server_that_never_greets_has_not_got_the_mail()
    {
        Sink.Fail(MailPoint.Connect, new MailFault.Silence());
        var sending = SendAsync();
        SpinWait.SpinUntil(() => Sink.Transcripts.Count == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        Clock.Advance(TimeSpan.FromMinutes(3));

        Name(await sending).ShouldBe("NotSent timed_out");
    }

    [Fact]
    public async Task A_stopping_process_gives_the_conversation_a_little_time_and_then_reports_the_unknown()
    {
        Sink.Fail(MailPoint.AfterMessage, new MailFault.Silence());
        using var stopping = new CancellationTokenSource();
        var sending = SendAsync(cancellationToken: stopping.Token);
        await Sink.WaitForAsync("anna@example.org", Ct);

        await stopping.CancelAsync();
        sending.IsCompleted.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(30));

        (await sending).ShouldBeOfType<MailOutcome.Unknown>();
    }

    [Fact]
    public async Task Nobody_listening_means_not_sent()
    {
        int port;
        await using (var gone = MailSink.Start())
        {
            port = gone.Port;
        }

        Name(await SendAsync(change: options => options.Port = port)).ShouldBe("NotSent connection_failed");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_stops_the_channel_before_anything_is_said()
    {
        var outcome = await SendAsync(change: options => options.Security = MailSecurity.StartTls);

        Name(outcome).ShouldBe("ChannelRefused tls_failed");
        Sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("MAIL");
    }

    [Fact]
    public async Task A_server_that_hides_its_encryption_stops_the_channel()
    {
        await ServeAsync(new() { OffersStartTls = false });

        var outcome = await SendAsync(change: options => options.Security = MailSecurity.StartTls);

        Name(outcome).ShouldBe("ChannelRefused security_unavailable");
        Sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("MAIL");
    }

    [Fact]
    public async Task Encryption_from_the_first_byte_checks_the_certificate_too()
    {
        await ServeAsync(new() { IsEncrypted = true });

        var outcome = await SendAsync(change: options => options.Security = MailSecurity.Implicit);

        Name(outcome).ShouldBe("ChannelRefused tls_failed");
        Sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("C:");
    }

    [Theory]
    [InlineData(nameof(MailAuthentication.Auto), "PLAIN LOGIN", "AUTH PLAIN")]
    [InlineData(nameof(MailAuthentication.Auto), "LOGIN", "AUTH LOGIN")]
    [InlineData(nameof(MailAuthentication.Auto), "NTLM GSSAPI PLAIN", "AUTH PLAIN")]
    [InlineData(nameof(MailAuthentication.Plain), "LOGIN PLAIN", "AUTH PLAIN")]
    [InlineData(nameof(MailAuthentication.Login), "PLAIN LOGIN", "AUTH LOGIN")]
    public async Task A_right_password_opens_the_door_and_a_wrong_one_stops_the_channel(string way, string offered, string said)
    {
        await ServeAsync(new() { Login = new("companion", "secret"), Logins = offered.Split(' ') });
        void Use(MailOptions options) => (options.Username, options.Authentication) = ("companion", Enum.Parse<MailAuthentication>(way));

        var right = await SendAsync(change: options => { Use(options); options.Password = "secret"; });
        var wrong = await SendAsync(change: options => { Use(options); options.Password = "guess"; });

        right.ShouldBeOfType<MailOutcome.Accepted>();
        Sink.Mails.ShouldHaveSingleItem().LoggedIn.ShouldBeTrue();
        Sink.Transcripts[0].ShouldContain(said);
        Name(wrong).ShouldBe("ChannelRefused smtp_535");
    }

    [Fact]
    public async Task A_login_that_the_server_does_not_offer_is_not_tried()
    {
        await ServeAsync(new() { Login = new("companion", "secret"), Logins = ["LOGIN", "XOAUTH2"] });

        var outcome = await SendAsync(change: options =>
        {
            WithLogin(options);
            options.Authentication = MailAuthentication.Plain;
        });

        Name(outcome).ShouldBe("ChannelRefused security_unavailable");
        Sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("C: AUTH");
    }

    [Fact]
    public async Task An_address_in_other_letters_goes_only_where_the_server_takes_such()
    {
        var channel = Channel();
        foreach (var to in (string[])["anna@xn--e1aybc.example", "анна@xn--e1aybc.example"])
        {
            Name(await channel.SendAsync(Mail(to), Ct)).ShouldBe("Accepted");
        }

        Sink.Mails.Select(mail => mail.Recipients.Single()).ShouldBe(["anna@xn--e1aybc.example", "анна@тест.example"]);
        Sink.Mails.Select(mail => mail.Content.Header("To")).First().ShouldBe("anna@xn--e1aybc.example");
        Sink.Transcripts[0].ShouldNotContain(" SMTPUTF8 ");
        Sink.Transcripts[1].ShouldContain(" SMTPUTF8 ");

        await ServeAsync(new() { OffersUtf8 = false });
        Name(await SendAsync(Mail("анна@xn--e1aybc.example"))).ShouldBe("Rejected smtputf8_unavailable");
        Sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("C: MAIL");
    }

    [Fact]
    public async Task Lines_of_dots_arrive_as_they_were_written()
    {
        var lines = Enumerable.Range(0, 160).Select(length => new string('x', length) + ".");
        var plain = string.Join("\r\n", lines.Concat([".", "..", "...", ". x", ""])) + "\r\n.\r\n";

        var outcome = await SendAsync(Mail(text: new MailText("Dots", plain, "<p>.</p>\r\n.\r\n")));

        outcome.ShouldBeOfType<MailOutcome.Accepted>();
        var mail = Sink.Mails.ShouldHaveSingleItem();
        mail.Text.ShouldBe(plain);
        mail.Html.ShouldBe("<p>.</p>\r\n.\r\n");
    }

    [Fact]
    public async Task Names_in_any_script_arrive_and_the_wire_stays_ascii()
    {
        var subject = "Žofie Łukaszewicz-Ångström 山田太郎 hat dich zu Häfen & Boote eingeladen";

        await SendAsync(
            Mail(text: new MailText(subject, "Grüße an 山田\r\n", "<p>Grüße</p>")), options => options.FromName = "Häfen & Boote 港");

        var mail = Sink.Mails.ShouldHaveSingleItem();
        mail.Subject.ShouldBe(subject);
        mail.Content.Header("From").ShouldBe("Häfen & Boote 港 <invitations@harbour.example>");
        mail.Text.ShouldBe("Grüße an 山田\r\n");
        mail.Raw.ShouldAllBe(b => b < 0x80);
        mail.Source.Split("\r\n").ShouldAllBe(line => line.Length <= 998 && !line.Contains('\r') && !line.Contains('\n'));
    }

    [Fact]
    public async Task The_headers_say_what_kind_of_mail_it_is()
    {
        await SendAsync();

        var mail = Sink.Mails.ShouldHaveSingleItem();
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

    /// <summary>What System.Net.Mail made of the same mail, before MailKit came.</summary>
    [Fact]
    public async Task Mails_are_what_they_were()
    {
        using var file = new StreamReader(typeof(SmtpChannelTests).Assembly.GetManifestResourceStream("mail-before-mailkit.eml")!);
        var before = MailPart.Parse(Encoding.ASCII.GetBytes((await file.ReadToEndAsync(Ct)).ReplaceLineEndings("\r\n")));

        await SendAsync(
            new OutgoingMail(
                EmailAddress.FromStored("anna@xn--bcher-kva.example"),
                "invite.1@harbour.example",
                "https://companion.example.org/never-again?c=abc&lang=de",
                new MailText(before.Header("Subject")!, before.Find("text/plain")!.DecodedText, before.Find("text/html")!.DecodedText)),
            options => (options.FromName, options.ReplyTo) = ("Häfen & Boote 港", "crew@harbour.example"));

        var now = Sink.Mails.ShouldHaveSingleItem().Content;
        string[] headers =
        [
            "Message-ID", "From", "To", "Reply-To", "Subject", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version",
        ];
        headers.Select(now.Header).ShouldBe(headers.Select(before.Header));
        now.Names.Order().ShouldBe(before.Names.Order(), Case.Insensitive);
        (now.MediaType, now.Parts.Count).ShouldBe((before.MediaType, before.Parts.Count));
        foreach (var type in (string[])["text/plain", "text/html"])
        {
            now.Find(type)!.DecodedText.ShouldBe(before.Find(type)!.DecodedText);
            now.Find(type)!.Header("Content-Type").ShouldBe(before.Find(type)!.Header("Content-Type"));
        }
    }
}
