using System.Text.Json.Serialization;
using Companion.Directory;
using Companion.Invites;
using Companion.Outbox;

namespace Companion.Delivery;

/// <summary>To-dos that other features give to the delivery.</summary>
internal static class DeliveryOutbox
{
    /// <summary>A mail to somebody who has an account. Enqueue it once; it is sent at most once unless the mail server says that it was not taken.</summary>
    public static OutboxKind<NoticeMailDue> Notice { get; } = new("notice_mail", DeliveryJson.Default.NoticeMailDue);
}

/// <summary>One mail to an account; names and addresses are looked up when it is sent, so nothing personal waits in the outbox.</summary>
/// <param name="To">Who gets it, at the address the identity provider knows then.</param>
/// <param name="Template">One of <see cref="NoticeTemplates"/>.</param>
/// <param name="About">Whose display name the template shows as name; null where it names nobody.</param>
/// <param name="InviteId">The invite whose masked contact the template shows as contact; null where it shows none.</param>
/// <param name="Memberships">Whose organisations the template names as organisations; null where it names none.</param>
/// <param name="HasRooms">The template speaks of chat rooms.</param>
/// <param name="Language">en or de; null for the receiver's own.</param>
internal sealed record NoticeMailDue(
    AccountId To,
    string Template,
    AccountId? About = null,
    InviteId? InviteId = null,
    IReadOnlyList<Membership>? Memberships = null,
    bool HasRooms = false,
    string? Language = null);

/// <summary>The notices there are; each is a folder-wide file name under Templates/{language}.</summary>
internal static class NoticeTemplates
{
    /// <summary>To a member whose invite found the account: "You were added to …". About = the inviter.</summary>
    public const string MemberAdded = "member-added";

    /// <summary>To a member whose address was never confirmed: the way to sign in, where it is. About = the inviter.</summary>
    public const string ConfirmAddress = "confirm-address";

    /// <summary>To the inviter: "… joined". About = the newcomer.</summary>
    public const string Joined = "joined";

    /// <summary>To the inviter: the invitee asks for a new link. InviteId = the expired invite.</summary>
    public const string RenewalAsked = "renewal-asked";

    /// <summary>To the inviter: the invite runs out soon. InviteId = the invite.</summary>
    public const string ExpiresSoon = "expires-soon";
}

[JsonSerializable(typeof(NoticeMailDue))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
