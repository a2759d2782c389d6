using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Companion.Foundation.Web;
using Microsoft.Extensions.Logging;

namespace Companion.Tests.Foundation.Web;

public sealed partial class LogEventTests
{
    private static readonly IReadOnlyList<(string Folder, int Id)> Events = [.. typeof(HostingOptions).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(method => (method.DeclaringType!.Namespace, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
        .Where(log => log.Message is not null)
        .Select(log => (log.Namespace!["Companion.".Length..].Replace('.', '/'), log.Message!.EventId))];

    [Fact]
    public void Every_log_event_has_an_id_of_its_own() => Events.Select(log => log.Id).ShouldBeUnique();

    [Fact]
    public void Every_id_is_in_the_range_of_its_folder()
    {
        var ranges = Range().Matches(Repository.Read("docs", "develop.md"))
            .Select(row => (First: Number(row, 1), Last: Number(row, 2), Folders: row.Groups[3].Value)).ToList();
        ranges.Count.ShouldBeGreaterThan(5);
        Events.ShouldNotBeEmpty();
        Events.ShouldAllBe(log => ranges.Single(range => range.First <= log.Id && log.Id <= range.Last).Folders
            .Split(", ", StringSplitOptions.None).Any(folder => log.Folder.StartsWith(folder.Trim('`'), StringComparison.Ordinal)));
    }

    private static int Number(Match row, int group) => int.Parse(row.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (\d+)–(\d+) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Range();
}
