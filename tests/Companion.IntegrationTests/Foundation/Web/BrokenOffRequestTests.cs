using Companion.IntegrationTests.Journey.Invites;

namespace Companion.IntegrationTests.Foundation.Web;

public sealed class BrokenOffRequestTests(CompanionHost host, ITestOutputHelper output) : IClassFixture<CompanionHost>
{
    private const int Breakers = 3;

    private const int RequestsOfEach = 80;

    private static readonly string[] Wrong =
    [
        "/api/v1/invites?search=%00", "/api/v1/timeline?type=%00", "/api/v1/timeline.csv?person=%00", "/api/v1/invites?search=nobody", "/api/v1/timeline",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_is_broken_off_changes_nothing_for_any_other()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}.");
        var (alice, ben) = (host.Member("alice"), host.Member("ben"));
        await alice.IssueOneAsync("anna@example.org");
        await alice.IssueOneAsync("bert@example.org");
        var expected = await alice.GetStringAsync("/api/v1/invites", Cancel);

        var breaking = Task.WhenAll(Enumerable.Range(0, Breakers).Select(number => BreakOffAsync(ben, new Random(seed + number))));
        var reads = 0;
        do
        {
            using var answer = await alice.GetAsync("/api/v1/invites", Cancel);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe(expected, $"Read {reads}, seed {seed}.");
            reads++;
        }
        while (!breaking.IsCompleted);
        await breaking;

        (await alice.GetStringAsync("/api/v1/invites", Cancel)).ShouldBe(expected);
        host.LogLines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static async Task BreakOffAsync(HttpClient client, Random random)
    {
        for (var i = 0; i < RequestsOfEach; i++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(random.Next(1, 30));
            try
            {
                using var answer = await client.GetAsync(Wrong[random.Next(Wrong.Length)], patience.Token);
            }
            catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
            {
                // Broken off.
            }
        }
    }
}
