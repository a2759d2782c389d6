using Companion.Foundation.Outbox;

namespace Companion.Journey.Members;

/// <summary>The background jobs of a member, and which event brings which; each row's stream is the member's.</summary>
internal static class MemberOutbox
{
    public static OutboxKind<ChatCodeDue> Code { get; } = new("member_chat_code", MemberOutboxJson.Default.ChatCodeDue);

    public static OutboxKind<PictureDue> Picture { get; } = new("member_picture", MemberOutboxJson.Default.PictureDue);

    public static OutboxKind<PictureDue> Avatar { get; } = new("member_avatar", MemberOutboxJson.Default.PictureDue);

    public static void FollowUp(UnitOfWork unit, Member state, MemberEvent @event)
    {
        switch (@event)
        {
            case ChatCodeRequested e:
                unit.Enqueue(Code, state.Id, new ChatCodeDue(e.Generation));
                break;
            case PictureSet or PictureRemoved:
                ShowPicture(unit, state.Account);
                break;
        }
    }

    /// <summary>Has everybody shown what the account's picture is now.</summary>
    public static void ShowPicture(UnitOfWork unit, AccountId account)
    {
        var member = MemberId.Of(account).Value;
        unit.Enqueue(Picture, member, new PictureDue(account));
        unit.Enqueue(Avatar, member, new PictureDue(account));
    }
}

internal sealed record ChatCodeDue(int Generation);

/// <summary>The picture that is the account's by now, or that there is none, is to be shown everywhere.</summary>
internal sealed record PictureDue(AccountId Account);

[JsonSerializable(typeof(ChatCodeDue))]
[JsonSerializable(typeof(PictureDue))]
internal sealed partial class MemberOutboxJson : JsonSerializerContext;
