namespace Companion.Oversight.Moderation;

/// <summary>One person in the tree of who brought whom, as moderators see it.</summary>
/// <param name="Name">Null where it is not known now.</param>
/// <param name="Inviter">Null for somebody whom nobody invited.</param>
/// <param name="Depth">Invitations between this account and one that nobody invited.</param>
/// <param name="Brought">Whom the person brought in.</param>
/// <param name="Below">Those, and all whom they brought in, at any depth.</param>
/// <param name="Open">The person's own open invites.</param>
/// <param name="Good">Of those brought, accounts that are in good order.</param>
/// <param name="Bad">Those that were denied or are gone.</param>
/// <param name="IsFrozen">The person's own inviting is paused.</param>
/// <param name="FrozenAbove">Whose inviting is paused with all below, this person's too; null for none.</param>
/// <param name="Status">Of the person's onboarding: awaiting_approval, running, completed, denied or cancelled; null for somebody whom nobody invited.</param>
/// <param name="FreezeReason">What a moderator left for the others; null where nothing was, or it is thawed.</param>
internal sealed record PersonView(
    AccountId Account,
    string? Name,
    AccountId? Inviter,
    DateTimeOffset? JoinedAt,
    int Depth,
    int Brought,
    int Below,
    int Open,
    int Good,
    int Bad,
    PersonStanding Standing,
    bool IsFlagged,
    bool IsFrozen,
    AccountId? FrozenAbove,
    string? Status,
    string? FreezeReason);

/// <param name="Name">Null where it is not known now.</param>
internal sealed record PathPerson(AccountId Account, string? Name);

/// <param name="People">Breadth first, the biggest subtrees of each level first; those found where a name was searched for.</param>
/// <param name="Path">From somebody whom nobody invited to who invited the root; empty without a root.</param>
/// <param name="Next">Cursor of further people whom the root brought in, or without a root whom nobody did; null where all are there.</param>
/// <param name="Truncated">There are more: those, further ones below somebody here, or further ones that were found.</param>
internal sealed record PeoplePage(IReadOnlyList<PersonView> People, IReadOnlyList<PathPerson> Path, string? Next, bool Truncated);

/// <param name="Names">By account; who has none, is gone or can't be read now is left out.</param>
internal sealed record NamesAnswer(IReadOnlyDictionary<string, string> Names);

/// <param name="Below">With everybody whom the person brought in, at any depth, now and later.</param>
/// <param name="Reason">For other moderators.</param>
internal sealed record FreezeRequest(bool Below = false, string? Reason = null);

/// <param name="Below">With those of everybody whom the person brought in, at any depth.</param>
internal sealed record RevokePendingRequest(bool Below = false);

/// <param name="Revoked">How many were open and are no more; those that somebody registers by just now stay.</param>
internal sealed record RevokedAnswer(int Revoked);

/// <summary>What a change is told apart by from others under the same key.</summary>
internal sealed record PersonChange(AccountId Account, bool Below = false, string? Reason = null);

/// <summary>What is kept of the answer to a repeatable change: no name.</summary>
internal sealed record ChangedPerson(AccountId Account);

/// <summary>Shapes of the moderators' API about people on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PeoplePage))]
[JsonSerializable(typeof(NamesAnswer))]
[JsonSerializable(typeof(FreezeRequest))]
[JsonSerializable(typeof(RevokePendingRequest))]
[JsonSerializable(typeof(RevokedAnswer))]
[JsonSerializable(typeof(FunnelAnswer))]
[JsonSerializable(typeof(PersonChange))]
[JsonSerializable(typeof(ChangedPerson))]
internal sealed partial class PeopleApiJson : JsonSerializerContext;
