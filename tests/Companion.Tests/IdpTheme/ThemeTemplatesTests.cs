using System.Text.RegularExpressions;

namespace Companion.Tests.IdpTheme;

public sealed partial class ThemeTemplatesTests
{
    public static TheoryData<string> Templates => [.. ThemeFiles.Roots.SelectMany(root => ThemeFiles.Under(root, ".ftl"))];

    public static TheoryData<string> Files => [.. ThemeFiles.Roots.SelectMany(root => ThemeFiles.Under(root, ".ftl", ".css", ".js", ".properties"))];

    [Theory]
    [MemberData(nameof(Templates))]
    public void No_template_has_script_or_style_in_line(string template)
    {
        var text = ThemeFiles.Read(template);

        Script().Matches(text).ShouldAllBe(script => script.Value.Contains(" src=", StringComparison.Ordinal));
        InLine().Matches(text).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_is_loaded_from_elsewhere(string file) => Remote().Matches(ThemeFiles.Read(file)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Templates))]
    public void No_template_switches_escaping_off(string template) =>
        EscapingOff().Matches(ThemeFiles.Read(template)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Templates))]
    public void What_a_template_loads_is_in_the_same_part_of_the_theme(string template)
    {
        var root = template.Split(Path.DirectorySeparatorChar)[0];
        foreach (var path in Resource().Matches(ThemeFiles.Read(template)).Select(match => match.Groups[1].Value))
        {
            ThemeFiles.Exists(Path.Combine(root, "resources", path)).ShouldBeTrue(path);
        }
    }

    /// <summary>It leads back to the form with the invitation.</summary>
    [Fact]
    public void The_register_link_is_hidden_except_from_whoever_took_too_long_over_the_form()
    {
        HiddenLink().IsMatch(ThemeFiles.Read("login/footer.ftl")).ShouldBeTrue();
        ThemeFiles.Messages("login", "en")["loginTimeout"].ShouldContain("Register");
        ThemeFiles.Messages("login", "de")["loginTimeout"].ShouldContain("Registrieren");
    }

    [GeneratedRegex("""<#if [^>]*!= msg\("loginTimeout"\)>\s*<#global registrationDisabled = true>\s*</#if>""")]
    private static partial Regex HiddenLink();

    [GeneratedRegex("<script[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex("""<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex InLine();

    [GeneratedRegex("""https?:|["'(]//""", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();

    [GeneratedRegex(@"\?no_esc|<#noautoesc|<#outputformat", RegexOptions.IgnoreCase)]
    private static partial Regex EscapingOff();

    [GeneratedRegex("""\$\{url\.resourcesPath\}/([\w./-]+)""")]
    private static partial Regex Resource();
}
