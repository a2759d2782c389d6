using AngleSharp.Html.Dom;

namespace Sandbox.Browsing;

/// <summary>A form of a page.</summary>
internal sealed class PageForm(IHtmlFormElement form, string pageUrl)
{
    public string Action => new Uri(new Uri(pageUrl), form.GetAttribute("action") ?? "").AbsoluteUri;

    public bool IsPost => "post".Equals(form.GetAttribute("method"), StringComparison.OrdinalIgnoreCase);

    public bool HasAll(IEnumerable<string> fields) => fields.All(field => Fields.Any(found => found.Key == field));

    /// <summary>The fields with the answers in place of their values, then the answers that no field asked for.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fill(IReadOnlyDictionary<string, string> answers) =>
        Fields.Select(field => answers.TryGetValue(field.Key, out var answer) ? KeyValuePair.Create(field.Key, answer) : field)
            .Concat(answers.Where(answer => !HasAll([answer.Key])));

    private IEnumerable<KeyValuePair<string, string>> Fields =>
        form.Elements.Select(element => element switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => default,
            IHtmlInputElement { Type: "submit" or "button" } => default,
            IHtmlInputElement input => KeyValuePair.Create(input.Name ?? "", input.Value),
            IHtmlTextAreaElement area => KeyValuePair.Create(area.Name ?? "", area.Value),
            IHtmlSelectElement select => KeyValuePair.Create(select.Name ?? "", select.Value ?? ""),
            _ => default,
        }).Where(pair => pair.Key is { Length: > 0 });
}
