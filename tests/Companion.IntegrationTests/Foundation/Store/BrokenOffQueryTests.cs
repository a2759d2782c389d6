using Companion.Foundation.Store;
using Npgsql;
using NpgsqlTypes;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>What one user of a connection leaves behind must not reach the next, whatever ended the first.</summary>
public sealed class BrokenOffQueryTests(PostgresFixture postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rounds = 300;

    private string _connectionString = "";
    private NpgsqlDataSource _dataSource = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateEmptyDatabaseAsync();
        _dataSource = DatabaseServices.BuildDataSource(new DatabaseOptions { ConnectionString = _connectionString, MaxPoolSize = 3 });
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await postgres.DropDatabaseAsync(_connectionString);
    }

    /// <param name="prepared">As in a unit of work, whose statements are prepared before they run.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_or_broken_off_statement_leaves_the_connection_good_for_the_next(bool prepared)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}.");
        var breaking = Task.WhenAll(Enumerable.Range(0, 3).Select(number => FailAsync(new Random(seed + number), prepared)));
        var reads = 0;
        do
        {
            reads++;
            await using var connection = await _dataSource.OpenConnectionAsync(Cancel);
            await using var command = new NpgsqlCommand("select series.n, series.n::text from generate_series(1, @to) series(n) order by 1", connection);
            command.Add([Param.Int("to", 40)]);
            if (prepared)
            {
                await command.PrepareAsync(Cancel);
            }

            var numbers = await command.ReadAllAsync(reader => $"{reader.GetInt32(0)}={reader.GetString(1)}", Cancel);
            numbers.ShouldBe(Enumerable.Range(1, 40).Select(n => $"{n}={n}"), $"Read {reads}, seed {seed}.");
        }
        while (!breaking.IsCompleted);
        await breaking;
    }

    /// <summary>Past <see cref="Param"/>, which lets no such text through.</summary>
    private async Task FailAsync(Random random, bool prepared)
    {
        for (var i = 0; i < Rounds; i++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(random.Next(0, 5));
            try
            {
                await using var connection = await _dataSource.OpenConnectionAsync(Cancel);

                // Another text each time, so that preparing it is broken off too.
                await using var command = new NpgsqlCommand(
                    $"select count(*) from generate_series(1, {10_000 + i}) series(n) where @text is null or series.n::text = @text", connection);
                command.Parameters.Add(new NpgsqlParameter("text", NpgsqlDbType.Text) { Value = random.Next(2) == 0 ? "\0" : "7" });
                if (prepared)
                {
                    await command.PrepareAsync(patience.Token);
                }

                await command.ExecuteScalarAsync(patience.Token);
            }
            catch (Exception exception) when (exception is PostgresException or OperationCanceledException && !Cancel.IsCancellationRequested)
            {
                // Failed or broken off.
            }
        }
    }
}
