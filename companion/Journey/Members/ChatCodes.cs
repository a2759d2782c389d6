using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Companion.Journey.Members;

/// <summary>
/// The codes that prove a chat account: eight digits made from a key, the member, the generation and the chat account. So none is stored, and
/// the code for one chat account is no other's.
/// </summary>
internal sealed class ChatCodes(DerivedKeys keys)
{
    private readonly byte[] _key = keys.For("chat-code");

    /// <returns>As it is sent, e.g. 1234 5678.</returns>
    public string For(MemberId member, int generation, MatrixUserId to)
    {
        var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{member}\n{generation}\n{to}")));
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash) % 100_000_000;
        return number.ToString("0000 0000", CultureInfo.InvariantCulture);
    }

    /// <param name="given">With or without the space.</param>
    public bool IsRight(string given, MemberId member, int generation, MatrixUserId to) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Digits(given)), Encoding.UTF8.GetBytes(Digits(For(member, generation, to))));

    private static string Digits(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c) && c != '-'));
}
