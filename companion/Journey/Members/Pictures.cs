namespace Companion.Journey.Members;

/// <summary>Table companion.picture: the picture of an account as it is now.</summary>
internal sealed class Pictures(
    NpgsqlDataSource dataSource, Transactions transactions, IOptions<CommunityOptions> community, TimeProvider clock)
{
    /// <returns>Where anybody may see it.</returns>
    public Task<string> SetAsync(AccountId account, JpegPicture picture, CancellationToken cancellationToken)
    {
        // Made before what may be run again: the answer names the picture that was stored.
        PictureId id = new(Guid.CreateVersion7(clock.GetUtcNow()));
        return transactions.RunAsync((unit, ct) => SetAsync(unit, account, id, picture, ct), cancellationToken);
    }

    private async Task<string> SetAsync(
        UnitOfWork unit, AccountId account, PictureId id, JpegPicture picture, CancellationToken cancellationToken)
    {
        unit.Queue(
            """
            insert into companion.picture (account, picture_id, jpeg) values (@account, @id, @jpeg)
            on conflict (account) do update set picture_id = excluded.picture_id, jpeg = excluded.jpeg
            """,
            Param.Text("account", account.Value),
            Param.Uuid("id", id.Value),
            Param.Bytes("jpeg", picture.Bytes));
        await MemberStream.ChangeAsync(unit, MemberId.Of(account), new SetPicture(account, id), cancellationToken);
        return UrlOf(id);
    }

    public Task<Refusal?> RemoveAsync(AccountId account, CancellationToken cancellationToken) => transactions.RunAsync(
        (unit, ct) =>
        {
            unit.Queue(
                "update companion.picture set picture_id = null, jpeg = null where account = @account", Param.Text("account", account.Value));
            return MemberStream.ChangeAsync(unit, MemberId.Of(account), new RemovePicture(), ct);
        },
        cancellationToken);

    /// <returns>Null for a picture that is nobody's any more.</returns>
    public async Task<byte[]?> FindAsync(PictureId id, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            "select jpeg from companion.picture where picture_id = @id",
            reader => reader.GetFieldValue<byte[]>(0),
            [Param.Uuid("id", id.Value)],
            cancellationToken);
        return rows.SingleOrDefault();
    }

    public async Task<StoredPicture> OfAsync(AccountId account, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            "select picture_id, jpeg, avatar_of, avatar from companion.picture where account = @account",
            reader => new StoredPicture(
                IdAt(reader, 0),
                reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1),
                IdAt(reader, 2),
                reader.NullableText(3)),
            [Param.Text("account", account.Value)],
            cancellationToken);
        return rows.SingleOrDefault() ?? StoredPicture.None;
    }

    /// <returns>Where anybody may see it; null where there is none.</returns>
    public async Task<string?> UrlOfAsync(AccountId account, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            "select picture_id from companion.picture where account = @account and picture_id is not null",
            reader => new PictureId(reader.GetGuid(0)),
            [Param.Text("account", account.Value)],
            cancellationToken);
        return rows.Count > 0 ? UrlOf(rows[0]) : null;
    }

    /// <summary>Keeps which picture the chat server was given for an account; null for none.</summary>
    /// <param name="avatar">What the chat server calls it.</param>
    public static void Gave(UnitOfWork unit, AccountId account, PictureId? picture, string? avatar) => unit.Queue(
        "update companion.picture set avatar_of = @picture, avatar = @avatar where account = @account",
        Param.Text("account", account.Value),
        Param.Uuid("picture", picture?.Value),
        Param.Text("avatar", avatar));

    private static PictureId? IdAt(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : new PictureId(reader.GetGuid(ordinal));

    private string UrlOf(PictureId id) => $"{community.Value.PublicUrl}/pictures/{id}.jpg";
}

/// <param name="AvatarOf">What the chat server was last given.</param>
/// <param name="Avatar">What the chat server calls that.</param>
internal sealed record StoredPicture(PictureId? Id, byte[]? Jpeg, PictureId? AvatarOf, string? Avatar)
{
    public static StoredPicture None { get; } = new(null, null, null, null);
}
