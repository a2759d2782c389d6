namespace Companion.Journey.Invites;

/// <summary>Table companion.invite_token: which invite, and which of its generations, a token's hash opens.</summary>
internal sealed class InviteTokens(NpgsqlDataSource dataSource)
{
    /// <summary>Makes a token known in the transaction that plans to send it. Only tokens of the invite's current generation live.</summary>
    public static void Add(UnitOfWork unit, InviteToken token, InviteId invite, int generation) => unit.Queue(
        """
        insert into companion.invite_token (hash, invite_id, generation, created_at) values (@hash, @invite_id, @generation, @now)
        """,
        Param.Bytes("hash", token.Hash),
        Param.Uuid("invite_id", invite.Value),
        Param.Int("generation", generation),
        Param.Time("now", unit.Now));

    /// <returns>Null for a token that was never made.</returns>
    public async Task<InviteReference?> FindAsync(InviteToken token, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            "select invite_id, generation from companion.invite_token where hash = @hash",
            reader => new InviteReference(new InviteId(reader.GetGuid(0)), reader.GetInt32(1)),
            [Param.Bytes("hash", token.Hash)],
            cancellationToken);
        return rows.SingleOrDefault();
    }
}

/// <summary>What a token or handle stands for.</summary>
internal sealed record InviteReference(InviteId InviteId, int Generation);
