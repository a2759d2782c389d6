namespace Companion.Community.Approvals;

/// <summary>Table companion.approval_note: what people wrote about a case.</summary>
internal sealed class ApprovalNotes(NpgsqlDataSource dataSource)
{
    /// <summary>Decides with a text, and keeps it when something happened by it.</summary>
    /// <param name="author">Null for whom the case is about.</param>
    /// <param name="text">Null for none.</param>
    /// <param name="command">Gets the number that the text would have.</param>
    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static async Task<Refusal?> ChangeAsync(
        UnitOfWork unit,
        ApprovalId id,
        AccountId? author,
        string? text,
        Func<Approval, int?, ApprovalCommand> command,
        CancellationToken cancellationToken)
    {
        var stream = await unit.LoadAsync(ApprovalStream.Type, id.Value, cancellationToken);
        var next = text is null ? (int?)null : await NextAsync(unit, id, cancellationToken);
        var decision = ApprovalDecider.Decide(stream.State, command(stream.State, next), unit.Now);
        if (decision.Events.Count > 0 && text is not null)
        {
            Add(unit, id, next!.Value, author, text);
        }

        unit.Append(ApprovalStream.Type, stream, decision.Events);
        return decision.Refusal;
    }

    /// <summary>The number that the next text of a case gets.</summary>
    private static async Task<int> NextAsync(UnitOfWork unit, ApprovalId approval, CancellationToken cancellationToken)
    {
        var next = await unit.QueryAsync(
            "select coalesce(max(number), 0) + 1 from companion.approval_note where approval_id = @approval",
            reader => reader.GetInt32(0),
            [Param.Uuid("approval", approval.Value)],
            cancellationToken);
        return next[0];
    }

    /// <summary>Keeps a text in the transaction whose event names its number.</summary>
    /// <param name="author">Null for whom the case is about.</param>
    internal static void Add(UnitOfWork unit, ApprovalId approval, int number, AccountId? author, string text) => unit.Queue(
        "insert into companion.approval_note (approval_id, number, author, text, written_at) values (@approval, @number, @author, @text, @now)",
        Param.Uuid("approval", approval.Value),
        Param.Int("number", number),
        Param.Text("author", author?.Value),
        Param.Text("text", text),
        Param.Time("now", unit.Now));

    /// <summary>All texts of these cases, oldest first.</summary>
    public async Task<ILookup<Guid, ApprovalNote>> OfAsync(IEnumerable<Guid> approvals, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            """
            select approval_id, number, author, text, written_at from companion.approval_note
            where approval_id = any (@approvals) order by approval_id, number
            """,
            reader => (Approval: reader.GetGuid(0), Note: new ApprovalNote(
                reader.GetInt32(1),
                reader.NullableText(2) is { } author ? new AccountId(author) : null,
                reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4))),
            [Param.Uuids("approvals", [.. approvals])],
            cancellationToken)).ToLookup(row => row.Approval, row => row.Note);

    /// <returns>Null where there is none of this number, or it was erased.</returns>
    public async Task<string?> FindAsync(Guid approval, int? number, CancellationToken cancellationToken) => number is not { } known
        ? null
        : (await dataSource.QueryAsync(
            "select text from companion.approval_note where approval_id = @approval and number = @number",
            reader => reader.GetString(0),
            [Param.Uuid("approval", approval), Param.Int("number", known)],
            cancellationToken)).SingleOrDefault();
}

/// <param name="Author">Null for whom the case is about.</param>
internal sealed record ApprovalNote(int Number, AccountId? Author, string Text, DateTimeOffset At);
