namespace Sandbox.Chaos;

/// <summary>An invite as its events tell it.</summary>
/// <param name="RedeemedBy">Account of each redemption.</param>
/// <param name="UnknownMails">Mails of which nobody knows whether they left.</param>
public sealed record InviteFact(
    string Id, int Issued, IReadOnlyList<string> RedeemedBy, int Contested, int Revoked, int UnknownMails, int Completed, int OnTimeline);

/// <summary>An account that was not there before the first round.</summary>
/// <param name="InviteId">The mark it carries; null for none.</param>
/// <param name="Rooms">How many of the invited rooms it has joined.</param>
/// <param name="Welcomes">Messages in its room with the bot.</param>
public sealed record AccountFact(
    string Id, string Address, string? InviteId, IReadOnlyList<string> Groups, IReadOnlyList<string> Organizations, int Rooms, int Welcomes);

public sealed record MailFact(string Recipient, string MessageId);

/// <summary>Everything that can be seen when the dust has settled.</summary>
/// <param name="UnknownNotices">Mails to members of which nobody knows whether they left.</param>
/// <param name="ToDos">How many there ever were in the outbox.</param>
/// <param name="GivenUp">Those that were given up, each with its error.</param>
public sealed record LedgerFacts(
    IReadOnlyList<Promise> Promises,
    IReadOnlyList<InviteFact> Invites,
    IReadOnlyList<AccountFact> Accounts,
    IReadOnlyList<MailFact> Mails,
    string Inviter,
    int UnknownNotices,
    int ToDos,
    IReadOnlyList<string> GivenUp);

/// <summary>One promise of the product, and where it was broken.</summary>
/// <param name="Checked">How many things were looked at.</param>
public sealed record LedgerLine(string Rule, int Checked, IReadOnlyList<string> Violations);

/// <summary>What must hold after any faults whatsoever.</summary>
public static class Ledger
{
    public const int InvitedRooms = 3;

    public static IReadOnlyList<LedgerLine> Check(LedgerFacts facts) =>
        [
            Line("every round came to its end", facts.Promises, Unfinished),
            Line("no invite is lost or made twice", facts.Promises, promise => LostOrDoubled(facts, promise)),
            Line("nobody was invited whom nobody asked for", facts.Invites, invite => Unasked(facts, invite)),
            Line("no invite is redeemed twice", facts.Invites, Doubled),
            Line("no account without an invite that it redeemed", facts.Accounts, account => Uninvited(facts, account)),
            Line("every account is where it was invited to", facts.Accounts, Misplaced),
            Line("no mail twice", facts.Mails.GroupBy(mail => mail.MessageId, StringComparer.Ordinal), Repeated),
            Line("one mail per invite, and one for each whose fate is unknown", facts.Promises, promise => Excess(facts, promise)),
            Line("every inviter was told, once", [facts], Untold),
            Line("the timeline has every redemption once", facts.Invites, Untimely),
            new("nothing was given up", facts.ToDos, facts.GivenUp),
        ];

    private static LedgerLine Line<T>(string rule, IEnumerable<T> things, Func<T, string?> violation)
    {
        var all = things.ToList();
        return new(rule, all.Count, [.. all.Select(violation).OfType<string>()]);
    }

    private static string? Unfinished(Promise promise) => promise.Failure is { } why ? $"round {promise.Round}: {why}" : null;

    private static string? LostOrDoubled(LedgerFacts facts, Promise promise)
    {
        if (promise.InviteId is not { } id)
        {
            return $"round {promise.Round}: no invite was issued";
        }

        var found = facts.Invites.Where(invite => invite.Id == id).ToList();
        return found switch
        {
            [] => $"round {promise.Round}: invite {id} is gone",
            [{ Issued: not 1 } invite] => $"round {promise.Round}: invite {id} was issued {invite.Issued} times",
            [{ Revoked: 0 }] when promise.Ending == Ending.Revoked => $"round {promise.Round}: invite {id} was taken back and is not revoked",
            [{ RedeemedBy.Count: not 0 }] when promise.Ending == Ending.Revoked => $"round {promise.Round}: invite {id} was taken back and redeemed",
            [{ RedeemedBy.Count: 0 }] when promise.Ending != Ending.Revoked => $"round {promise.Round}: invite {id} is not redeemed",
            [{ Completed: not 1 } invite] when promise.Ending != Ending.Revoked => $"round {promise.Round}: {invite.Completed} onboardings of invite {id} were completed",
            _ => null,
        };
    }

    private static string? Unasked(LedgerFacts facts, InviteFact invite) =>
        facts.Promises.Any(promise => promise.InviteId == invite.Id) ? null : $"invite {invite.Id} belongs to no round";

    private static string? Doubled(InviteFact invite) => invite switch
    {
        { RedeemedBy.Count: > 1 } => $"invite {invite.Id} was redeemed {invite.RedeemedBy.Count} times",
        { Contested: > 0 } => $"invite {invite.Id} has a second account",
        _ => null,
    };

    private static string? Uninvited(LedgerFacts facts, AccountFact account)
    {
        if (facts.Invites.FirstOrDefault(invite => invite.Id == account.InviteId) is not { } invite)
        {
            return $"account {account.Id} has no invite";
        }

        return !invite.RedeemedBy.Contains(account.Id) ? $"account {account.Id} did not redeem its invite {invite.Id}"
            : facts.Promises.Single(promise => promise.InviteId == invite.Id).Address != account.Address ? $"account {account.Id} has another address than was invited"
            : null;
    }

    private static string? Misplaced(AccountFact account) => account switch
    {
        { Groups: not [Worlds.Community.Group] } => $"account {account.Id} is in groups [{string.Join(", ", account.Groups)}]",
        { Organizations: not [Worlds.Community.Organization] } => $"account {account.Id} is in organisations [{string.Join(", ", account.Organizations)}]",
        { Rooms: not InvitedRooms } => $"account {account.Id} is in {account.Rooms} of {InvitedRooms} rooms",
        { Welcomes: not 1 } => $"account {account.Id} was welcomed {account.Welcomes} times",
        _ => null,
    };

    private static string? Repeated(IGrouping<string, MailFact> mails) => mails.Count() > 1 ? $"mail {mails.Key} came {mails.Count()} times" : null;

    private static string? Excess(LedgerFacts facts, Promise promise)
    {
        var count = facts.Mails.Count(mail => mail.Recipient == promise.Address);
        var unknown = facts.Invites.FirstOrDefault(invite => invite.Id == promise.InviteId)?.UnknownMails ?? 0;
        return count > 1 + unknown ? $"round {promise.Round}: {count} mails, and of {unknown} nobody knows" : null;
    }

    private static string? Untold(LedgerFacts facts)
    {
        var told = facts.Mails.Count(mail => mail.Recipient == facts.Inviter);
        var redeemed = facts.Invites.Sum(invite => invite.RedeemedBy.Count);
        return told > redeemed || told + facts.UnknownNotices < redeemed
            ? $"{told} notices of {redeemed} newcomers, and of {facts.UnknownNotices} nobody knows"
            : null;
    }

    private static string? Untimely(InviteFact invite) => invite.OnTimeline == invite.RedeemedBy.Count
        ? null
        : $"invite {invite.Id} was redeemed {invite.RedeemedBy.Count} times and is {invite.OnTimeline} times on the timeline";
}
