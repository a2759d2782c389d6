using System.Globalization;
using Companion.Benchmarks;
using Companion.IntegrationTests;

// Ratios, each measured in one run on one machine: rounds of both sides in turn, the median of each.
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
int[] sizes = args.Length > 3 ? [.. args[2..].Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : [300, 10_000];
var seconds = TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10);

await using var postgres = new PostgresFixture();
await postgres.InitializeAsync();
var reads = await Reads.CompareAsync(postgres, sizes);
Console.WriteLine($"| ms with so many invitations | {string.Join(" | ", sizes)} | ratio |\n|---|{string.Concat(sizes.Select(_ => "---|"))}---|\n{reads}\n");
if (rounds == 0)
{
    return;
}

Console.WriteLine("| what | ours per s | pgbench per s | ratio | aim |");
Console.WriteLine("|---|---|---|---|---|");
await using (var host = await BenchmarkHost.StartAsync(postgres))
{
    await CompareAsync("append one event to a new stream", host, host.AppendAsync, 0.8);
}

await using (var host = await BenchmarkHost.StartAsync(postgres))
{
    await CompareAsync("issue one invite through the API", host, host.IssueAsync, 0.5);
}

await using (var invites = await MailedInvites.StartAsync(postgres))
{
    var count = (int)(seconds.TotalSeconds * 100);
    var cost = await invites.CountAsync(count);
    List<(double Accepted, double Mailed)> rates = [];
    for (var round = 0; round < rounds; round++)
    {
        rates.Add(await invites.RunAsync(count));
    }

    var (accepted, mailed) = (Rate.Median([.. rates.Select(rate => rate.Accepted)]), Rate.Median([.. rates.Select(rate => rate.Mailed)]));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nEight inviters: {accepted:0} accepted a second, {mailed:0} accepted and mailed.\n"));
    Console.WriteLine($"| one invitation costs | |\n|---|---|\n{cost}");
}

async Task CompareAsync(string what, BenchmarkHost host, Func<long, Task> once, double aim)
{
    var script = await Capture.ScriptAsync(postgres, host.ConnectionString, () => once(Numbers.Next()), CancellationToken.None);
    await Rate.MeasureAsync(TimeSpan.FromSeconds(3), once);
    List<double> ours = [], theirs = [];
    for (var round = 0; round < rounds; round++)
    {
        theirs.Add(await Pgbench.RunAsync(script, host.ConnectionString, seconds, CancellationToken.None));
        ours.Add(await Rate.MeasureAsync(seconds, once));
    }

    var (mine, pgbench) = (Rate.Median(ours), Rate.Median(theirs));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {mine:0} | {pgbench:0} | {mine / pgbench:0.00} | {aim:0.0} |"));
}
