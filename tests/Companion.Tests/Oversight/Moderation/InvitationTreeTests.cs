using Companion.Foundation.Kernel;
using Companion.Oversight.Moderation;

namespace Companion.Tests.Oversight.Moderation;

public sealed class InvitationTreeTests
{
    [Fact]
    public void Everybody_is_below_those_who_brought_them()
    {
        Tree("alice", "alice>ben", "ben>cleo", "ben>dora", "alice>emil")
            .ShouldBe(["alice 2 4", "ben 2 2", "emil 0 0", "cleo 0 0", "dora 0 0"]);
    }

    [Fact]
    public void Each_level_begins_with_the_biggest_subtrees() =>
        Forest("zoe", "alice", "alice>ben", "zoe>cleo", "zoe>dora", "dora>emil", "dora>finn", "cleo>gert")
            .ShouldBe(["zoe 2 5", "alice 1 1", "dora 2 2", "cleo 1 1", "ben 0 0", "emil 0 0", "finn 0 0", "gert 0 0"]);

    [Fact]
    public void A_tree_begins_where_it_is_asked_to() =>
        Tree("ben", "alice>ben", "ben>cleo", "cleo>dora").ShouldBe(["ben 1 2", "cleo 1 1", "dora 0 0"]);

    [Fact]
    public void Circles_come_to_an_end_and_count_everybody_once()
    {
        Tree("alice", "alice>ben", "ben>cleo", "cleo>alice").ShouldBe(["alice 1 2", "ben 1 1", "cleo 1 0"]);
        Tree("alice", "alice>alice").ShouldBe(["alice 1 0"]);
    }

    [Fact]
    public void Whoever_is_not_known_stands_alone() => Tree("nobody", "alice>ben").ShouldBe(["nobody 0 0"]);

    [Fact]
    public void A_chain_of_a_hundred_thousand_is_walked()
    {
        var chain = Enumerable.Range(0, 100_000).Select(i => new KnownPerson(new($"p{i}"), i == 0 ? null : new AccountId($"p{i - 1}"), null, null)).ToList();
        var people = new InvitationTree(chain).From(new AccountId("p0"));
        (people.Count, people[0].Below, people[^1].Below).ShouldBe((100_000, 99_999, 0));
    }

    /// <param name="people">Names, and pairs of who brought whom.</param>
    private static IEnumerable<string> Tree(string root, params string[] people) => Show(Of(people).From(new AccountId(root)));

    private static IEnumerable<string> Forest(params string[] people)
    {
        var tree = Of(people);
        return Show(tree.From(tree.Roots));
    }

    private static InvitationTree Of(string[] people) => new(
    [
        .. people.Select(person => person.Split('>')).Select(pair => new KnownPerson(
            new AccountId(pair[^1]), pair.Length == 1 ? null : new AccountId(pair[0]), null, null)),
    ]);

    private static IEnumerable<string> Show(IEnumerable<TreePerson> people) =>
        people.Select(person => $"{person.Known.Account} {person.Brought} {person.Below}");
}
