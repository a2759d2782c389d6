using Companion.Foundation.Kernel;
using Companion.Journey.Invites;
using Companion.Tests.Journey.Invites;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Tests.Journey.Registrations;

/// <summary>Any order of claims, releases, redemptions, revocations and passing time ends as a model of a few lines says.</summary>
public sealed class ClaimModelTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_history_of_registrations_ends_as_the_model_says()
    {
        var steps = Gen.Elements(
            [
                .. from act in Enum.GetValues<Act>()
                   from key in new[] { "key-1", "key-2" }
                   from account in new[] { "account-a", "account-b", "account-c" }
                   select new Step(act, key, new AccountId(account)),
            ]);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(40),
            Prop.ForAll(steps.ListOf().ToArbitrary(), history => Replay([.. history])));
    }

    private static void Replay(IReadOnlyList<Step> history)
    {
        var (invite, model, now) = (Issued(), new Model(), Start);
        foreach (var step in history)
        {
            now += TimeSpan.FromMinutes(1);
            var expected = model.Expect(step);
            var decision = InviteDecider.Decide(invite, step.Command, now);
            invite = decision.Events.Aggregate(invite, Invite.Evolve);

            (decision.Refusal is null).ShouldBe(expected, $"{step} after {string.Join(", ", history)}");
            model.Apply(step, expected);
            model.ShouldDescribe(invite);
        }
    }

    private static Invite Issued() => Invite.Evolve(
        Invite.Initial,
        new InviteIssued(
            new InviteId(Guid.CreateVersion7(Start)),
            new AccountId("alice"),
            new ContactId(Guid.CreateVersion7(Start)),
            [],
            [],
            "en",
            Start + TimeSpan.FromDays(14),
            Start));

    private enum Act
    {
        Claim,
        Release,
        Redeem,
        Revoke,
    }

    private sealed record Step(Act Act, string Key, AccountId Account)
    {
        public InviteCommand Command => Act switch
        {
            Act.Claim => SampleInvites.Claim(Account, Key),
            Act.Release => new ReleaseInvite(Key, Account, "rolled_back"),
            Act.Redeem => new RedeemInvite(Account),
            _ => new RevokeInvite(new AccountId("alice")),
        };
    }

    /// <summary>One holder, one owner; whoever else turns up with an account is contested.</summary>
    private sealed class Model
    {
        private readonly HashSet<AccountId> _contested = [];
        private (string Key, AccountId Account)? _holder;
        private AccountId? _owner;
        private bool _revoked;

        public bool Expect(Step step) => step.Act switch
        {
            Act.Claim => _owner is null && !_revoked && (_holder is null || _holder.Value.Key == step.Key),
            Act.Revoke => _owner is null && _holder is null,
            _ => true,
        };

        public void Apply(Step step, bool accepted)
        {
            switch (step.Act)
            {
                case Act.Claim when accepted:
                    _holder = (step.Key, step.Account);
                    break;
                case Act.Release when _holder == (step.Key, step.Account):
                    _holder = null;
                    break;
                case Act.Redeem when _owner is null:
                    (_owner, _holder) = (step.Account, null);
                    break;
                case Act.Redeem when _owner != step.Account:
                    _contested.Add(step.Account);
                    break;
                case Act.Revoke when accepted:
                    _revoked = true;
                    break;
            }
        }

        public void ShouldDescribe(Invite invite)
        {
            invite.Account.ShouldBe(_owner);
            (invite.Claim is { } claim ? (claim.Key, claim.Account) : ((string, AccountId)?)null).ShouldBe(_holder);
            invite.Contested.ShouldBe(_contested, ignoreOrder: true);
            invite.Status.ShouldBe(
                _owner is not null ? InviteStatus.Redeemed
                : _holder is not null ? InviteStatus.Claimed
                : _revoked ? InviteStatus.Revoked
                : InviteStatus.Issued);
        }
    }
}
