using System.Text.Json.Serialization;
using Companion.Foundation.Kernel;
using Companion.Foundation.Outbox;

namespace Companion.Community.Contacts;

/// <summary>The jobs about what is kept of a contact; each row's stream is the invite's.</summary>
internal static class ContactOutbox
{
    /// <summary>Forget the contact of an invite that ended, once the time to keep it is over.</summary>
    public static OutboxKind<InviteForgettingDue> Forgetting { get; } = new(
        "invite_forgetting", ContactOutboxJson.Default.InviteForgettingDue);
}

internal sealed record InviteForgettingDue(InviteId InviteId);

[JsonSerializable(typeof(InviteForgettingDue))]
internal sealed partial class ContactOutboxJson : JsonSerializerContext;
