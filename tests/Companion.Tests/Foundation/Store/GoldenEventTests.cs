using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Foundation.Store;

namespace Companion.Tests.Foundation.Store;

/// <summary>
/// Stored events are contracts for ever. A new event type gets its file by one run with COMPANION_WRITE_GOLDEN=1; a file that exists is
/// never overwritten: what changed the JSON of an event that may be stored somewhere is wrong, not the file.
/// </summary>
public sealed class GoldenEventTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Aliases { get; } = [.. Types.Select(type => type.Alias)];

    private static IEnumerable<EventType> Types => StreamTypes.All.SelectMany(stream => stream.EventTypes);

    [Theory]
    [MemberData(nameof(Aliases))]
    public void An_event_is_stored_as_its_file_says(string alias)
    {
        var type = Types.Single(type => type.Alias == alias);
        var json = JsonSerializer.Serialize(Sample.Of(type.ClrType), type.Json);
        if (Environment.GetEnvironmentVariable("COMPANION_WRITE_GOLDEN") == "1" && !File.Exists(FileOf(alias)))
        {
            File.WriteAllText(FileOf(alias), JsonNode.Parse(json)!.ToJsonString(Indented) + "\n");
        }

        File.Exists(FileOf(alias)).ShouldBeTrue($"Golden/{alias}.json is missing; run this test once with COMPANION_WRITE_GOLDEN=1 and look at the file.");
        var golden = File.ReadAllText(FileOf(alias));
        JsonNode.Parse(json)!.ToJsonString(Indented).ShouldBe(golden.TrimEnd('\n'));
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void A_stored_event_is_read_back_whole(string alias)
    {
        var type = Types.Single(type => type.Alias == alias);
        var golden = File.ReadAllText(FileOf(alias));

        var read = JsonSerializer.Deserialize(golden, type.Json);

        JsonSerializer.SerializeToNode(read, type.Json)!.ToJsonString(Indented).ShouldBe(golden.TrimEnd('\n'));
    }

    /// <summary>Members that were added later, by event; stored events lack them.</summary>
    [Theory]
    [InlineData("invite_issued", "Vouched")]
    [InlineData("invite_issued", "AwaitingApproval")]
    [InlineData("invite_issued", "RemindInviter")]
    [InlineData("invite_issued", "RemindInvitee")]
    [InlineData("invite_resent", "Reopened")]
    [InlineData("invite_claimed", "DefaultRooms")]
    [InlineData("onboarding_started", "DefaultRooms")]
    [InlineData("inviting_frozen", "Below")]
    public void An_event_stored_before_a_member_was_added_is_still_read(string alias, string member)
    {
        var type = Types.Single(type => type.Alias == alias);
        var old = JsonNode.Parse(File.ReadAllText(FileOf(alias)))!.AsObject();
        old.Remove(member).ShouldBeTrue();

        JsonSerializer.Deserialize(old, type.Json).ShouldNotBeNull();
    }

    [Fact]
    public void No_file_is_without_its_event_type() =>
        System.IO.Directory.GetFiles(Folder(), "*.json").Select(Path.GetFileNameWithoutExtension).Except(Types.Select(type => type.Alias)).ShouldBeEmpty();

    [Fact]
    public void Every_event_of_a_stream_is_registered()
    {
        var registered = Types.Select(type => type.ClrType).ToHashSet();
        var roots = registered.Select(type => type.BaseType!).ToHashSet();
        var all = typeof(IStreamType).Assembly.GetTypes().Where(type => type.BaseType is { } root && roots.Contains(root));

        all.Except(registered).ShouldBeEmpty();
    }

    [Fact]
    public void Names_of_events_have_no_digits_or_acronyms_and_are_unique()
    {
        var names = Types.Select(type => type.ClrType.Name).ToList();

        names.ShouldAllBe(name => System.Text.RegularExpressions.Regex.IsMatch(name, "^([A-Z][a-z]+)+$"));
        names.ShouldBeUnique();
    }

    private static string FileOf(string alias) => Path.Combine(Folder(), $"{alias}.json");

    private static string Folder() => Repository.PathOf("tests", "Companion.Tests", "Golden");
}
