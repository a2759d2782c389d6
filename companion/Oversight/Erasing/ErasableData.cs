using Companion.Journey.Members;

namespace Companion.Oversight.Erasing;

/// <summary>
/// The one list of what is kept of people and can be read, and how it is emptied. Nothing else holds more than ids, codes, times and
/// keyed hashes: events, the timeline, the outbox, stored answers and logs.
/// </summary>
internal static class ErasableData
{
    /// <summary>A query of the accounts of which something is kept that only asking or their end empties. Stored answers soon go by themselves.</summary>
    public const string KeptAccounts =
        """
        select account from companion.picture
        union select account from companion.freeze_reason
        union select m.data ->> 'Account' from companion.chat_code c join events.mt_doc_member m on m.id = c.member_id
        """;

    /// <summary>By an invite: the address, what its inviter and its invitee wrote. The abuse key alone tells neither.</summary>
    private const string Contacts =
        """
        with gone as (
          update companion.contact c
          set address = null, message = null, note = null, answers = null, match_key = null,
              abuse_key = case when @whole then null else c.abuse_key end, erased_at = coalesce(c.erased_at, @now)
          from companion.invite_details d
          where d.invite_id = any (@invites) and c.contact_id = d.contact_id and num_nonnulls(c.address, c.match_key, case when @whole then c.abuse_key end) > 0
          returning c.contact_id),
        copies as (
          update companion.invite_details d set match_key = null from gone where d.contact_id = gone.contact_id)
        select count(*)::int from gone
        """;

    /// <summary>By an invite: what moderators and the person wrote about a decision.</summary>
    private const string Notes =
        """
        delete from companion.approval_note n using companion.approval_details d
        where d.approval_id = n.approval_id and d.invite_id = any (@invites)
        """;

    /// <summary>By an account: why moderators froze its inviting.</summary>
    private const string FreezeReasons = "delete from companion.freeze_reason where account = any (@accounts)";

    /// <summary>By a mailbox: keyed hashes that forgotten contacts left for counting.</summary>
    private const string Hashes = "update companion.contact set abuse_key = null where address is null and abuse_key = @abuse_key";

    /// <summary>By an account: which chat accounts are its.</summary>
    private const string ChatCodes = "delete from companion.chat_code where member_id = any (@members)";

    /// <summary>By an account: its picture. The row stays, for what the chat server was given is still to be taken back there.</summary>
    private const string Pictures =
        "update companion.picture set picture_id = null, jpeg = null where account = any (@accounts) and picture_id is not null returning account";

    /// <summary>By an account: answers to its requests.</summary>
    private const string StoredAnswers = "delete from companion.idempotency where split_part(scope, ':', 2) = any (@accounts)";

    /// <summary>By an account that is gone: all there is, the rows too.</summary>
    private const string GonePictures = "delete from companion.picture where account = any (@accounts)";

    /// <summary>When the time to keep an ended invite's contact is over: the keyed hash stays by which a mailbox is not invited again and again.</summary>
    public static Task ForgetContactAsync(UnitOfWork unit, InviteId invite, CancellationToken cancellationToken) =>
        CountContactsAsync(unit, [invite], whole: false, cancellationToken);

    /// <summary>When the time to keep what was written about an invite's decisions is over.</summary>
    public static Task<int> ForgetNotesAsync(UnitOfWork unit, IReadOnlyList<InviteId> invites, CancellationToken cancellationToken) =>
        unit.ExecuteAsync(Notes, [Invites(invites)], cancellationToken);

    /// <summary>Everything about a person.</summary>
    /// <param name="invites">To this person.</param>
    /// <param name="accounts">That are this person's.</param>
    /// <param name="abuseKey">Of the person's address.</param>
    public static async Task<Erased> ErasePersonAsync(
        UnitOfWork unit,
        IReadOnlyList<InviteId> invites,
        IReadOnlyList<AccountId> accounts,
        byte[] abuseKey,
        CancellationToken cancellationToken)
    {
        var contacts = await CountContactsAsync(unit, invites, whole: true, cancellationToken)
            + await unit.ExecuteAsync(Hashes, [Param.Bytes("abuse_key", abuseKey)], cancellationToken);
        var notes = await ForgetNotesAsync(unit, invites, cancellationToken)
            + await unit.ExecuteAsync(FreezeReasons, [Accounts(accounts)], cancellationToken);
        var chatAccounts = await unit.ExecuteAsync(ChatCodes, [Members(accounts)], cancellationToken);
        var pictures = await unit.QueryAsync(Pictures, reader => new AccountId(reader.GetString(0)), [Accounts(accounts)], cancellationToken);
        foreach (var account in pictures)
        {
            MemberOutbox.ShowPicture(unit, account);
        }

        var answers = await unit.ExecuteAsync(StoredAnswers, [Accounts(accounts)], cancellationToken);
        return new Erased(contacts, notes, chatAccounts, pictures.Count, answers);
    }

    /// <summary>What is kept of an account that the identity provider no longer has.</summary>
    public static async Task ForgetAccountAsync(UnitOfWork unit, AccountId account, CancellationToken cancellationToken)
    {
        await unit.ExecuteAsync(FreezeReasons, [Accounts([account])], cancellationToken);
        await unit.ExecuteAsync(ChatCodes, [Members([account])], cancellationToken);
        await unit.ExecuteAsync(GonePictures, [Accounts([account])], cancellationToken);
        await unit.ExecuteAsync(StoredAnswers, [Accounts([account])], cancellationToken);
    }

    private static async Task<int> CountContactsAsync(
        UnitOfWork unit, IReadOnlyList<InviteId> invites, bool whole, CancellationToken cancellationToken) => (await unit.QueryAsync(
        Contacts,
        reader => reader.GetInt32(0),
        [Invites(invites), Param.Bool("whole", whole), Param.Time("now", unit.Now)],
        cancellationToken))[0];

    private static Param Invites(IEnumerable<InviteId> invites) => Param.Uuids("invites", [.. invites.Select(invite => invite.Value)]);

    private static Param Accounts(IEnumerable<AccountId> accounts) => Param.Texts("accounts", [.. accounts.Select(account => account.Value)]);

    private static Param Members(IEnumerable<AccountId> accounts) =>
        Param.Uuids("members", [.. accounts.Select(account => MemberId.Of(account).Value)]);
}

/// <summary>How much was erased.</summary>
/// <param name="Contacts">Addresses, with the message, the note and the answers that went with each; or what was left of them, a keyed hash.</param>
/// <param name="Notes">Texts about decisions, and about the person's inviting.</param>
/// <param name="ChatAccounts">Chat accounts that were named here.</param>
/// <param name="StoredAnswers">To requests that the person made.</param>
internal sealed record Erased(int Contacts, int Notes, int ChatAccounts, int Pictures, int StoredAnswers)
{
    public bool IsNothing => Contacts + Notes + ChatAccounts + Pictures + StoredAnswers == 0;
}
