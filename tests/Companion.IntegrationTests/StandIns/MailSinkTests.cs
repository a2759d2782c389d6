using System.Net.Mail;
using System.Net.Mime;
using StandIns.Mail;

namespace Companion.IntegrationTests.StandIns;

public sealed class MailSinkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_from_a_real_client_can_be_read_in_all_its_parts()
    {
        await using var sink = MailSink.Start();
        using var message = new MailMessage("Gemeinde <from@example.org>", "anna@example.org") { Subject = "Einladung für Anna – jetzt", Body = "Grüße\n.\n..x" };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString("<p>Grüße</p>", null, MediaTypeNames.Text.Html));
        using var client = new SmtpClient("127.0.0.1", sink.Port);

        await client.SendMailAsync(message, Ct);

        var mail = await sink.WaitForAsync("ANNA@example.org", Ct);
        mail.Subject.ShouldBe("Einladung für Anna – jetzt");
        mail.Sender.ShouldBe("from@example.org");
        mail.Text.ReplaceLineEndings("\n").TrimEnd().ShouldBe("Grüße\n.\n..x");
        mail.Html.TrimEnd().ShouldBe("<p>Grüße</p>");
        mail.Encrypted.ShouldBeFalse();
    }

    [Fact]
    public async Task Waiting_for_a_mail_passes_over_those_that_do_not_match()
    {
        await using var sink = MailSink.Start();
        var waiting = sink.WaitForAsync("anna@example.org", Ct, mail => mail.Subject == "second");
        using var client = new SmtpClient("127.0.0.1", sink.Port);

        await client.SendMailAsync("from@example.org", "anna@example.org", "first", "text", Ct);
        waiting.IsCompleted.ShouldBeFalse();
        await client.SendMailAsync("from@example.org", "anna@example.org", "second", "text", Ct);

        (await waiting).Number.ShouldBe(2);
    }

    [Fact]
    public async Task The_raw_message_is_kept_byte_for_byte_with_dots_unstuffed()
    {
        await using var sink = MailSink.Start();
        await using var dialogue = await UpToDataAsync(sink);

        (await dialogue.SayAsync("Subject: dots\r\n\r\n..one\r\n...\r\nlast\r\n.")).ShouldBe("250 2.0.0 taken");

        sink.Mails.Single().Source.ShouldBe("Subject: dots\r\n\r\n.one\r\n..\r\nlast\r\n");
    }

    [Fact]
    public async Task After_STARTTLS_the_conversation_is_encrypted_and_starts_afresh()
    {
        await using var sink = MailSink.Start();
        await using var dialogue = await OpenAsync(sink);
        await dialogue.SayAsync("MAIL FROM:<early@example.org>");
        (await dialogue.SayAsync("STARTTLS")).ShouldBe("220 2.0.0 go ahead");
        await dialogue.SecureAsync(sink);

        (await dialogue.SayAsync("RCPT TO:<anna@example.org>")).ShouldBe("503 5.5.1 MAIL first");
        await dialogue.SayAsync("EHLO test");
        (await dialogue.SayAsync("STARTTLS")).ShouldBe("503 5.5.1 not now");
        await dialogue.SayAsync("MAIL FROM:<from@example.org>");
        await dialogue.SayAsync("RCPT TO:<anna@example.org>");
        await dialogue.SayAsync("DATA");
        await dialogue.SayAsync("Subject: x\r\n\r\ny\r\n.");

        sink.Mails.Single().Encrypted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("AUTH PLAIN AG5hbWUAc2VjcmV0", null, "235 2.7.0 welcome")]
    [InlineData("AUTH LOGIN", "bmFtZQ==\r\nc2VjcmV0", "235 2.7.0 welcome")]
    [InlineData("AUTH LOGIN bmFtZQ==", "c2VjcmV0", "235 2.7.0 welcome")]
    [InlineData("AUTH PLAIN AG5hbWUAd3Jvbmc=", null, "535 5.7.8 name or password is wrong")]
    [InlineData("AUTH PLAIN not-base64", null, "535 5.7.8 name or password is wrong")]
    [InlineData("AUTH CRAM-MD5", null, "535 5.7.8 name or password is wrong")]
    public async Task A_login_is_asked_for_and_checked(string command, string? answers, string expected)
    {
        await using var sink = MailSink.Start(new() { Login = new("name", "secret") });
        await using var dialogue = await OpenAsync(sink);
        (await dialogue.SayAsync("MAIL FROM:<from@example.org>")).ShouldBe("530 5.7.0 authenticate first");

        var last = await dialogue.SayAsync(command);
        foreach (var answer in answers?.Split("\r\n") ?? [])
        {
            last = await dialogue.SayAsync(answer);
        }

        last.ShouldBe(expected);
        sink.Transcripts.Single().ShouldNotContain("c2VjcmV0");
        (await dialogue.SayAsync("MAIL FROM:<from@example.org>"))!.StartsWith("250", StringComparison.Ordinal)
            .ShouldBe(expected.StartsWith("235", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MailPoint.Connect)]
    [InlineData(MailPoint.Hello)]
    [InlineData(MailPoint.StartTls)]
    [InlineData(MailPoint.Authentication)]
    [InlineData(MailPoint.Sender)]
    [InlineData(MailPoint.Recipient)]
    [InlineData(MailPoint.Data)]
    [InlineData(MailPoint.AfterMessage)]
    public async Task Any_code_can_be_answered_at_any_point(MailPoint point)
    {
        await using var sink = MailSink.Start(new() { Login = point == MailPoint.Authentication ? new("name", "secret") : null });
        sink.Fail(point, new MailFault.Reply(451, "4.7.1 later"), times: 1);
        await using var dialogue = await SmtpDialogue.OpenAsync(sink);

        (await UpToAsync(dialogue, point)).ShouldBe("451 4.7.1 later");

        sink.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MailPoint.Connect, 0)]
    [InlineData(MailPoint.Recipient, 0)]
    [InlineData(MailPoint.AfterMessage, 1)]
    public async Task A_dropped_connection_loses_the_answer_but_not_a_message_that_was_taken(MailPoint point, int kept)
    {
        await using var sink = MailSink.Start();
        sink.Fail(point, new MailFault.Drop());
        await using var dialogue = await SmtpDialogue.OpenAsync(sink);

        (await UpToAsync(dialogue, point)).ShouldBeNull();

        sink.Mails.Count.ShouldBe(kept);
    }

    [Fact]
    public async Task Silence_after_the_message_lasts_until_the_client_gives_up()
    {
        await using var sink = MailSink.Start();
        sink.Fail(MailPoint.AfterMessage, new MailFault.Silence(), times: 1);
        await using (var dialogue = await UpToDataAsync(sink))
        {
            var answer = dialogue.SayAsync("Subject: x\r\n\r\ny\r\n.");
            await sink.WaitForAsync("anna@example.org", Ct);
            answer.IsCompleted.ShouldBeFalse();
        }

        await using var next = await UpToDataAsync(sink);
        (await next.SayAsync("Subject: x\r\n\r\ny\r\n.")).ShouldBe("250 2.0.0 taken");
    }

    [Fact]
    public async Task A_message_beyond_the_announced_size_is_refused()
    {
        await using var sink = MailSink.Start(new() { MaximumSize = 10 });
        await using var dialogue = await UpToDataAsync(sink);

        (await dialogue.SayAsync("Subject: much too long\r\n\r\ny\r\n.")).ShouldBe("552 5.3.4 too large");

        sink.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_inbox_shows_a_mail_without_letting_its_markup_act()
    {
        await using var sink = MailSink.Start();
        await using var inbox = await MailInbox.StartAsync(sink, Ct);
        using var message = new MailMessage("from@example.org", "anna@example.org", "<b>Subject</b>", "see https://example.org/i#token ok");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString("<script>alert(1)</script>", null, MediaTypeNames.Text.Html));
        using var smtp = new SmtpClient("127.0.0.1", sink.Port);
        await smtp.SendMailAsync(message, Ct);
        using var browser = new HttpClient { BaseAddress = new Uri(inbox.Url) };

        (await browser.GetStringAsync(new Uri("/", UriKind.Relative), Ct)).ShouldContain("&lt;b&gt;Subject&lt;/b&gt;");
        (await browser.GetStringAsync(new Uri("/1", UriKind.Relative), Ct)).ShouldContain("<a href=\"https://example.org/i#token\"");
        (await browser.GetStringAsync(new Uri("/1/source", UriKind.Relative), Ct)).ShouldBe(sink.Mails.Single().Source);
        using var html = await browser.GetAsync(new Uri("/1/html", UriKind.Relative), Ct);
        html.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
        (await html.Content.ReadAsStringAsync(Ct)).ShouldContain("<script>");
        using var missing = await browser.GetAsync(new Uri("/2", UriKind.Relative), Ct);
        missing.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private static async Task<SmtpDialogue> OpenAsync(MailSink sink)
    {
        var dialogue = await SmtpDialogue.OpenAsync(sink);
        (await dialogue.ReadAsync())!.ShouldStartWith("220");
        (await dialogue.SayAsync("EHLO test"))!.ShouldStartWith("250");
        return dialogue;
    }

    private static async Task<SmtpDialogue> UpToDataAsync(MailSink sink)
    {
        var dialogue = await SmtpDialogue.OpenAsync(sink);
        (await UpToAsync(dialogue, MailPoint.Data)).ShouldBe("354 end with a dot");
        return dialogue;
    }

    /// <summary>Speaks until the given point and returns the answer that came there.</summary>
    private static async Task<string?> UpToAsync(SmtpDialogue dialogue, MailPoint point)
    {
        var answer = await dialogue.ReadAsync();
        (MailPoint Point, string Line)[] lines =
            [
                (MailPoint.Hello, "EHLO test"), (MailPoint.StartTls, "STARTTLS"), (MailPoint.Authentication, "AUTH PLAIN AG5hbWUAc2VjcmV0"),
                (MailPoint.Sender, "MAIL FROM:<from@example.org>"), (MailPoint.Recipient, "RCPT TO:<anna@example.org>"),
                (MailPoint.Data, "DATA"), (MailPoint.AfterMessage, "Subject: x\r\n\r\ny\r\n."),
            ];
        var detours = point is MailPoint.StartTls or MailPoint.Authentication ? (MailPoint[])[] : [MailPoint.StartTls, MailPoint.Authentication];
        foreach (var line in lines.Where(line => line.Point <= point && !detours.Contains(line.Point)))
        {
            if (line.Point == MailPoint.StartTls && point != MailPoint.StartTls)
            {
                continue;
            }

            answer = await dialogue.SayAsync(line.Line);
        }

        return answer;
    }
}
