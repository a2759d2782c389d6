using System.Text.RegularExpressions;

namespace Companion.Tests.IdpTheme;

public sealed partial class ThemeMessagesTests
{
    // Texts of Keycloak's own that our templates show as they are.
    private static readonly string[] KeycloakKeys = ["registerTitle", "doRegister", "password", "passwordConfirm"];

    public static TheoryData<string> Roots => [.. ThemeFiles.Roots];

    [Theory]
    [MemberData(nameof(Roots))]
    public void English_and_German_have_the_same_keys(string root) =>
        ThemeFiles.Messages(root, "de").Keys.ShouldBe(ThemeFiles.Messages(root, "en").Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Roots))]
    public void English_and_German_fill_in_the_same_values(string root)
    {
        var german = ThemeFiles.Messages(root, "de");
        foreach (var (key, text) in ThemeFiles.Messages(root, "en"))
        {
            Placeholders(german[key]).ShouldBe(Placeholders(text), key);
        }
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public void Apostrophes_are_doubled_because_a_single_one_switches_placeholders_off(string root)
    {
        foreach (var (key, text) in ThemeFiles.Messages(root, "en").Concat(ThemeFiles.Messages(root, "de")))
        {
            text.Replace("''", "", StringComparison.Ordinal).ShouldNotContain("'", customMessage: key);
        }
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public void German_texts_say_du(string root)
    {
        foreach (var (key, text) in ThemeFiles.Messages(root, "de"))
        {
            FormalAddress().IsMatch(text).ShouldBeFalse($"{key}={text}");
        }
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public void Every_text_a_template_asks_for_exists(string root)
    {
        var own = ThemeFiles.Messages(root, "en").Keys;
        var asked = KeysIn(root).ToArray();

        asked.ShouldNotBeEmpty();
        foreach (var key in asked)
        {
            var known = key.EndsWith('.')
                ? own.Any(candidate => candidate.StartsWith(key, StringComparison.Ordinal))
                : own.Contains(key) || KeycloakKeys.Contains(key);
            known.ShouldBeTrue($"{root} has no text {key}");
        }
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public void Every_text_of_ours_is_shown_somewhere(string root)
    {
        var asked = KeysIn(root).Concat(KeysInTheProvider()).ToHashSet();
        foreach (var key in ThemeFiles.Messages(root, "en").Keys.Where(key => OwnKey().IsMatch(key)))
        {
            var prefix = key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)];
            (asked.Contains(key) || asked.Contains(prefix)).ShouldBeTrue($"nothing shows {key}");
        }
    }

    [Fact]
    public void Every_password_rule_that_is_listed_has_a_text()
    {
        var template = ThemeFiles.Read("login/password-rules.ftl");
        var rules = Rule().Matches(template).Select(match => $"passwordRule.{match.Groups[1].Value}").ToArray();

        rules.ShouldNotBeEmpty();
        rules.ShouldBeSubsetOf(ThemeFiles.Messages("login", "en").Keys);
    }

    [Fact]
    public void Every_refusal_code_of_the_contract_has_a_sentence_and_no_other_does()
    {
        var section = ThemeFiles.ReadContract().Split("### Refusal codes\n")[1].Split("\n#")[0];
        var codes = Code().Matches(section).Select(match => $"inviteRefused.{match.Groups[1].Value}");
        var sentences = ThemeFiles.Messages("theme-resources", "en").Keys
            .Where(key => key.StartsWith("inviteRefused.", StringComparison.Ordinal));

        sentences.ShouldBe(codes, ignoreOrder: true);
    }

    [Fact]
    public void Every_reason_for_not_taking_a_newcomers_text_has_a_sentence_and_no_other_does()
    {
        var section = ThemeFiles.ReadContract().Split("#### Reasons\n")[1].Split("\n#")[0];
        var codes = Code().Matches(section).Select(match => $"inviteNote.{match.Groups[1].Value}");
        var sentences = ThemeFiles.Messages("theme-resources", "en").Keys.Where(key => key.StartsWith("inviteNote.", StringComparison.Ordinal));

        sentences.ShouldBe(codes, ignoreOrder: true);
    }

    private static IEnumerable<string> KeysIn(string root) =>
        ThemeFiles.Under(root, ".ftl")
            .SelectMany(file => AskedKey().Matches(ThemeFiles.Read(file)))
            .Select(match => match.Groups["key"].Value)
            .Distinct();

    /// <summary>Texts of Keycloak's own error page.</summary>
    private static IEnumerable<string> KeysInTheProvider() =>
        System.IO.Directory.EnumerateFiles(Repository.PathOf("idp-flows", "src", "main"), "*.java", SearchOption.AllDirectories)
            .SelectMany(file => AskedKey().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["key"].Value);

    private static string[] Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Order()];

    // What stands in msg(…), and literals of our own that reach it by way of a macro.
    [GeneratedRegex("""(?:msg\(["'](?<key>[\w.-]+)["'])|(?:["'](?<key>(?:invite[A-Z]|passwordRule)[\w.]*)["'])""")]
    private static partial Regex AskedKey();

    [GeneratedRegex("^(invite[A-Z]|passwordRule)")]
    private static partial Regex OwnKey();

    [GeneratedRegex("<@rule name=\"(\\w+)\"")]
    private static partial Regex Rule();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b(Sie|Ihnen|Ihr|Ihre|Ihrem|Ihren|Ihrer|Ihres)\b")]
    private static partial Regex FormalAddress();
}
