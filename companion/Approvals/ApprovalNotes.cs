using Companion.Database;
using Companion.Directory;
using Companion.EventStore;
using Npgsql;

namespace Companion.Approvals;

/// <summary>Table companion.approval_note: what people wrote about a case.</summary>
internal sealed class ApprovalNotes(NpgsqlDataSource dataSource)
{
    /// <summary>Keeps a text in the transaction whose event names its number.</summary>
    public static async Task<int> AddAsync(UnitOfWork unit, ApprovalId approval, AccountId? author, string text, CancellationToken cancellationToken)
    {
        var next = await unit.QueryAsync(
            "select coalesce(max(number), 0) + 1 from companion.approval_note where approval_id = @approval",
            reader => reader.GetInt32(0),
            [Param.Uuid("approval", approval.Value)],
            cancellationToken);
        unit.Queue(
            "insert into companion.approval_note (approval_id, number, author, text, written_at) values (@approval, @number, @author, @text, @now)",
            Param.Uuid("approval", approval.Value),
            Param.Int("number", next[0]),
            Param.Text("author", author?.Value),
            Param.Text("text", text),
            Param.Time("now", unit.Now));
        return next[0];
    }

    /// <summary>What the person gets to read: the reason of the vote that refused last.</summary>
    /// <returns>Null where none was given, or it was erased.</returns>
    public async Task<string?> ReasonAsync(Approval approval, CancellationToken cancellationToken)
    {
        if (approval.Votes.Where(vote => !vote.Approve).MaxBy(vote => vote.At)?.Note is not { } number)
        {
            return null;
        }

        var rows = await dataSource.QueryAsync(
            "select text from companion.approval_note where approval_id = @approval and number = @number",
            reader => reader.GetString(0),
            [Param.Uuid("approval", approval.Id), Param.Int("number", number)],
            cancellationToken);
        return rows.SingleOrDefault();
    }
}
