using System.Globalization;
using Companion.Database;
using Companion.Hosting;
using Npgsql;

namespace Companion.Timeline;

/// <summary>Reads companion.timeline_entry as far as the caller may see it.</summary>
internal sealed class TimelineReader(NpgsqlDataSource dataSource)
{
    // Entries without an inviter are for moderators only; a member sees those of own invites and those about the own account.
    private const string Filter =
        """
        (@viewer is null or (inviter is not null and (inviter = @viewer or account = @viewer)))
          and (@kind is null or kind = @kind)
          and (@type is null or type = @type)
          and (@person is null or actor = @person or account = @person or inviter = @person)
          and (@invite is null or invite_id = @invite)
          and (@from is null or at >= @from)
          and (@to is null or at < @to)
        """;

    private const string Newest =
        $"""
        select id, kind, type, at, actor, account, inviter, invite_id, detail, null::text
        from companion.timeline_entry
        where {Filter} and (@id is null or id < @id)
        order by id desc
        limit @limit
        """;

    // Below the oldest running transaction nothing can appear any more, so a follower misses nothing. After a restore into another
    // cluster transaction numbers start anew: rebuild the timeline there.
    private const string Oldest =
        $"""
        select id, kind, type, at, actor, account, inviter, invite_id, detail, xid::text as position
        from companion.timeline_entry
        where {Filter} and (@id is null or (xid, id) > (@xid::xid8, @id)) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, id
        limit @limit
        """;

    public async Task<TimelinePage> ReadAsync(Caller caller, TimelineQuery query, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            query.OldestFirst ? Oldest : Newest, Read, Parameters(caller, query), cancellationToken);
        IReadOnlyList<TimelineLine> entries = [.. rows.Select(row => row.Line)];
        if (query.OldestFirst)
        {
            return new TimelinePage(entries, (rows.Count > 0 ? rows[^1].Position : query.Cursor ?? new TimelineCursor(0, 0)).ToString());
        }

        return new TimelinePage(entries, rows.Count == query.Limit ? rows[^1].Position.ToString() : null);
    }

    private static Param[] Parameters(Caller caller, TimelineQuery query) =>
    [
        Param.Text("viewer", caller.IsModerator ? null : caller.Account.Value),
        Param.Text("kind", query.Kind),
        Param.Text("type", query.Type),
        Param.Text("person", query.Person),
        Param.Uuid("invite", query.Invite?.Value),
        Param.Time("from", query.From),
        Param.Time("to", query.To),
        Param.Long("id", query.Cursor?.Id),
        Param.Text("xid", query.Cursor?.Transaction?.ToString(CultureInfo.InvariantCulture)),
        Param.Int("limit", query.Limit),
    ];

    /// <summary>Id to detail, from this column on.</summary>
    internal static TimelineLine ReadLine(NpgsqlDataReader reader, int first) => new(
        reader.GetInt64(first),
        reader.GetString(first + 1),
        reader.GetString(first + 2),
        reader.GetFieldValue<DateTimeOffset>(first + 3),
        reader.NullableText(first + 4),
        reader.NullableText(first + 5),
        reader.NullableText(first + 6),
        reader.IsDBNull(first + 7) ? null : reader.GetGuid(first + 7),
        reader.NullableText(first + 8));

    /// <summary>From xid8 as text.</summary>
    internal static ulong ReadTransaction(NpgsqlDataReader reader, int ordinal) => ulong.Parse(reader.GetString(ordinal), CultureInfo.InvariantCulture);

    private static (TimelineLine Line, TimelineCursor Position) Read(NpgsqlDataReader reader)
    {
        var line = ReadLine(reader, 0);
        return (line, new TimelineCursor(reader.IsDBNull(9) ? null : ReadTransaction(reader, 9), line.Id));
    }
}
