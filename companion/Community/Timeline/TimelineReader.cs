using System.Runtime.CompilerServices;
using Companion.Community.Contacts;
using Companion.Foundation.Web;

namespace Companion.Community.Timeline;

/// <summary>Reads companion.timeline_entry as far as the caller may see it.</summary>
internal sealed class TimelineReader(NpgsqlDataSource dataSource)
{
    private const int ExportPage = 500;

    // Entries hold no personal data. The address is joined while there is one, for moderators.
    private const string Columns =
        """
        e.id, e.kind, e.type, e.at, e.actor, e.account, e.inviter, e.invite_id, e.detail, e.xid::text as position,
          case when @viewer is null then c.address end
        from companion.timeline_entry e
        left join companion.invite_details d on d.invite_id = e.invite_id
        left join companion.contact c on c.contact_id = d.contact_id
        """;

    // Entries without an inviter are for moderators only; a member sees those of own invites and those about the own account.
    private const string Others =
        """
        (@viewer is null or (e.inviter is not null and (e.inviter = @viewer or e.account = @viewer)))
          and (@kind is null or e.kind = @kind)
          and (@type is null or e.type = @type)
          and (@invite is null or e.invite_id = @invite)
          and (@from is null or e.at >= @from)
          and (@to is null or e.at < @to)
        """;

    private const string Filter = $"{Others} and (@person is null or e.actor = @person or e.account = @person or e.inviter = @person)";

    // Below the oldest running transaction nothing can appear any more, so a follower misses nothing. After a restore into another
    // cluster transaction numbers start anew: rebuild the timeline there.
    private const string Final =
        "(e.xid, e.id) > (@xid::xid8, @id) and (e.xid, e.id) <= (@end_xid::xid8, @end_id) and e.xid < pg_snapshot_xmin(pg_current_snapshot())";

    private const string Page = "(@id is null or e.id < @id) order by e.id desc limit @limit";

    private const string Newest = $"select {Columns} where {Filter} and {Page}";

    // Each of these is read off the end of an index, however many entries a person has.
    private const string NewestOfPerson =
        $"""
        select {Columns}
        where e.id in (
          (select e.id from companion.timeline_entry e where e.actor = @person and {Others} and {Page})
          union (select e.id from companion.timeline_entry e where e.account = @person and {Others} and {Page})
          union (select e.id from companion.timeline_entry e where e.inviter = @person and {Others} and {Page}))
        order by e.id desc
        limit @limit
        """;

    private const string Oldest =
        $"""
        select {Columns}
        where {Filter} and {Final}
        order by e.xid, e.id
        limit @limit
        """;

    private const string Nth =
        $"""
        select e.xid::text as position, e.id
        from companion.timeline_entry e
        where {Filter} and {Final}
        order by e.xid, e.id
        offset @limit - 1
        limit 1
        """;

    // The name matters: order by would take a column xid that is text for the one that is meant.
    private const string Last =
        """
        select e.xid::text, e.id from companion.timeline_entry e where e.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xid desc, e.id desc
        limit 1
        """;

    private static readonly TimelineCursor Beginning = new(0, 0);

    private static readonly TimelineCursor Unbounded = new(ulong.MaxValue, long.MaxValue);

    public async Task<TimelinePage> ReadAsync(Caller caller, TimelineQuery query, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            query.OldestFirst ? Oldest : query.Person is null ? Newest : NewestOfPerson, ReadRow, Parameters(caller, query, Unbounded), cancellationToken);
        IReadOnlyList<TimelineLine> entries = [.. rows.Select(row => row.Line)];
        if (query.OldestFirst)
        {
            return new TimelinePage(entries, (rows.Count > 0 ? rows[^1].Position : query.Cursor ?? Beginning).ToString());
        }

        return new TimelinePage(entries, rows.Count == query.Limit ? new TimelineCursor(null, rows[^1].Line.Id).ToString() : null);
    }

    /// <summary>Where an export that begins now ends: at the last entry that is final, or the last within the limit.</summary>
    /// <returns>The cursor to go on from next time.</returns>
    public async Task<TimelineCursor> EndAsync(Caller caller, TimelineQuery query, CancellationToken cancellationToken)
    {
        var begin = query.Cursor ?? Beginning;
        var last = await dataSource.QueryAsync(Last, ReadPosition, [], cancellationToken) is [var found] && begin.IsBefore(found) ? found : begin;
        return query.Limit is not null
            && await dataSource.QueryAsync(Nth, ReadPosition, Parameters(caller, query, last), cancellationToken) is [var nth] ? nth : last;
    }

    /// <summary>What an export begins with.</summary>
    public async Task<IReadOnlyList<TimelineRow>> FirstPageAsync(
        Caller caller, TimelineQuery query, TimelineCursor end, CancellationToken cancellationToken) =>
        await dataSource.QueryAsync(Oldest, ReadRow, Parameters(caller, query with { Limit = ExportPage }, end), cancellationToken);

    /// <summary>All that was asked for from the first page up to there, oldest first, a page in memory at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TimelineRow>> ExportAsync(
        Caller caller,
        TimelineQuery query,
        IReadOnlyList<TimelineRow> first,
        TimelineCursor end,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var rows = first; rows.Count > 0;)
        {
            yield return rows;
            rows = rows.Count < ExportPage
                ? []
                : await FirstPageAsync(caller, query with { Cursor = rows[^1].Position }, end, cancellationToken);
        }
    }

    private static Param[] Parameters(Caller caller, TimelineQuery query, TimelineCursor end)
    {
        var cursor = query.Cursor ?? (query.OldestFirst ? Beginning : null);
        return
        [
            Param.Text("viewer", caller.IsModerator ? null : caller.Account.Value),
            Param.Text("kind", query.Kind),
            Param.Text("type", query.Type),
            Param.Text("person", query.Person),
            Param.Uuid("invite", query.Invite?.Value),
            Param.Time("from", query.From),
            Param.Time("to", query.To),
            Param.Long("id", cursor?.Id),
            Param.Text("xid", cursor?.TransactionText),
            Param.Long("end_id", end.Id),
            Param.Text("end_xid", end.TransactionText),
            Param.Int("limit", query.Limit ?? ExportPage),
        ];
    }

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

    private static TimelineRow ReadRow(NpgsqlDataReader reader)
    {
        var line = ReadLine(reader, 0) with { Contact = reader.NullableText(10) is { } address ? EmailAddress.FromStored(address).Mask() : null };
        return new TimelineRow(line, new TimelineCursor(ReadTransaction(reader, 9), line.Id));
    }

    private static TimelineCursor ReadPosition(NpgsqlDataReader reader) => new(ReadTransaction(reader, 0), reader.GetInt64(1));
}

/// <summary>An entry and its place in the feed.</summary>
internal sealed record TimelineRow(TimelineLine Line, TimelineCursor Position);
