using System.CommandLine;
using Companion.Foundation.Outbox;

namespace Companion.Host.CommandLine;

internal static class OutboxCommands
{
    public static Command Create(CompanionCommandLine line) => new("outbox", "Shows and retries background jobs.")
    {
        List(line),
        Retry(line),
    };

    private static Command List(CompanionCommandLine line)
    {
        var state = new Option<string?>("--state") { Description = "Only those in this state." };
        state.AcceptOnlyFromAmong("waiting", "due", "leased", "dead", "done");
        var kind = Kind();
        var limit = new Option<int>("--limit") { Description = "At most so many, oldest due first.", DefaultValueFactory = _ => 100 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > OutboxInspection.LongestList)
            {
                result.AddError($"--limit must be between 1 and {OutboxInspection.LongestList}.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Write a JSON array for scripts." };
        var command = new Command("list", "Lists messages that are not done.") { state, kind, limit, json };
        command.SetAction((parsed, cancellationToken) => line.WithServicesAsync(async (services, output) =>
        {
            var entries = await services.GetRequiredService<OutboxInspection>().ListAsync(
                parsed.GetValue(state), parsed.GetValue(kind), parsed.GetValue(limit), cancellationToken);
            await output.WriteLineAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(entries, OutboxJson.Default.IReadOnlyListOutboxEntry)
                : string.Join(Environment.NewLine, entries.Select(Line).Prepend($"{entries.Count} messages")));
        }));
        return command;
    }

    private static Command Retry(CompanionCommandLine line)
    {
        var ids = new Argument<Guid[]>("id") { Description = "Dead messages, as list shows them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All dead messages." };
        var kind = Kind();
        var command = new Command("retry", "Makes dead messages due again, with all their attempts before them.") { ids, all, kind };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(ids) is { Length: > 0 }))
            {
                result.AddError("Name messages, or say --all.");
            }
        });
        command.SetAction((parsed, cancellationToken) => line.WithServicesAsync(async (services, output) =>
        {
            var revived = await services.GetRequiredService<OutboxInspection>().RetryAsync(
                parsed.GetValue(all) ? null : parsed.GetValue(ids), parsed.GetValue(kind), cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{revived} messages are due again"));
        }));
        return command;
    }

    private static Option<string?> Kind() => new("--kind") { Description = "Only those of this kind." };

    private static string Line(OutboxEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Id}  {entry.State,-7}  {entry.Kind,-24}  attempts {entry.Attempts,2}  due {entry.DueAt:u}  {entry.LastError ?? "-"}");
}
