using Companion.Foundation.Templates;

namespace Companion.Tests.Foundation.Templates;

public sealed class TextTemplateTests
{
    private const string Script = "<script>&\"'";

    private const string Encoded = "&lt;script&gt;&amp;&quot;&#x27;";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, object?> Values = new()
    {
        ["value"] = Script,
        ["template"] = "{{ value }}{{ 1 + 1 }}",
        ["none"] = null,
        ["empty"] = "",
        ["items"] = new List<string> { Script, Script },
        ["thing"] = new Dictionary<string, object?> { ["name"] = Script, ["parts"] = new List<Dictionary<string, object?>> { new() { ["name"] = Script } } },
    };

    /// <summary>Whatever a template does with a value, it comes out encoded once, as <c>V</c> stands for here.</summary>
    [Theory]
    [InlineData("<b>{{ value }}</b>", "<b>V</b>")]
    [InlineData("{{ value; value }}", "VV")]
    [InlineData("{{ thing.name }}{{ thing['name'] }}{{ thing.parts[0].name }}", "VVV")]
    [InlineData("{{ for item in items }}<i>{{ item }}</i>{{ end }}", "<i>V</i><i>V</i>")]
    [InlineData("{{ for part in thing.parts }}{{ part.name }}{{ end }}", "V")]
    [InlineData("{{ if value }}{{ value }}{{ else }}x{{ end }}", "V")]
    [InlineData("{{ value ?? 'x' }}{{ none ?? value }}{{ none ? 'x' : value }}", "VVV")]
    [InlineData("{{ case value }}{{ when value }}{{ value }}{{ end }}", "V")]
    [InlineData("{{ with thing }}{{ name }}{{ end }}", "V")]
    [InlineData("{{ value | string.downcase }}{{ string.strip value }}{{ value | string.truncate 99 | string.strip }}", "VVV")]
    [InlineData("{{ value + value }}{{ value * 2 }}", "VVVV")]
    [InlineData("{{ $'{value}' }}", "V")]
    [InlineData("{{ x = value }}{{ x }}{{ $y = value }}{{ $y }}", "VV")]
    [InlineData("{{ x = { a: value, b: [value] } }}{{ x.a }}{{ x.b[0] }}", "VV")]
    [InlineData("{{ capture x }}<i>{{ value }}</i>{{ end }}{{ x }}", "<i>V</i>")]
    [InlineData("{{ func f(a) }}<i>{{ a }}</i>{{ end }}{{ f value }}{{ value | f }}", "<i>V</i><i>V</i>")]
    [InlineData("{{ func f; ret value; end }}{{ f }}", "V")]
    [InlineData("{{ f = do; ret $0; end }}{{ f value }}", "V")]
    [InlineData("{{ func f }}<i>{{ $$ }}</i>{{ end }}{{ wrap f }}<b>{{ value }}</b>{{ end }}", "<i><b>V</b></i>")]
    [InlineData("{{ include 'part' }}{{ x = include 'part' }}{{ x }}", "<u>V</u><u>V</u>")]
    [InlineData("{{ tablerow item in items }}{{ item }}{{ end }}", "<tr class=\"row1\"><td class=\"col1\">V</td></tr><tr class=\"row2\"><td class=\"col1\">V</td></tr>")]
    [InlineData("{{ items }}", "[&quot;&lt;script&gt;&amp;\\&quot;&#x27;&quot;, &quot;&lt;script&gt;&amp;\\&quot;&#x27;&quot;]")]
    [InlineData("{{ include 'part' | string.downcase }}", "&lt;u&gt;&amp;lt;script&amp;gt;&amp;amp;&amp;quot;&amp;#x27;&lt;/u&gt;")]
    public void A_value_is_never_markup(string text, string html) =>
        Html(text).Render(Values, Stop).ReplaceLineEndings("").ShouldBe(html.Replace("V", Encoded, StringComparison.Ordinal));

    [Fact]
    public void A_value_is_never_a_template() =>
        Html("{{ template }} {{ template | string.strip }}").Render(Values, Stop).ShouldBe("{{ value }}{{ 1 &#x2B; 1 }} {{ value }}{{ 1 &#x2B; 1 }}");

    [Fact]
    public void Plain_text_keeps_values_as_they_are() =>
        TextTemplate.Parse("a", "<b>{{ value }}{{ template }}", TextFormat.Plain).Render(Values, Stop).ShouldBe($"<b>{Script}{{{{ value }}}}{{{{ 1 + 1 }}}}");

    [Fact]
    public void An_empty_text_is_none() => Html("{{ if empty || none }}x{{ end }}[{{ empty }}{{ none }}]").Render(Values, Stop).ShouldBe("[]");

