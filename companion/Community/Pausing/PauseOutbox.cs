using System.Text.Json.Serialization;
using Companion.Foundation.Kernel;
using Companion.Foundation.Outbox;

namespace Companion.Community.Pausing;

/// <summary>The background jobs of a pause that is over; each row's stream is the invite's.</summary>
internal static class PauseOutbox
{
    /// <summary>Tell the invitee who wished it that registration is open again.</summary>
    public static OutboxKind<ReopenedDue> Reopened { get; } = new("invite_reopened", PauseOutboxJson.Default.ReopenedDue);
}

/// <param name="By">The moderator who let it go on.</param>
internal sealed record ReopenedDue(InviteId InviteId, AccountId By);

[JsonSerializable(typeof(ReopenedDue))]
internal sealed partial class PauseOutboxJson : JsonSerializerContext;
