using Companion.Foundation.Outbox;

namespace Companion.Tests.Foundation.Outbox;

public sealed class OutboxPlacesTests
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly OutboxPlaces _places = new(4, [new Handler("mail", 2), new Handler("room", int.MaxValue)]);

    [Fact]
    public void A_kind_is_offered_no_more_than_it_may_run_nor_than_there_is_place() =>
        Offered().ShouldBe("4: mail 2, room 4");

    [Fact]
    public void What_runs_takes_a_place_and_what_ended_gives_it_back()
    {
        var mails = new[] { Message("mail"), Message("mail") };
        _places.Take(mails);
        Offered().ShouldBe("2: room 2");

        _places.Release(mails[0]);
        Offered().ShouldBe("3: mail 1, room 3");
    }

    [Fact]
    public void Where_all_places_are_taken_nothing_is_offered()
    {
        _places.Take([.. Enumerable.Range(0, 4).Select(_ => Message("room"))]);

        Offered().ShouldBe("0: ");
    }

    [Theory]
    [InlineData(3000, 3000)]
    [InlineData(0, 100)]
    [InlineData(-5000, 100)]
    [InlineData(3_600_000, 10_000)]
    public void The_next_look_is_when_something_is_due_but_neither_at_once_nor_too_late(int due, int expected) =>
        UntilNextLook(("room", due)).ShouldBe(TimeSpan.FromMilliseconds(expected));

    [Fact]
    public void Where_nothing_is_due_the_next_look_is_the_poll() => UntilNextLook().ShouldBe(Longest);

    [Fact]
    public void What_waits_for_a_kind_that_has_no_place_wakes_nobody()
    {
        _places.Take([Message("mail"), Message("mail")]);

        UntilNextLook(("mail", 0), ("room", 7000)).ShouldBe(TimeSpan.FromSeconds(7));
    }

    private TimeSpan UntilNextLook(params (string Kind, int Milliseconds)[] next) =>
        new OutboxClaims([], next.ToDictionary(kind => kind.Kind, kind => TimeSpan.FromMilliseconds(kind.Milliseconds)))
            .UntilNextLook(_places.Free(), Shortest, Longest);

    private string Offered()
    {
        var offer = _places.Free();
        return $"{offer.Total}: {string.Join(", ", offer.Kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Value}"))}";
    }

    private static OutboxMessage Message(string kind) => new(Guid.NewGuid(), kind, Guid.Empty, [], 1, DateTimeOffset.UnixEpoch, Guid.Empty);

    private sealed class Handler(string kind, int maxParallel) : OutboxHandler
    {
        public override string Kind => kind;

        public override int MaxParallel => maxParallel;

        public override Task<OutboxResult> HandleAsync(OutboxMessage message, CancellationToken cancellationToken) =>
            Task.FromResult(OutboxResult.Finished);
    }
}
