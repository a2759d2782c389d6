using Companion.Community.Directory;
using Companion.Journey.Invites;

namespace Companion.Oversight.Moderation;

/// <summary>One case as moderators see it.</summary>
/// <param name="Subject">invite or newcomer.</param>
/// <param name="Status">open, granted, refused or closed.</param>
/// <param name="Contact">The address in full; null once it was erased.</param>
/// <param name="Note">What the inviter told the moderators.</param>
/// <param name="Answers">The newcomer's to the community's questions.</param>
/// <param name="Requirements">What the rules ask for.</param>
/// <param name="TakenBy">Who works on it now.</param>
/// <param name="Obstacle">Code of why the caller can't decide here; null for one who can.</param>
/// <param name="Earlier">Other decisions about people whom this inviter invited, or about this address.</param>
internal sealed record ApprovalView(
    ApprovalId Id,
    string Subject,
    string Status,
    InviteId InviteId,
    ApprovalPerson? Newcomer,
    ApprovalInviter Inviter,
    string? Contact,
    IReadOnlyList<ShownMembership> Memberships,
    IReadOnlyList<InviteRoom> Rooms,
    string? Note,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Answers,
    IReadOnlyList<ApprovalRequirementView> Requirements,
    IReadOnlyList<ApprovalVoteView> Votes,
    IReadOnlyList<ApprovalQuestionView> Questions,
    ApprovalHold? TakenBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? EndedAt,
    string? Obstacle,
    EarlierDecisions Earlier);

/// <param name="Name">Null where it is not known now.</param>
internal sealed record ApprovalPerson(AccountId Account, string? Name);

/// <param name="Good">People whom the inviter brought and whose accounts are in good order.</param>
/// <param name="Bad">Those that were denied or are gone.</param>
/// <param name="Depth">Invitations between the inviter and an account that nobody invited.</param>
internal sealed record ApprovalInviter(
    AccountId Account, string? Name, DateTimeOffset? AccountCreatedAt, int Good, int Bad, int OpenInvites, int Depth, bool IsFlagged);

/// <param name="Rule">Its name.</param>
/// <param name="Sentence">What the rule is about, in the caller's language; null where the operator gave none.</param>
internal sealed record ApprovalRequirementView(
    string Rule, string? Sentence, string Approvers, int Needed, int Panel, int Approvals, int Refusals, bool IsMet);

internal sealed record ApprovalVoteView(ApprovalPerson By, bool Approve, string? Note, DateTimeOffset At);

/// <param name="By">Null for whom the case is about.</param>
internal sealed record ApprovalQuestionView(ApprovalPerson? By, string Text, DateTimeOffset At);

internal sealed record ApprovalHold(ApprovalPerson By, DateTimeOffset Until);

internal sealed record EarlierDecisions(int Granted, int Refused);

/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Open">How many wait in all.</param>
/// <param name="LastDecidedAt">Null where nothing was decided yet.</param>
internal sealed record ApprovalPage(IReadOnlyList<ApprovalView> Approvals, string? Next, int Open, DateTimeOffset? LastDecidedAt);
