using Companion.Foundation.Outbox;

namespace Companion.Community.Messages;

/// <summary>To-dos that other features give to the delivery.</summary>
internal static class DeliveryOutbox
{
    /// <summary>A mail to somebody who has an account. Enqueue it once; it is sent at most once unless the mail server says that it was not taken.</summary>
    public static OutboxKind<NoticeMailDue> Notice { get; } = new("notice_mail", DeliveryJson.Default.NoticeMailDue);
}

/// <summary>One mail to somebody; names, addresses and texts are looked up when it is sent, so nothing personal waits in the outbox.</summary>
/// <param name="To">Who gets it, at the address the identity provider knows then; null for the contact of <paramref name="InviteId"/>.</param>
/// <param name="Template">One of <see cref="NoticeTemplates"/>.</param>
/// <param name="About">Whose display name the template shows as name; null where it names nobody.</param>
/// <param name="InviteId">The invite whose masked contact the template shows as contact; null where it shows none.</param>
/// <param name="Memberships">Whose organisations the template names as organisations; null where it names none.</param>
/// <param name="HasRooms">The template speaks of chat rooms.</param>
/// <param name="Language">en or de; null for the receiver's own.</param>
/// <param name="ApprovalId">The case whose reason or open question the template shows; null where it shows none.</param>
/// <param name="Count">How many the template speaks of.</param>
internal sealed record NoticeMailDue(
    AccountId? To,
    string Template,
    AccountId? About = null,
    InviteId? InviteId = null,
    IReadOnlyList<Membership>? Memberships = null,
    bool HasRooms = false,
    string? Language = null,
    ApprovalId? ApprovalId = null,
    int Count = 0);

/// <summary>The notices there are; each is a folder-wide file name under Templates/{language}.</summary>
internal static class NoticeTemplates
{
    /// <summary>To a member whose invite found the account: "You were added to …". About = the inviter.</summary>
    public const string MemberAdded = "member-added";

    /// <summary>To the inviter: "… joined". About = the newcomer.</summary>
    public const string Joined = "joined";

    /// <summary>To the inviter: the invitee asks for a new link. InviteId = the expired invite.</summary>
    public const string RenewalAsked = "renewal-asked";

    /// <summary>To the inviter: the invite runs out soon. InviteId = the invite.</summary>
    public const string ExpiresSoon = "expires-soon";

    /// <summary>To an approver: "3 wait for you". Count = how many.</summary>
    public const string ApprovalsWaiting = "approvals-waiting";

    /// <summary>To the inviter: a moderator did not let the invitation out. InviteId, ApprovalId.</summary>
    public const string InviteDenied = "invite-denied";

    /// <summary>To the inviter: a moderator asks something. InviteId, ApprovalId.</summary>
    public const string InviteQuestion = "invite-question";

    /// <summary>To the newcomer, whom a moderator let in.</summary>
    public const string RegistrationApproved = "registration-approved";

    /// <summary>To the contact, because the account is closed. InviteId, ApprovalId.</summary>
    public const string RegistrationDenied = "registration-denied";

    /// <summary>To the newcomer: a moderator asks something. ApprovalId.</summary>
    public const string RegistrationQuestion = "registration-question";

    public static IReadOnlyList<string> All { get; } =
    [
        MemberAdded, Joined, RenewalAsked, ApprovalsWaiting, InviteDenied, InviteQuestion, RegistrationApproved, RegistrationDenied,
        RegistrationQuestion, ExpiresSoon,
    ];
}

[JsonSerializable(typeof(NoticeMailDue))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
