using Companion.Database;

namespace Companion.Timeline;

internal static class TimelineSql
{
    public static Statement Insert(TimelineEntry entry) => new(
        """
        insert into companion.timeline_entry (kind, type, at, actor, account, inviter, invite_id, detail)
        values (@kind, @type, @at, @actor, @account, @inviter, @invite_id, @detail)
        """,
        [
            Param.Text("kind", entry.Kind == TimelineKind.UserEvent ? "UserEvent" : "AdminEvent"),
            Param.Text("type", entry.Type),
            Param.Time("at", entry.At),
            Param.Text("actor", entry.Actor?.Value),
            Param.Text("account", entry.Account?.Value),
            Param.Text("inviter", entry.Inviter?.Value),
            Param.Uuid("invite_id", entry.InviteId?.Value),
            Param.Text("detail", entry.Detail),
        ]);
}
