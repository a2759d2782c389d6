using System.Buffers.Text;
using System.Security.Cryptography;

namespace Companion.Journey.Invites;

/// <summary>The secret in an invitation's link: 32 random bytes as 43 characters of base64url. Prints redacted.</summary>
internal sealed class InviteToken
{
    public const int TextLength = 43;

    private const int ByteLength = 32;

    private readonly byte[] _bytes;

    private InviteToken(byte[] bytes) => _bytes = bytes;

    /// <summary>What the database keeps instead of the token: its SHA-256.</summary>
    public byte[] Hash => SHA256.HashData(_bytes);

    public static InviteToken Create() => new(RandomNumberGenerator.GetBytes(ByteLength));

    /// <returns>Null for anything that is not 43 characters of canonical base64url.</returns>
    public static InviteToken? Parse(string? text)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        return text is { Length: TextLength }
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var written)
            && written == ByteLength
            && Base64Url.EncodeToString(bytes) == text
                ? new InviteToken(bytes.ToArray())
                : null;
    }

    /// <summary>The invitation's link: the token is in the fragment, which no log and no Referer holds.</summary>
    /// <param name="publicUrl">Community:PublicUrl.</param>
    public string LinkAt(string publicUrl) => $"{publicUrl}/i#{Reveal()}";

    /// <summary>For the link only.</summary>
    public string Reveal() => Base64Url.EncodeToString(_bytes);

    public override string ToString() => "***";
}

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
