using System.Text.Encodings.Web;
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

    /// <summary>Each value alone, for what is only there without others, and all together: wherever one stands, it stands there encoded.</summary>
    [Theory]
    [InlineData("<script>&\"'")]
    [InlineData("{{ 1 + 1 }}")]
    [InlineData("{{{x}}}{% x %}{{> top}}")]
    public void No_value_comes_out_as_markup_or_template(string awkward)
    {
        var (simple, difficult) = (Templates(community: "q7q"), Templates(community: awkward));
        foreach (var (name, language) in from name in MailTemplates.Names from language in MailTemplateFiles.Languages select (name, language))
        {
            var values = MailTemplateFiles.ValuesOf(name);
            foreach (var given in values.Select(value => (string[])[value]).Append(values))
            {
                var mail = simple.Render(name, language, given.ToDictionary(value => value, string? (_) => "q7q"));

                difficult.Render(name, language, given.ToDictionary(value => value, string? (_) => awkward)).ShouldBe(
                    new MailText(
                        mail.Subject.Replace("q7q", awkward, StringComparison.Ordinal),
                        mail.Plain.Replace("q7q", awkward, StringComparison.Ordinal),
                        mail.Html.Replace("q7q", HtmlEncoder.Default.Encode(awkward), StringComparison.Ordinal)),
                    $"{language}/{name}: {string.Join(' ', given)}");
            }
        }
    }

    [Fact]
    public void Every_value_is_in_some_mail()
    {
        var templates = Templates();

        MailTemplates.Names.SelectMany(MailTemplateFiles.ValuesOf).Distinct().Except(["language", "community", "contactText"])
            .Where(value => !MailTemplates.Names.Any(name =>
                templates.Render(name, "en", new Dictionary<string, string?> { [value] = "q7q" }) != templates.Render(name, "en", new Dictionary<string, string?>())))
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_file_of_the_operators_is_used_instead_of_ours_and_the_rest_stays()
    {
        Write("en/invite.subject.scriban", "Ahoy from {{ inviter }}\n");
        Write("bottom.html.scriban", "{{ include 'imprint' }}</body></html>");
        Write("imprint.html.scriban", "<p>{{ community }} e.V.</p>");
        var templates = Templates(_folder.FullName);

        templates.Render("invite", "en", Data).Subject.ShouldBe("Ahoy from Alice Ahlers");
        templates.Render("invite", "en", Data).Html.ShouldEndWith("<p>Harbour Community e.V.</p></body></html>");
        templates.Render("invite", "en", Data).Plain.ShouldBe(Templates().Render("invite", "en", Data).Plain);
        templates.Render("invite", "de", Data).Subject.ShouldBe(Templates().Render("invite", "de", Data).Subject);
    }

    [Theory]
    [InlineData("de/joined.txt.scriban", "Hallo\n{{ if name }}", "line 2, column 12: ")]
    [InlineData("de/joined.txt.scriban", "{{ name }}\n{{ end }}", "line 2, column 6: ")]
    [InlineData("en/joined.subject.scriban", "{{ if one }}{{ nmae }}{{ end }}", "line 1, column 16: there is no value `nmae` here.")]
    [InlineData("en/joined.html.scriban", "\n{{ inviter }}", "line 2, column 4: there is no value `inviter` here.")]
    [InlineData("en/joined.subject.scriban", "{{ subject }}", "line 1, column 4: there is no value `subject` here.")]
    [InlineData("en/joined.html.scriban", "{{ name | html.unescape }}", "line 1, column 11: there is no value `html` here.")]
    [InlineData("en/joined.html.scriban", "{{ name | string.shout }}", "line 1, column 18: ")]
    [InlineData("en/joined.html.scriban", "{{ name.first }}", "line 1, column 9: ")]
    [InlineData("en/joined.html.scriban", "{{ include '../../secret' }}", "line 1, column 4: include takes the name of a part in quotes: bottom, top.")]
    [InlineData("en/joined.txt.scriban", "{{ include name }}", "line 1, column 4: include takes the name of a part in quotes: .")]
    [InlineData("top.html.scriban", "{{ title }}", "line 1, column 4: there is no value `title` here.")]
    [InlineData("top.html.scriban", "{{ if community }}", "line 1, column 17: ")]
    [InlineData("top.html.scriban", "{{ include 'top' }}", "line 1, column 4: this part includes itself.")]
    [InlineData("en/joind.txt.scriban", "{{ name }}", "there is no mail of this name.")]
    [InlineData("fr/joined.txt.scriban", "{{ name }}", "there is no mail of this name.")]
    public void A_template_that_cant_be_used_is_named_with_its_place(string file, string text, string problem)
    {
        Write(file, text);

        Failures().ShouldContain(failure => failure.StartsWith($"Mail template {file}", StringComparison.Ordinal) && failure.Contains(problem));
        Should.Throw<OptionsValidationException>(() => Templates(_folder.FullName)).Failures.ShouldBe(Failures());
    }

    [Theory]
    [InlineData("a\n{{#if name}}x{{/if}}", 2, "{{#if")]
    [InlineData("{{#each names}}{{this}}{{/each}}", 1, "{{#each")]
    [InlineData("a\n\n{{/if}}", 3, "{{/if")]
    [InlineData("{{> top}}", 1, "{{> top")]
    [InlineData("{{{name}}}", 1, "{{{")]
    [InlineData("{{&name}}", 1, "{{&")]
    [InlineData("{{^name}}", 1, "{{^")]
    [InlineData("{{!-- note --}}", 1, "{{!--")]
    [InlineData("{{~#if name~}}{{~/if~}}", 1, "{{~#if")]
    public void What_was_written_for_Handlebars_is_named_with_the_way_to_convert_it(string text, int line, string mark)
    {
        var expected = $"line {line}: `{mark}` is Handlebars. Templates are written in Scriban now; \"Mail templates\" in docs/operations.md says how to convert them.";
        Write("en/joined.txt.scriban", text);
        Write("de/joined.txt.hbs", text);
        Write("de/joined.subject.hbs", "Hallo");

        Failures().ShouldBe(
        [
            $"Mail template en/joined.txt.scriban, {expected}",
            "Mail template de/joined.subject.hbs, line 1: the file is named for Handlebars. Templates are written in Scriban now; \"Mail templates\" in docs/operations.md says how to convert them.",
            $"Mail template de/joined.txt.hbs, {expected}",
        ]);
    }

    [Fact]
    public void Comments_what_was_left_beside_converted_files_and_hidden_folders_are_no_failure()
    {
        Write("de/joined.txt.hbs", "{{#if name}}x{{/if}}");
        Write("de/joined.txt.scriban", "{{ # a note }}{{# another }}{{ if name }}x{{ end }}");
        Write("README.txt", "{{#if name}}");
        Write("..2026_12_01/en/joined.txt.scriban", "x");

        Failures().ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        MailTemplateFiles.Load(Path.Combine(_folder.FullName, "nowhere")).Failures.Single().ShouldStartWith("Mail:TemplateFolder can't be read: ");

    [Fact]
    public void Templates_are_read_when_settings_are_looked_at()
    {
        Write("en/joined.txt.scriban", "{{ nmae }}");

        var result = new MailTemplateValidation().Validate(null, new MailOptions { TemplateFolder = _folder.FullName });

        result.Failures.ShouldBe(Failures());
        new MailTemplateValidation().Validate(null, new MailOptions()).Succeeded.ShouldBeTrue();
    }

    private static MailTemplates Templates(string folder = "", string community = "Harbour Community") => new(
        Options.Create(new MailOptions { TemplateFolder = folder }),
        Options.Create(new CommunityOptions { Name = community, ContactText = community }));

    private IReadOnlyList<string> Failures() => MailTemplateFiles.Load(_folder.FullName).Failures;

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder.FullName, file);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [GeneratedRegex(@"https?://[^""<\s]+")]
    private static partial Regex Addresses();
}
