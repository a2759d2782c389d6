using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Community.Messages;

public sealed class ApprovedMailsTests
{
    private const string Awkward = "Ödön <b>&amp;\"'`=+ 日本 👋\n{{ 1 + 1 }}";

    private static readonly string[] Values =
    [
        "inviter", "message", "reminder", "reopened", "url", "until", "keepDays", "neverUrl",
        "signInUrl", "approvalsUrl", "invitationsUrl", "organisations", "rooms", "one", "count", "reason", "question", "name", "contact", "left",
    ];

    public static TheoryData<string, string> Mails { get; } =
        [.. from name in (string[])["invite", .. NoticeTemplates.All] from language in (string[])["en", "de"] select (name, language)];

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_mail_says_what_was_approved(string name, string language)
    {
        var full = Render(name, language, Values.ToDictionary(value => value, string? (value) => $"{value} {Awkward}"), $"contactText {Awkward}");
        var sparse = Render(name, language, [], null);

        Approved.ShouldBe(Written("full", full) + Written("sparse", sparse), "Community/Messages", $"{language}/{name}.txt");
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void An_empty_value_is_as_none(string name, string language) =>
        Render(name, language, Values.ToDictionary(value => value, string? (_) => ""), "").ShouldBe(Render(name, language, [], null));

    private static MailText Render(string name, string language, Dictionary<string, string?> values, string? contactText) =>
        new MailTemplates(
            Options.Create(new MailOptions()),
            Options.Create(new CommunityOptions { Name = $"community {Awkward}", ContactText = contactText }))
        .Render(name, language, values);

    private static string Written(string model, MailText mail) =>
        $"== {model}, subject\n{mail.Subject}\n== {model}, text\n{InLines(mail.Plain)}== {model}, html\n{InLines(mail.Html)}";

    /// <summary>Mails have CRLF, files of the repository LF.</summary>
    private static string InLines(string text)
    {
        var lines = text.Split("\r\n");
        lines.ShouldAllBe(line => !line.Contains('\r') && !line.Contains('\n'));
        return string.Join('\n', lines);
    }
}
