using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Foundation.Web;

/// <summary>Requests that carry an Idempotency-Key: done once, and answered alike however often they come.</summary>
internal sealed class RepeatableRequests(DerivedKeys keys)
{
    public const string HeaderName = "Idempotency-Key";

    private const int MaxKeyLength = 255;

    // Keyed, because requests hold addresses and a plain hash of one can be guessed.
    private readonly byte[] _key = keys.For("request-hash");

    /// <summary>1 to 255 visible ASCII characters; none where the caller doesn't care.</summary>
    public static Outcome<string>? ReadKey(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(HeaderName, out var values))
        {
            return null;
        }

        return values is [{ Length: > 0 and <= MaxKeyLength } key] && key.All(c => c is > ' ' and <= '~')
            ? key
            : Problems.Malformed(HeaderName);
    }

    /// <summary>Does the work, or gives the answer that the same request got before.</summary>
    /// <param name="key">Null when the caller doesn't care about repetitions.</param>
    /// <exception cref="IdempotencyMismatchException"/>
    /// <returns>An answer that changes nothing is not kept: the same request may succeed later.</returns>
    public async Task<Outcome<TAnswer>> OnceAsync<TRequest, TAnswer>(
        UnitOfWork unit,
        string scope,
        string? key,
        TRequest request,
        JsonTypeInfo<TRequest> requestJson,
        JsonTypeInfo<TAnswer> answerJson,
        Func<Task<Outcome<TAnswer>>> work,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        if (key is null)
        {
            return await work();
        }

        var hash = HMACSHA256.HashData(_key, JsonSerializer.SerializeToUtf8Bytes(request, requestJson));
        if (await FindAsync() is { } before)
        {
            return before;
        }

        var outcome = await work();
        if (outcome.Value is { } answer && unit.HasWrites)
        {
            Idempotency.Store(unit, scope, key, hash, JsonSerializer.SerializeToUtf8Bytes(answer, answerJson));
            return answer;
        }

        // What left nothing to do may have been this very request, done by another one while this one was under way.
        return await FindAsync() is { } meanwhile ? meanwhile : outcome;

        async Task<TAnswer?> FindAsync() => await Idempotency.FindAsync(unit, scope, key, hash, cancellationToken) is { } stored
            ? JsonSerializer.Deserialize(stored, answerJson)!
            : null;
    }
}
