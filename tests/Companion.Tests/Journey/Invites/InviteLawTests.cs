using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Tests.Journey.Invites;

/// <summary>Laws that hold whatever commands come in whatever order, repeated or late.</summary>
public sealed class InviteLawTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly IssueInvite Issue = SampleInvites.Issue(Guid.Parse("0197a0b0-0000-7000-8000-000000000001"), "inviter");

    private static readonly Gen<string> Keys = Gen.Elements("key-1", "key-2");

    private static readonly Gen<AccountId> Accounts = Gen.Elements(new AccountId("anna"), new AccountId("ben"));

    private static readonly Gen<InviteCommand> Commands = Gen.OneOf(
        Gen.Constant<InviteCommand>(Issue),
        Gen.Constant<InviteCommand>(new ResendInvite(Issue.Inviter, SampleInvites.Facts, SampleInvites.Policy)),
        Gen.Constant<InviteCommand>(new ExtendInvite(Issue.Inviter, SampleInvites.Rights(), SampleInvites.Policy)),
        Gen.Constant<InviteCommand>(new TakeLink(Issue.Inviter, SampleInvites.Rights(), SampleInvites.Policy with { AllowLinks = true })),
        Gen.Constant<InviteCommand>(new RevokeInvite(Issue.Inviter)),
        Gen.Constant<InviteCommand>(new ExpireInvite()),
        Gen.Constant<InviteCommand>(new RemindInvite(Start + SampleInvites.Policy.Lifetime)),
        from generation in Gen.Choose(1, 3) select (InviteCommand)new DeclineInvite(generation),
        from generation in Gen.Choose(1, 3)
        from outcome in Gen.Elements(Enum.GetValues<InviteDelivery>())
        select (InviteCommand)new RecordDelivery(generation, outcome, "reason"),
        from account in Accounts select (InviteCommand)new MatchAccount(account),
        from generation in Gen.Choose(1, 3)
        from key in Keys
        from account in Accounts
        from rights in Gen.Elements(SampleInvites.Rights(), SampleInvites.Rights(), SampleInvites.Rights(), InviteRights.None)
        select (InviteCommand)SampleInvites.Claim(account, key, generation, rights),
        from key in Keys from account in Accounts select (InviteCommand)new ReleaseInvite(key, account, "rolled_back"),
        from account in Accounts select (InviteCommand)new RedeemInvite(account));

    /// <summary>A history: commands, each after some hours.</summary>
    private static readonly Arbitrary<(InviteCommand Command, int Hours)[]> Histories =
        (from command in Commands from hours in Gen.Choose(0, 200) select (command, hours)).ArrayOf().Select(
            steps => (ValueTuple<InviteCommand, int>[])[(Issue, 0), .. steps]).ToArbitrary();

    [Fact]
    public void Folding_what_the_decider_accepted_never_throws_and_gives_the_state_it_decided_on() => Holds(history =>
    {
        var (state, events) = Run(history);
        return InviteStream.Type.WriteState(events.Aggregate(Invite.Initial, Invite.Evolve)).AsSpan().SequenceEqual(InviteStream.Type.WriteState(state));
    });

    [Fact]
    public void An_invite_is_redeemed_at_most_once() => Holds(history => Run(history).Events.OfType<InviteRedeemed>().Count() <= 1);

    [Fact]
    public void Nothing_but_a_contest_follows_a_redemption() => Holds(history =>
        Run(history).Events.SkipWhile(e => e is not InviteRedeemed).Skip(1).All(e => e is InviteContested or InviteSent or InviteDeliveryFailed or InviteDeliveryUnknown));

    [Fact]
    public void The_same_command_right_after_it_was_accepted_appends_nothing_more() => Holds(history =>
    {
        var state = Invite.Initial;
        foreach (var (command, now) in Timed(history))
        {
            var after = Apply(state, command, now).State;
            // A resend and a further link are new acts each time, and each account that comes second is contested again.
            if (command is not (ResendInvite or TakeLink)
                && InviteDecider.Decide(state, command, now).Refusal is null
                && Apply(after, command, now).Events is [not InviteContested, ..])
            {
                return false;
            }

            state = after;
        }

        return true;
    });

    [Fact]
    public void A_claimed_invite_is_refused_to_every_other_key() => Holds(history =>
    {
        var state = Invite.Initial;
        foreach (var (command, now) in Timed(history))
        {
            state = Apply(state, command, now).State;
            if (state.Status == InviteStatus.Claimed
                && InviteDecider.Decide(state, Claim(state, "another-key"), now) is not { Refusal.Code: "invite_in_use" })
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Only_an_open_invite_can_be_claimed() => Holds(history =>
    {
        var state = Invite.Initial;
        foreach (var (command, now) in Timed(history))
        {
            state = Apply(state, command, now).State;
            if (!state.IsOpen && Apply(state, Claim(state, "key-1"), now).Events.Count > 0)
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void A_claim_is_held_exactly_while_the_state_says_claimed() => Holds(history =>
    {
        var state = Invite.Initial;
        foreach (var (command, now) in Timed(history))
        {
            state = Apply(state, command, now).State;
            if (state.Claim is null == (state.Status == InviteStatus.Claimed))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Generations_only_grow_and_never_beyond_the_policy() => Holds(history =>
    {
        var generations = Run(history).Events.OfType<InviteResent>().Select(e => e.Generation).ToList();
        return generations.SequenceEqual(Enumerable.Range(2, generations.Count)) && generations.All(g => g <= SampleInvites.Policy.MaxGenerations);
    });

    [Fact]
    public void An_extension_only_ever_lengthens_and_never_beyond_the_longest_lifetime() => Holds(history =>
    {
        var state = Invite.Initial;
        foreach (var (command, now) in Timed(history))
        {
            var (after, events) = Apply(state, command, now);
            if (events.OfType<InviteExtended>().Any()
                && (after.ExpiresAt <= state.ExpiresAt || after.ExpiresAt > after.IssuedAt + InvitePolicy.LongestLifetime))
            {
                return false;
            }

            state = after;
        }

        return true;
    });

    [Fact]
    public void Every_refusal_has_a_code_and_says_something() => Holds(history => Timed(history)
        .Aggregate((State: Invite.Initial, Good: true), (sum, step) =>
        {
            var decision = InviteDecider.Decide(sum.State, step.Command, step.Now);
            var good = decision.Refusal is not { } refusal
                || (refusal.Code.All(c => char.IsAsciiLetterLower(c) || c == '_') && refusal.Message.EndsWith('.'));
            return (Apply(sum.State, step.Command, step.Now).State, sum.Good && good);
        }).Good);

    private static void Holds(Func<(InviteCommand Command, int Hours)[], bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Histories, law));

    private static ClaimInvite Claim(Invite state, string key) =>
        SampleInvites.Claim(new AccountId("carla"), key, state.Generation);

    private static (Invite State, List<InviteEvent> Events) Run((InviteCommand, int)[] history)
    {
        var state = Invite.Initial;
        var all = new List<InviteEvent>();
        foreach (var (command, now) in Timed(history))
        {
            (state, var events) = Apply(state, command, now);
            all.AddRange(events);
        }

        return (state, all);
    }

    private static (Invite State, IReadOnlyList<InviteEvent> Events) Apply(Invite state, InviteCommand command, DateTimeOffset now)
    {
        var events = InviteDecider.Decide(state, command, now).Events;
        return (events.Aggregate(state, Invite.Evolve), events);
    }

    private static IEnumerable<(InviteCommand Command, DateTimeOffset Now)> Timed((InviteCommand Command, int Hours)[] history)
    {
        var now = Start;
        foreach (var (command, hours) in history)
        {
            now = now.AddHours(hours);
            yield return (command, now);
        }
    }
}
