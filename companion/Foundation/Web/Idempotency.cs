using System.Security.Cryptography;

namespace Companion.Foundation.Web;

/// <summary>First answers to requests that may be repeated, kept in the transaction of their effect.</summary>
internal static class Idempotency
{
    /// <summary>Repetitions are recognised this long.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    /// <param name="scope">What the key belongs to: an endpoint, and the caller where callers choose the keys.</param>
    /// <param name="requestHash">Of all that makes the request; the same key with another request is an error.</param>
    /// <returns>The stored answer as JSON; null when this is the first time.</returns>
    /// <exception cref="IdempotencyMismatchException"/>
    public static async Task<byte[]?> FindAsync(
        UnitOfWork unit, string scope, string key, byte[] requestHash, CancellationToken cancellationToken)
    {
        var rows = await unit.QueryAsync(
            "select request_hash, response from companion.idempotency where scope = @scope and key = @key",
            reader => (Hash: reader.GetFieldValue<byte[]>(0), Answer: reader.GetFieldValue<byte[]>(1)),
            [Param.Text("scope", scope), Param.Text("key", key)],
            cancellationToken);
        return rows switch
        {
            [] => null,
            [var (hash, answer)] when CryptographicOperations.FixedTimeEquals(hash, requestHash) => answer,
            _ => throw new IdempotencyMismatchException(),
        };
    }

    /// <summary>Queues the answer. Of two at the same time one fails in conflict and finds this answer when it is tried again.</summary>
    public static void Store(UnitOfWork unit, string scope, string key, byte[] requestHash, byte[] answerJson) => unit.Queue(
        """
        insert into companion.idempotency (scope, key, request_hash, response, created_at)
        values (@scope, @key, @hash, @answer, @now)
        """,
        Param.Text("scope", scope),
        Param.Text("key", key),
        Param.Bytes("hash", requestHash),
        Param.Json("answer", answerJson),
        Param.Time("now", unit.Now));
}
