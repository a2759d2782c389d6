using System.Text.RegularExpressions;
using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Community.Messages;

public sealed partial class MailTemplatesTests : IDisposable
{
    private static readonly Dictionary<string, string?> Data = new()
    {
        ["inviter"] = "Alice Ahlers",
        ["message"] = "Come <b>in</b> & sail {{url}}",
        ["url"] = "https://companion.example.org/i#token",
        ["until"] = "Friday",
        ["keepDays"] = "7",
        ["neverUrl"] = "https://companion.example.org/never-again?c=x&lang=en",
    };

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void No_html_template_writes_a_value_unescaped()
    {
        var files = System.IO.Directory.GetFiles(MailTemplates.ShippedFolder, "*.html.hbs", SearchOption.AllDirectories);

        files.Length.ShouldBe(24);
        files.ShouldAllBe(file => !File.ReadAllText(file).Contains("{{{") && !File.ReadAllText(file).Contains("{{&"));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Text_and_html_say_the_same_in_the_same_order(string language)
    {
        var text = Templates().Render("invite", language, Data);
        var html = text.Html[text.Html.IndexOf("<body", StringComparison.Ordinal)..];

        foreach (var part in new[] { text.Plain, html })
        {
            var order = new[] { "Alice Ahlers", "sail {{url}}", "https://companion.example.org/i#token", "Friday", "never-again" }
                .Select(word => part.IndexOf(word, StringComparison.Ordinal)).ToList();
            order.ShouldNotContain(-1);
            order.ShouldBe(order.Order());
        }
    }

    [Fact]
    public void Member_text_is_data_and_never_markup_or_template()
    {
        var text = Templates().Render("invite", "en", Data);

        text.Html.ShouldContain("Come &lt;b&gt;in&lt;/b&gt; &amp; sail {{url}}");
        text.Plain.ShouldContain("> Come <b>in</b> & sail {{url}}");
    }

    [Fact]
    public void A_mail_without_a_message_has_no_quotation()
    {
        var text = Templates().Render("invite", "en", new Dictionary<string, string?>(Data) { ["message"] = null });

        text.Html.ShouldNotContain("<blockquote");
        text.Plain.ShouldNotContain(">");
    }

    [Fact]
    public void Mails_load_nothing_from_elsewhere()
    {
        var text = Templates().Render("invite", "en", Data);

        text.Html.ShouldNotContain("<img");
        text.Html.ShouldNotContain("url(");
        Addresses().Matches(text.Html).Select(match => match.Value).ShouldAllBe(
            address => address.StartsWith("https://companion.example.org/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_subject_is_one_line_whatever_comes_in()
    {
        var text = Templates().Render("invite", "en", new Dictionary<string, string?>(Data) { ["inviter"] = "A\r\nBcc: b@example.org\u2028" });

        text.Subject.ShouldNotContain("\r");
        text.Subject.ShouldNotContain("\n");
        text.Subject.ShouldNotContain("\u2028");
    }

    [Fact]
    public void An_operators_own_copies_are_used_instead()
    {
        Copy();
        File.WriteAllText(Path.Combine(_folder.FullName, "en", "invite.subject.hbs"), "Ahoy from {{inviter}}\n");

        Templates(_folder.FullName).Render("invite", "en", Data).Subject.ShouldBe("Ahoy from Alice Ahlers");
    }

    [Fact]
    public void A_missing_or_broken_template_is_named_at_the_start()
    {
        Copy();
        File.WriteAllText(Path.Combine(_folder.FullName, "de", "joined.txt.hbs"), "{{#if name}}");
        Should.Throw<InvalidOperationException>(() => Templates(_folder.FullName)).Message.ShouldContain("de/joined.txt.hbs");

        File.Delete(Path.Combine(_folder.FullName, "de", "joined.txt.hbs"));
        Should.Throw<InvalidOperationException>(() => Templates(_folder.FullName)).Message.ShouldContain("de/joined.txt.hbs");
    }

    private static MailTemplates Templates(string folder = "") => new(
        Options.Create(new MailOptions { TemplateFolder = folder }), Options.Create(new CommunityOptions { Name = "Harbour Community" }));

    private void Copy()
    {
        foreach (var file in System.IO.Directory.GetFiles(MailTemplates.ShippedFolder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder.FullName, Path.GetRelativePath(MailTemplates.ShippedFolder, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex(@"https?://[^""<\s]+")]
    private static partial Regex Addresses();
}
