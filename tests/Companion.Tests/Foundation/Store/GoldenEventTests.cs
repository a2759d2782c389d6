using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Foundation.Store;
using Marten;
using Npgsql;

namespace Companion.Tests.Foundation.Store;

/// <summary>
/// Stored events are contracts for ever. A new event type gets its file by one run with COMPANION_WRITE_GOLDEN=1; a file that exists is
/// never overwritten: what changed the JSON of an event that may be stored somewhere is wrong, not the file.
/// </summary>
public sealed class GoldenEventTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The store as it is set up; nothing here connects.</summary>
    private static readonly IDocumentStore Store = MartenStore.Open(NpgsqlDataSource.Create("Host=localhost"), StreamTypes.All);

    public static TheoryData<string> Aliases { get; } = [.. Types.Keys];

    private static Dictionary<string, Type> Types => StreamTypes.All.SelectMany(stream => stream.EventTypes).ToDictionary();

    [Theory]
    [MemberData(nameof(Aliases))]
    public void An_event_is_stored_as_its_file_says(string alias)
    {
        var json = Store.Options.Serializer().ToJson(Sample.Of(Types[alias]));
        if (Environment.GetEnvironmentVariable("COMPANION_WRITE_GOLDEN") == "1" && !File.Exists(FileOf(alias)))
        {
            File.WriteAllText(FileOf(alias), JsonNode.Parse(json)!.ToJsonString(Indented) + "\n");
        }

        File.Exists(FileOf(alias)).ShouldBeTrue($"Golden/{alias}.json is missing; run this test once with COMPANION_WRITE_GOLDEN=1 and look at the file.");
        JsonNode.Parse(json)!.ToJsonString(Indented).ShouldBe(Golden(alias));
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void A_stored_event_is_read_back_whole(string alias)
    {
        var read = Read(alias, Golden(alias));

        JsonNode.Parse(Store.Options.Serializer().ToJson(read))!.ToJsonString(Indented).ShouldBe(Golden(alias));
    }

    /// <summary>By their names alone: the namespace that is stored beside them is not looked at.</summary>
    [Fact]
    public void Marten_stores_events_under_these_names()
    {
        var known = Store.Options.Events.AllKnownEventTypes().ToLookup(type => type.EventTypeName, type => type.EventType);

        foreach (var (alias, type) in Types)
        {
            known[alias].ShouldBe([type]);
        }
    }

    [Fact]
    public void Every_stored_shape_is_generated_with_the_code() =>
        StreamTypes.All.SelectMany(stream => stream.EventTypes.Values.Where(type => stream.Json.GetTypeInfo(type) is null)).ShouldBeEmpty();

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
        var old = JsonNode.Parse(Golden(alias))!.AsObject();
        old.Remove(member).ShouldBeTrue();

        Read(alias, old.ToJsonString()).ShouldNotBeNull();
    }

    [Fact]
    public void No_file_is_without_its_event_type() =>
        System.IO.Directory.GetFiles(Folder(), "*.json").Select(Path.GetFileNameWithoutExtension).Except(Types.Keys).ShouldBeEmpty();

    [Fact]
    public void Names_of_events_have_no_digits_or_acronyms_and_are_unique()
    {
        var names = Types.Values.Select(type => type.Name).ToList();

        names.ShouldAllBe(name => System.Text.RegularExpressions.Regex.IsMatch(name, "^([A-Z][a-z]+)+$"));
        names.ShouldBeUnique();
    }

    private static object Read(string alias, string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Store.Options.Serializer().FromJson(Types[alias], stream);
    }

    private static string Golden(string alias) => File.ReadAllText(FileOf(alias)).TrimEnd('\n');

    private static string FileOf(string alias) => Path.Combine(Folder(), $"{alias}.json");

    private static string Folder() => Repository.PathOf("tests", "Companion.Tests", "Golden");
}
