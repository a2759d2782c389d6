using Companion.Adapters.Smtp;
using Companion.Community.Messages;
using StandIns.Mail;

namespace Companion.IntegrationTests.Adapters.Smtp;

public sealed class SmtpConnectionsTests : SmtpTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Several_messages_go_over_one_connection(bool isPipelined)
    {
        await ServeAsync(new() { OffersPipelining = isPipelined, Login = new("companion", "secret") });
        var channel = Channel(WithLogin);

        for (var i = 0; i < 5; i++)
        {
            Name(await channel.SendAsync(Mail($"p{i}@example.org"), Ct)).ShouldBe("Accepted");
        }

        Sink.Mails.Select(mail => mail.Recipients.Single()).ShouldBe(Enumerable.Range(0, 5).Select(i => $"p{i}@example.org"));
        Lines("C: EHLO").ShouldBe(1);
        Lines("C: AUTH").ShouldBe(1);
    }

    [Fact]
    public async Task Messages_side_by_side_have_a_connection_each_and_later_ones_need_no_other()
    {
        var answers = new TaskCompletionSource();
        Sink.Fail(MailPoint.AfterMessage, new MailFault.Late(answers.Task), times: 3);
        var channel = Channel();
        var sending = Enumerable.Range(0, 3).Select(i => channel.SendAsync(Mail($"p{i}@example.org"), Ct)).ToList();
        await Eventually.HoldsAsync(() => Sink.Mails.Count == 3);
        answers.SetResult();
        (await Task.WhenAll(sending)).ShouldAllBe(outcome => outcome is MailOutcome.Accepted);

        await Task.WhenAll(Enumerable.Range(3, 3).Select(i => channel.SendAsync(Mail($"p{i}@example.org"), Ct)));

        Sink.Mails.Count.ShouldBe(6);
        Sink.Transcripts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_refused_message_leaves_the_connection_to_the_next()
    {
        var channel = Channel();
        Sink.Fail(MailPoint.Recipient, new MailFault.Reply(550, "no such mailbox"), times: 1);
        Sink.Fail(MailPoint.AfterMessage, new MailFault.Reply(451, "busy"), times: 1);

        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("Rejected smtp_550");
        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("Deferred smtp_451");
        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("Accepted");

        Sink.Mails.Count.ShouldBe(1);
        Sink.Transcripts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("421 4.4.2 idle for too long", false)]
    [InlineData(null, true)]
    [InlineData("421 4.4.2 idle for too long", true)]
    public async Task A_connection_that_the_server_ended_meanwhile_costs_nothing(string? lastWords, bool isPipelined)
    {
        await ServeAsync(new() { OffersPipelining = isPipelined });
        var channel = Channel();
        await channel.SendAsync(Mail("first@example.org"), Ct);
        await Sink.HangUpAsync(lastWords, Ct);

        Name(await channel.SendAsync(Mail("second@example.org"), Ct)).ShouldBe("Accepted");

        Sink.Mails.Select(mail => mail.Recipients.Single()).ShouldBe(["first@example.org", "second@example.org"]);
        Sink.Transcripts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(421)]
    [InlineData(451)]
    [InlineData(554)]
    public async Task A_server_that_takes_no_further_sender_on_a_connection_gets_another_one(int reply)
    {
        var channel = Channel();
        await channel.SendAsync(Mail("first@example.org"), Ct);
        Sink.Fail(MailPoint.Sender, new MailFault.Reply(reply, "enough for one connection"), times: 1);

        Name(await channel.SendAsync(Mail("second@example.org"), Ct)).ShouldBe("Accepted");

        Sink.Mails.Count.ShouldBe(2);
        Sink.Transcripts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_new_connection_says_too_is_the_outcome()
    {
        var channel = Channel();
        await channel.SendAsync(Mail(), Ct);
        Sink.Fail(MailPoint.Sender, new MailFault.Reply(550, "not from you"));

        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("ChannelRefused smtp_550");

        Sink.Transcripts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(nameof(MailPoint.Recipient), "NotSent connection_failed", 1)]
    [InlineData(nameof(MailPoint.Data), "NotSent connection_failed", 1)]
    [InlineData(nameof(MailPoint.AfterMessage), "Unknown", 2)]
    public async Task Once_the_sender_is_taken_nothing_is_said_twice(string point, string expected, int mails)
    {
        var channel = Channel();
        await channel.SendAsync(Mail(), Ct);
        Sink.Fail(Enum.Parse<MailPoint>(point), new MailFault.Drop(), times: 1);

        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe(expected);

        Sink.Mails.Count.ShouldBe(mails);
        Sink.Transcripts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_waited_too_long_is_left_politely()
    {
        var connections = Connections();
        var channel = Channel(connections: connections);
        await channel.SendAsync(Mail(), Ct);

        await connections.RunOnceAsync(Ct);
        Lines("C: QUIT").ShouldBe(0);
        Clock.Advance(SmtpConnections.LongestWait);
        await connections.RunOnceAsync(Ct);
        Lines("C: QUIT").ShouldBe(1);

        await channel.SendAsync(Mail(), Ct);
        Sink.Transcripts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_waited_too_long_is_not_used_even_where_nobody_has_left_it_yet()
    {
        var channel = Channel();
        await channel.SendAsync(Mail(), Ct);
        Clock.Advance(SmtpConnections.LongestWait);

        await channel.SendAsync(Mail(), Ct);

        Sink.Transcripts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_in_use_serves_some_minutes_only()
    {
        var channel = Channel();
        for (var time = TimeSpan.Zero; time <= SmtpConnections.LongestService; time += TimeSpan.FromSeconds(20))
        {
            await channel.SendAsync(Mail(), Ct);
            Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Sink.Mails.Count.ShouldBe(16);
        Sink.Transcripts.Count.ShouldBe(2);
    }

    private int Lines(string start) =>
        Sink.Transcripts.Sum(transcript => transcript.Split('\n').Count(line => line.StartsWith(start, StringComparison.Ordinal)));
}
