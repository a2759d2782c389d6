using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Foundation.Web;

/// <summary>Answers to GET with a weak ETag; a client that has the same already gets 304 and no body.</summary>
internal static class ConditionalJson
{
    private const int TagBytes = 12;

    public static IResult Of<T>(HttpContext context, T value, JsonTypeInfo<T> json)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, json);
        var tag = $"W/\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, TagBytes))}\"";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch.SelectMany(value => value?.Split(',', StringSplitOptions.TrimEntries) ?? []).Contains(tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(body, "application/json; charset=utf-8");
    }
}
