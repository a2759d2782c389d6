using Npgsql;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

public abstract class TimelineTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task A_row_that_somebody_with_the_database_changed_is_named_by_verify()
    {
        var invited = await InviteAsync();
        await ShouldBecomeAsync(invited, "sent");
        await Eventually.BeTrueAsync("all is sealed", async () => (await VerifyAsync()).Output.Contains(", 0 are not sealed yet", StringComparison.Ordinal), Ct);

        await using var database = NpgsqlDataSource.Create(World.Postgres.ConnectionString(World.Database));
        var (id, actor) = await EntryAsync(database, invited.Invite);
        await WriteAsync(database, id, World.Community.Paul.AccountId);
        var (good, output) = await VerifyAsync();
        good.ShouldBeFalse(output);
        output.ShouldContain($"Entry {id} was changed after it was sealed.");

        await WriteAsync(database, id, actor);
        (good, output) = await VerifyAsync();
        good.ShouldBeTrue(output);
    }

    private Task<(bool Good, string Output)> VerifyAsync() => World.Companion.RunAsync(["timeline", "verify"], new Dictionary<string, string?>(), Ct);

    private static async Task<(long Id, string Actor)> EntryAsync(NpgsqlDataSource database, string invite)
    {
        await using var command = database.CreateCommand(
            "select id, actor from companion.timeline_entry where type = 'invite_issued' and invite_id = @invite");
        command.Parameters.AddWithValue("invite", Guid.Parse(invite));
        await using var reader = await command.ExecuteReaderAsync(Ct);
        (await reader.ReadAsync(Ct)).ShouldBeTrue();
        return (reader.GetInt64(0), reader.GetString(1));
    }

    private static async Task WriteAsync(NpgsqlDataSource database, long id, string actor)
    {
        await using var command = database.CreateCommand("update companion.timeline_entry set actor = @actor where id = @id");
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("actor", actor);
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
    }
}

public sealed class RealTimelineTests(RealWorld world) : TimelineTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInTimelineTests(StandInWorld world) : TimelineTests(world);
