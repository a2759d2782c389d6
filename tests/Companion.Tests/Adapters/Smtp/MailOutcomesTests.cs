using System.Net.Mail;
using System.Security.Authentication;
using Companion.Adapters.Smtp;
using Companion.Community.Messages;

namespace Companion.Tests.Adapters.Smtp;

public sealed class MailOutcomesTests
{
    [Fact]
    public void A_broken_conversation_is_unknown_exactly_when_the_message_may_have_left()
    {
        var broken = new SmtpException("broken", new IOException());

        MailOutcomes.Of(broken, contentRead: false, timedOut: false).ShouldBe(new MailOutcome.NotSent("connection_failed"));
        MailOutcomes.Of(broken, contentRead: true, timedOut: false).ShouldBe(new MailOutcome.Unknown());
        MailOutcomes.Of(broken, contentRead: false, timedOut: true).ShouldBe(new MailOutcome.NotSent("timed_out"));
        MailOutcomes.Of(broken, contentRead: true, timedOut: true).ShouldBe(new MailOutcome.Unknown());
    }

    [Fact]
    public void An_answer_after_the_message_is_an_answer_however_late()
    {
        MailOutcomes.Of(new SmtpException(SmtpStatusCode.TransactionFailed), contentRead: true, timedOut: true)
            .ShouldBe(new MailOutcome.Rejected("smtp_554"));
        MailOutcomes.Of(new SmtpException(SmtpStatusCode.ServiceNotAvailable), contentRead: true, timedOut: false)
            .ShouldBe(new MailOutcome.Deferred("smtp_421"));
    }

    [Fact]
    public void Wrong_credentials_and_untrusted_certificates_are_about_us_and_not_the_recipient()
    {
        MailOutcomes.Of(new SmtpException((SmtpStatusCode)535), contentRead: false, timedOut: false)
            .ShouldBe(new MailOutcome.ChannelRefused("smtp_535"));
        MailOutcomes.Of(new SmtpException("tls", new AuthenticationException()), contentRead: false, timedOut: false)
            .ShouldBe(new MailOutcome.ChannelRefused("tls_failed"));
    }

    [Fact]
    public void Only_what_a_deferral_makes_a_mail_wait_counts_as_deferral()
    {
        var start = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        MailAttempt At(double hours, string outcome) => new(1, start.AddHours(hours), outcome);

        MailDelivery.DeferredFor([], start).ShouldBe(TimeSpan.Zero);
        MailDelivery.DeferredFor([At(0, "Deferred"), At(1, "NotSent"), At(3, "ChannelRefused")], start.AddHours(90)).ShouldBe(TimeSpan.FromHours(3));
        MailDelivery.DeferredFor([At(0, "ChannelRefused"), At(80, "Unknown"), At(81, "Deferred")], start.AddHours(82)).ShouldBe(TimeSpan.FromHours(1));
        MailDelivery.DeferredFor([At(0, "Deferred")], start.AddHours(90)).ShouldBe(TimeSpan.FromHours(4), "the channel was closed by another mail");
    }

    [Fact]
    public void Pauses_grow_from_a_minute_to_hours_and_never_shrink_below_half()
    {
        var shortest = Enumerable.Range(1, 30).Select(attempt => MailDelivery.PauseAfter(attempt, 0)).ToList();

        shortest[0].ShouldBe(TimeSpan.FromMinutes(1));
        shortest.ShouldBe(shortest.Order());
        shortest[^1].ShouldBe(TimeSpan.FromHours(2));
        MailDelivery.PauseAfter(30, 1).ShouldBe(TimeSpan.FromHours(4));
    }
}
