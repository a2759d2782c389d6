using Companion.Community.Timeline;

namespace Companion.Journey.Invites;

/// <summary>How invites are stored.</summary>
internal static class InviteStream
{
    public static AggregateType<Invite, InviteEvent> Type { get; } = new(Invite.Initial, Invite.Evolve, InviteJson.Default)
    {
        Tell = TimelineSql.Telling<Invite, InviteEvent>(InviteTimeline.Describe),
        FollowUp = InviteOutbox.FollowUp,
        Details = invite => [Details(invite)],
    };

    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static Task<Refusal?> ChangeAsync(UnitOfWork unit, InviteId id, InviteCommand command, CancellationToken cancellationToken) =>
        unit.ChangeAsync(Type, id.Value, state => InviteDecider.Decide(state, command, unit.Now), cancellationToken);

    /// <summary>The match key comes from the contact: it is personal data and so never in an event.</summary>
    private static Statement Details(Invite invite) => new(
        """
        insert into companion.invite_details
          (invite_id, inviter, contact_id, match_key, status, delivery, is_open, generation, issued_at, first_out_at, expires_at, ended_at, account)
        values
          (@invite_id, @inviter, @contact_id, (select match_key from companion.contact where contact_id = @contact_id),
           @status, @delivery, @is_open, @generation, @issued_at, @first_out_at, @expires_at, @ended_at, @account)
        on conflict (invite_id) do update
        set inviter = excluded.inviter, contact_id = excluded.contact_id, match_key = excluded.match_key, status = excluded.status,
            delivery = excluded.delivery, is_open = excluded.is_open, generation = excluded.generation, issued_at = excluded.issued_at,
            first_out_at = coalesce(excluded.first_out_at, invite_details.first_out_at), expires_at = excluded.expires_at,
            ended_at = excluded.ended_at, account = excluded.account
        """,
        [
            Param.Uuid("invite_id", invite.Id),
            Param.Text("inviter", invite.Inviter.Value),
            Param.Uuid("contact_id", invite.ContactId.Value),
            Param.Text("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(invite.Status.ToString())),
            Param.Text("delivery", JsonNamingPolicy.SnakeCaseLower.ConvertName(invite.Delivery.ToString())),
            Param.Bool("is_open", invite.IsOpen),
            Param.Int("generation", invite.Generation),
            Param.Time("issued_at", invite.IssuedAt),
            Param.Time("first_out_at", invite.FirstOutAt),
            Param.Time("expires_at", invite.ExpiresAt),
            Param.Time("ended_at", invite.EndedAt),
            Param.Text("account", invite.Account?.Value),
        ]);
}

/// <summary>Stored shapes of the invite stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Invite))]
[JsonSerializable(typeof(InviteIssued))]
[JsonSerializable(typeof(InviteApproved))]
[JsonSerializable(typeof(InviteDenied))]
[JsonSerializable(typeof(InviteResent))]
[JsonSerializable(typeof(InviteExtended))]
[JsonSerializable(typeof(InviteLinkTaken))]
[JsonSerializable(typeof(InviteSent))]
[JsonSerializable(typeof(InviteDeliveryFailed))]
[JsonSerializable(typeof(InviteDeliveryUnknown))]
[JsonSerializable(typeof(InviteMatchedAccount))]
[JsonSerializable(typeof(InviteReminded))]
[JsonSerializable(typeof(InviteRevoked))]
[JsonSerializable(typeof(InviteDeclined))]
[JsonSerializable(typeof(InviteExpired))]
[JsonSerializable(typeof(InviteClaimed))]
[JsonSerializable(typeof(InviteReleased))]
[JsonSerializable(typeof(InviteRedeemed))]
[JsonSerializable(typeof(InviteContested))]
internal sealed partial class InviteJson : JsonSerializerContext;
