using System.CommandLine;
using Companion.Community.Approvals;
using Companion.Oversight.Moderation;

namespace Companion.Host.CommandLine;

internal static class PolicyCommand
{
    /// <summary>How far back it looks unless told otherwise.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);

    public static Command Create(CompanionCommandLine line) => new("policy", "Works on the rules of the section Approvals.")
    {
        Try(line),
    };

    private static Command Try(CompanionCommandLine line)
    {
        var file = new Option<FileInfo>("--file")
        {
            Description = "JSON file with a section Approvals, as in appsettings.json; the rules in use where it is not given.",
        };
        file.AcceptExistingOnly();
        var since = new Option<DateTimeOffset?>("--since") { Description = "Look at what came up since this time; the last 90 days where it is not given." };
        var json = new Option<bool>("--json") { Description = "Write a JSON object for scripts." };
        var command = new Command(
            "try",
            "Replays rules against past invites and prints what would have changed. Groups, roles and addresses are those of today; changes nothing.")
        {
            file,
            since,
            json,
        };
        command.SetAction((parsed, cancellationToken) => line.WithServicesAsync(async (services, output) =>
        {
            var rules = parsed.GetValue(file) is { } given ? Read(given) : services.GetRequiredService<IOptions<ApprovalOptions>>().Value.Rules;
            var from = parsed.GetValue(since) ?? services.GetRequiredService<TimeProvider>().GetUtcNow() - Span;
            var trial = await services.GetRequiredService<TryPolicy>().RunAsync(rules, from, cancellationToken);
            await output.WriteLineAsync(
                parsed.GetValue(json) ? JsonSerializer.Serialize(trial, PolicyTrialJson.Default.PolicyTrial) : string.Join(Environment.NewLine, Lines(trial, from)));
        }));
        return command;
    }

    /// <exception cref="OptionsValidationException">The file's rules are not complete.</exception>
    private static List<ApprovalRule> Read(FileInfo file)
    {
        IConfiguration configuration;
        try
        {
            configuration = new ConfigurationBuilder().AddJsonFile(file.FullName).Build();
        }
        catch (InvalidDataException exception)
        {
            throw new OptionsValidationException(
                ApprovalOptions.SectionName, typeof(ApprovalOptions), [$"{file.Name} is no JSON file: {exception.InnerException?.Message}"]);
        }

        using var services = new ServiceCollection().AddSingleton(configuration).AddApprovals().BuildServiceProvider();
        return services.GetRequiredService<IOptions<ApprovalOptions>>().Value.Rules;
    }

    private static IEnumerable<string> Lines(PolicyTrial trial, DateTimeOffset since)
    {
        yield return Text($"{trial.Cases} invites and newcomers since {since:u} were judged again.");
        if (trial.Unknown > 0)
        {
            yield return Text($"{trial.Unknown} more can't be: the inviter is gone, or the address was erased that a rule looks at.");
        }

        yield return "";
        yield return Text($"{"rule",-32}  asked then  would ask");
        foreach (var rule in trial.Rules)
        {
            yield return Text($"{rule.Rule,-32}  {rule.Then,10}  {rule.Now,9}");
        }

        yield return "";
        yield return Text($"{trial.Held} that went on at once would wait, {trial.Freed} that waited would go on at once.");
        foreach (var one in trial.Changed)
        {
            yield return Text($"{one.At:u}  {one.Subject,-8}  {one.InviteId}  inviter {one.Inviter}  then: {Names(one.Then)}  now: {Names(one.Now)}");
        }
    }

    private static string Names(IReadOnlyList<string> rules) => rules.Count == 0 ? "-" : string.Join(", ", rules);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
