using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Companion.Community.Approvals;
using Companion.Foundation.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Companion.Tests;

/// <summary>docs/operations.md names everything that an operator may meet.</summary>
public sealed partial class OperationsTests
{
    private static readonly string Manual = Repository.Read("docs", "operations.md");

    private static readonly string Source = string.Join('\n', System.IO.Directory
        .EnumerateFiles(Repository.PathOf("companion"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public void Every_warning_and_error_of_the_log_is_explained()
    {
        var messages = typeof(HostingOptions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Category: method.DeclaringType?.DeclaringType?.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(log => log.Message?.Level >= LogLevel.Warning).ToList();

        messages.Count.ShouldBeGreaterThan(10);
        messages.ShouldAllBe(log => Manual.Contains($"| {log.Message!.EventId} | `{log.Category}` | {(log.Message.Level == LogLevel.Error ? "error" : "warning")} |"));
    }

    [Fact]
    public void Every_metric_is_explained() => AllAreExplained(Metric());

    [Fact]
    public void Every_kind_of_to_do_is_named() => AllAreExplained(Kind());

    [Fact]
    public void Every_code_of_readiness_is_explained()
    {
        var codes = Code().Matches(Repository.Read("companion", "Host", "Readiness.cs")).Select(match => match.Groups[1].Value).ToList();

        codes.Count.ShouldBeGreaterThan(4);
        codes.ShouldAllBe(code => Manual.Contains($"`{code}`"));
    }

    [Fact]
    public void The_rules_of_the_example_can_be_used_as_they_are()
    {
        using MemoryStream file = new(Encoding.UTF8.GetBytes(Example().Match(Manual).Groups[1].Value));
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(file).Build()).AddApprovals().BuildServiceProvider();

        services.GetRequiredService<IOptions<ApprovalOptions>>().Value.Rules
            .Select(rule => rule.Name).ShouldBe(["young-accounts", "into-the-archive", "unlisted-domains"]);
    }

    private static void AllAreExplained(Regex pattern)
    {
        var names = pattern.Matches(Source).Select(match => match.Groups[1].Value).ToList();

        names.Count.ShouldBeGreaterThan(4);
        names.ShouldAllBe(name => Manual.Contains($"`{name}`"));
    }

    [GeneratedRegex("\\.Create(?:Counter|ObservableGauge|Histogram)(?:<\\w+>)?\\(\\s*\"([a-z_.]+)\"")]
    private static partial Regex Metric();

    [GeneratedRegex("OutboxKind<\\w+> \\w+ (?:\\{ get; \\} )?= new\\(\\s*\"([a-z_]+)\"")]
    private static partial Regex Kind();

    [GeneratedRegex("```json\n(\\{.*?\n\\})\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("(?:\\[|Add\\()\"([a-z_]+)\"")]
    private static partial Regex Code();
}
