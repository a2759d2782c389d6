namespace Companion.Community.Messages;

/// <summary>The mails in all languages. Values are data and never templates; in HTML they are encoded.</summary>
internal sealed class MailTemplates
{
    private readonly IReadOnlyDictionary<(string Language, string Name), MailTemplate> _templates;
    private readonly CommunityOptions _community;

    /// <exception cref="OptionsValidationException">A file is wrong; the failures name file and line.</exception>
    public MailTemplates(IOptions<MailOptions> options, IOptions<CommunityOptions> community)
    {
        _community = community.Value;
        (_templates, var failures) = MailTemplateFiles.Load(options.Value.TemplateFolder);
        if (failures.Count > 0)
        {
            throw new OptionsValidationException(MailOptions.SectionName, typeof(MailOptions), failures);
        }
    }

    public static IReadOnlyList<string> Names { get; } = ["invite", .. NoticeTemplates.All];

    /// <summary>The language that there are templates in: the wanted one, else the community's.</summary>
    public string LanguageFor(string? wanted) =>
        MailTemplateFiles.Languages.FirstOrDefault(language => language == wanted) ?? _community.DefaultLanguage;

    /// <param name="data">Values by name; those that are not here are empty.</param>
    public MailText Render(string name, string language, IReadOnlyDictionary<string, string?> data)
    {
        var template = _templates[(language, name)];
        var values = MailTemplateFiles.ValuesOf(name).ToDictionary(value => value, object? (value) => data.GetValueOrDefault(value));
        values["language"] = language;
        values["community"] = _community.Name;
        values["contactText"] = _community.ContactText;
        var subject = OneLine(template.Subject.Render(values));
        values["subject"] = subject;
        return new MailText(subject, WithLineEnds(template.Plain.Render(values)), WithLineEnds(template.Html.Render(values)));
    }

    /// <summary>A header's value must not bring a line of its own.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Trim().Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private static string WithLineEnds(string text) => text.ReplaceLineEndings("\r\n");
}
