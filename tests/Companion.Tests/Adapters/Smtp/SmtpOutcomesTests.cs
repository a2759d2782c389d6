using System.Net.Sockets;
using Companion.Adapters.Smtp;
using Companion.Community.Messages;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Companion.Tests.Adapters.Smtp;

public sealed class SmtpOutcomesTests
{
    public static TheoryData<Exception> BrokenOff =>
    [
        new SmtpProtocolException("broken"), new IOException(), new SocketException(), new TimeoutException(), new OperationCanceledException(),
        new ServiceNotConnectedException(),
    ];

    [Theory]
    [MemberData(nameof(BrokenOff))]
    public void A_broken_conversation_is_unknown_exactly_when_the_message_may_have_left(Exception broken)
    {
        SmtpOutcomes.IsKnown(broken).ShouldBeTrue();
        SmtpOutcomes.Of(broken, mayHaveMessage: false, timedOut: false).ShouldBe(new MailOutcome.NotSent("connection_failed"));
        SmtpOutcomes.Of(broken, mayHaveMessage: true, timedOut: false).ShouldBe(new MailOutcome.Unknown());
        SmtpOutcomes.Of(broken, mayHaveMessage: false, timedOut: true).ShouldBe(new MailOutcome.NotSent("timed_out"));
        SmtpOutcomes.Of(broken, mayHaveMessage: true, timedOut: true).ShouldBe(new MailOutcome.Unknown());
    }

    [Theory]
    [InlineData(SmtpErrorCode.MessageNotAccepted, 554, "Rejected smtp_554")]
    [InlineData(SmtpErrorCode.MessageNotAccepted, 421, "Deferred smtp_421")]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "Rejected smtp_550")]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 535, "ChannelRefused smtp_535")]
    [InlineData(SmtpErrorCode.SenderNotAccepted, 550, "ChannelRefused smtp_550")]
    [InlineData(SmtpErrorCode.UnexpectedStatusCode, 554, "ChannelRefused smtp_554")]
    [InlineData(SmtpErrorCode.MessageNotAccepted, 354, "Unknown ")]
    public void An_answer_is_an_answer_however_late(SmtpErrorCode about, int reply, string expected)
    {
        SmtpCommandException refused = new(about, (SmtpStatusCode)reply, "said the test");

        Name(SmtpOutcomes.Of(refused, mayHaveMessage: true, timedOut: true)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("535: 5.7.8 no", "ChannelRefused smtp_535")]
    [InlineData("454: 4.7.0 later", "Deferred smtp_454")]
    [InlineData("too weak", "ChannelRefused login_failed")]
    public void A_refused_login_is_about_us(string message, string expected) =>
        Name(SmtpOutcomes.Of(new AuthenticationException(message), mayHaveMessage: false, timedOut: false)).ShouldBe(expected);

    [Fact]
    public void A_handshake_tells_distrust_from_a_broken_connection()
    {
        SslHandshakeException distrust = new("tls", new System.Security.Authentication.AuthenticationException());
        SslHandshakeException broken = new("tls", new IOException());

        Name(SmtpOutcomes.Of(distrust, mayHaveMessage: false, timedOut: false)).ShouldBe("ChannelRefused tls_failed");
        Name(SmtpOutcomes.Of(broken, mayHaveMessage: false, timedOut: false)).ShouldBe("NotSent connection_failed");
    }

    [Fact]
    public void A_mistake_in_here_is_no_outcome() => SmtpOutcomes.IsKnown(new ArgumentException("mistake")).ShouldBeFalse();

    private static string Name(MailOutcome outcome) => outcome switch
    {
        MailOutcome.Deferred o => $"Deferred {o.Code}",
        MailOutcome.Rejected o => $"Rejected {o.Code}",
        MailOutcome.NotSent o => $"NotSent {o.Code}",
        MailOutcome.ChannelRefused o => $"ChannelRefused {o.Code}",
        _ => $"{outcome.GetType().Name} ",
    };
}
