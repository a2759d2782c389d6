using Companion.Community.Approvals;
using Companion.Community.Inviters;
using Companion.Journey.Invites;
using Companion.Journey.Members;
using Companion.Journey.Onboarding;

namespace Companion.Oversight.Moderation;

/// <summary>
/// Folds all events in their order into the cases on which rules had a say, each with what its inviter had done up to then.
/// Pure: what other systems know is looked up afterwards.
/// </summary>
/// <param name="since">Cases before it are not kept.</param>
internal sealed class PastCases(DateTimeOffset since)
{
    private readonly Dictionary<Guid, Invite> _invites = [];
    private readonly Dictionary<Guid, Journey.Onboarding.Onboarding> _onboardings = [];
    private readonly Dictionary<Guid, Member> _members = [];
    private readonly Dictionary<AccountId, AccountId> _inviterOf = [];
    private readonly Dictionary<AccountId, Deeds> _deeds = [];
    private readonly Dictionary<(Guid Invite, ApprovalSubject Subject), PastCase> _cases = [];

    /// <summary>In the order they came up.</summary>
    public IEnumerable<PastCase> All => _cases.Values.OrderBy(past => past.At);

    public void Add(Guid streamId, object @event)
    {
        switch (@event)
        {
            case InviteEvent e:
                Add(streamId, e);
                break;
            case OnboardingEvent e:
                Add(streamId, e);
                break;
            case MemberEvent e:
                _members[streamId] = Member.Evolve(_members.GetValueOrDefault(streamId, Member.Initial), e);
                break;
            case ApprovalRequested asked when _cases.TryGetValue((asked.InviteId.Value, asked.Subject), out var past):
                _cases[(asked.InviteId.Value, asked.Subject)] = past with { Asked = [.. asked.Requirements.Select(requirement => requirement.Rule)] };
                break;
        }
    }

    private void Add(Guid id, InviteEvent @event)
    {
        var before = _invites.GetValueOrDefault(id, Invite.Initial);
        var after = Invite.Evolve(before, @event);
        switch (@event)
        {
            case InviteIssued e:
                Keep(after, ApprovalSubject.Invite, e.At, []);
                DeedsOf(e.Inviter).Issued.Add(e.At);
                break;
            case InviteClaimed e:
                Keep(before, ApprovalSubject.Newcomer, e.At, [.. e.Approvals?.Select(requirement => requirement.Rule) ?? []]);
                break;
            case InviteRedeemed e:
                _inviterOf.TryAdd(e.Account, after.Inviter);
                break;
        }

        DeedsOf(after.Inviter).Open += (after.IsOpen ? 1 : 0) - (before.IsOpen ? 1 : 0);
        _invites[id] = after;
    }

    private void Add(Guid id, OnboardingEvent @event)
    {
        var before = _onboardings.GetValueOrDefault(id, Journey.Onboarding.Onboarding.Initial);
        var after = Journey.Onboarding.Onboarding.Evolve(before, @event);
        var deeds = DeedsOf(after.Inviter);
        deeds.Standing = new Standing(
            deeds.Standing.Good + One(IsGood(after)) - One(IsGood(before)), deeds.Standing.Bad + One(IsBad(after)) - One(IsBad(before)));
        _onboardings[id] = after;
    }

    /// <summary>A registration that is tried again is judged again, and its last judgement counts.</summary>
    private void Keep(Invite invite, ApprovalSubject subject, DateTimeOffset at, IReadOnlyList<string> asked)
    {
        if (at >= since)
        {
            _cases[(invite.Id, subject)] = new PastCase(
                new InviteId(invite.Id), subject, at, invite.Inviter, HistoryOf(invite.Inviter, at), invite.ContactId, invite.Memberships, invite.Rooms, asked);
        }
    }

    private InviterHistory HistoryOf(AccountId inviter, DateTimeOffset at)
    {
        var deeds = DeedsOf(inviter);
        return new InviterHistory(
            AboveOf(inviter),
            deeds.Standing,
            deeds.Open,
            deeds.Issued.Count(issued => issued > at.AddDays(-1)),
            deeds.Issued.Count(issued => issued > at.AddDays(-7)),
            _members.GetValueOrDefault(MemberId.Of(inviter).Value)?.IsFlagged ?? false,
            IsFrozenItself: false,
            FrozenAbove: null);
    }

    private List<AccountId> AboveOf(AccountId account)
    {
        List<AccountId> above = [];
        while (_inviterOf.TryGetValue(account, out var inviter) && !above.Contains(inviter))
        {
            above.Add(inviter);
            account = inviter;
        }

        return above;
    }

    private Deeds DeedsOf(AccountId inviter) => _deeds.TryGetValue(inviter, out var known) ? known : _deeds[inviter] = new Deeds();

    private static bool IsGood(Journey.Onboarding.Onboarding state) =>
        state is { Kind: OnboardingKind.Newcomer, Status: OnboardingStatus.Running or OnboardingStatus.Completed };

    private static bool IsBad(Journey.Onboarding.Onboarding state) =>
        state is { Kind: OnboardingKind.Newcomer, Status: OnboardingStatus.Denied or OnboardingStatus.Cancelled };

    private static int One(bool holds) => holds ? 1 : 0;

    private sealed class Deeds
    {
        public List<DateTimeOffset> Issued { get; } = [];

        public int Open { get; set; }

        public Standing Standing { get; set; } = new(0, 0);
    }
}

/// <summary>An invite that was issued, or a newcomer who registered by one.</summary>
/// <param name="History">Of the inviter, up to then.</param>
/// <param name="Asked">Names of the rules that asked people to decide.</param>
internal sealed record PastCase(
    InviteId InviteId,
    ApprovalSubject Subject,
    DateTimeOffset At,
    AccountId Inviter,
    InviterHistory History,
    ContactId ContactId,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    IReadOnlyList<string> Asked);