    [Theory]
    [InlineData("{{ html.unescape value }}", 4)]
    [InlineData("{{ value | object.eval }}", 12)]
    [InlineData("{{ regex.match value '(a+)+$' }}", 4)]
    [InlineData("{{ date.now }}", 4)]
    [InlineData("{{ include_join items }}", 4)]
    [InlineData("{{ import thing }}{{ name }}", 22)]
    [InlineData("{{ if none }}\n{{ vlaue }}\n{{ end }}", 4)]
    [InlineData("{{ x = 1 }}{{ y }}", 15)]
    [InlineData("{{ for item in itmes }}{{ end }}", 16)]
    [InlineData("{{ func f(a) }}{{ b }}{{ end }}", 19)]
    public void Another_name_is_refused_before_anything_is_rendered(string text, int column) =>
        Should.Throw<TemplateException>(() => Html(text).Check(Values.Keys)).Message
            .ShouldMatch($"^a.html, line {(text.Contains('\n', StringComparison.Ordinal) ? 2 : 1)}, column {column}: there is no value `\\w+` here\\.$");

    [Theory]
    [InlineData("{{ for item in items }}{{ item }}{{ for.index }}{{ end }}")]
    [InlineData("{{ x = 1 }}{{ capture y }}{{ end }}{{ x }}{{ y }}{{ z = { vlaue: 1 } }}{{ z.vlaue }}")]
    [InlineData("{{ func f(a) }}{{ a }}{{ end }}{{ f value }}{{ thing.nmae }}")]
    [InlineData("{{ include 'part' }}{{ value | string.upcase }}")]
    public void Names_that_a_template_makes_itself_and_those_of_members_are_its_own(string text) =>
        Should.NotThrow(() => Html(text).Check(Values.Keys));

    [Theory]
    [InlineData("{{ vlaue }}")]
    [InlineData("{{ thing.nmae }}")]
    [InlineData("{{ none.name }}")]
    [InlineData("{{ items[7] }}")]
    [InlineData("{{ value.length }}")]
    [InlineData("{{ value.get_type }}")]
    [InlineData("{{ items.capacity }}")]
    [InlineData("{{ x = include 'part' }}{{ x.builder }}")]
    [InlineData("{{ string.upcase = 1 }}")]
    [InlineData("{{ include '../a' }}")]
    [InlineData("{{ include '/etc/passwd' }}")]
    [InlineData("{{ include '' }}")]
    public void What_is_not_there_is_an_error_and_no_empty_place(string text) =>
        Should.Throw<TemplateException>(() => Html(text).Render(Values, Stop)).Message.ShouldStartWith("a.html, line 1, column ");

    [Theory]
    [InlineData("{{ while true }}{{ end }}")]
    [InlineData("{{ for i in 1..2000000000 }}{{ end }}")]
    [InlineData("{{ func f }}{{ f }}{{ end }}{{ f }}")]
    [InlineData("{{ value * 2000000 }}")]
    [InlineData("{{ x = value * 50000 }}{{ for i in 1..50 }}{{ x }}{{ end }}")]
    [InlineData("{{ 1 << 2000000000 }}")]
    public void What_would_become_too_much_is_an_error(string text) => Should.Throw<TemplateException>(() => Html(text).Render(Values, Stop));

    [Fact]
    public void A_template_that_takes_too_long_is_stopped() =>
        Should.Throw<TemplateException>(() => Html("{{ func f }}{{ f; f }}{{ end }}\n{{ f }}").Render(Values, new CancellationToken(canceled: true)))
            .Message.ShouldBe("a.html, line 1, column 1: the text is not done in time.");

    [Fact]
    public void A_template_looks_into_no_objects_of_ours() =>
        Should.Throw<ArgumentException>(() => Html("{{ value }}").Render(new Dictionary<string, object?> { ["value"] = new Uri("https://example.org") }));

    [Fact]
    public void Many_render_one_template_at_the_same_time()
    {
        var template = Html("{{ for item in items }}{{ item | string.downcase }}{{ include 'part' }}{{ end }}");

        var texts = ParallelEnumerable.Range(0, 200).Select(i => (Number: i, Text: template.Render(new Dictionary<string, object?>
        {
            ["value"] = $"<{i}>",
            ["items"] = new List<string> { $"A{i}", $"B{i}" },
        }))).ToList();

        texts.ShouldAllBe(text => text.Text == $"a{text.Number}<u>&lt;{text.Number}&gt;</u>b{text.Number}<u>&lt;{text.Number}&gt;</u>");
    }

    private static TextTemplate Html(string text) => TextTemplate.Parse("a.html", text, TextFormat.Html, new Dictionary<string, TextTemplate>
    {
        ["part"] = TextTemplate.Parse("part.html", "<u>{{ value }}</u>", TextFormat.Html),
    });
}
