using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Companion.Foundation.Web;

/// <summary>
/// Refuses requests with control characters or halves of surrogate pairs anywhere in them, before anything reads them. A JSON body and a
/// form may have lines and tabs: whether a field may is the field's own rule.
/// </summary>
internal sealed class PlainRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var refusal = IsOneLine(request.Path.Value) ? null : Problems.NotPlain();
        refusal ??= request.Query.FirstOrDefault(pair => !IsOneLine(pair.Key) || !pair.Value.All(IsOneLine)) is { Key: { } name }
            ? Problems.NotPlain(IsOneLine(name) ? name : null)
            : null;
        refusal ??= request.Headers.All(header => header.Value.All(IsHeader)) ? null : Problems.NotPlain();
        refusal ??= await BodyRefusalAsync(context);
        if (refusal is null)
        {
            await next(context);
        }
        else
        {
            await Problems.From(refusal).ExecuteAsync(context);
        }
    }

    /// <summary>Whether the strings of a JSON text, names too, hold lines at most. What is no JSON in UTF-8 does not.</summary>
    public static bool IsPlainJson(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !IsText(reader.GetString()))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false; // also for half an escaped surrogate pair, or bytes that are no UTF-8
        }
    }

    private static bool IsOneLine(string? text) => text is null || (!text.AsSpan().ContainsAnyInRange('\0', '\u001F') && StorableText.Is(text));

    private static bool IsHeader(string? value) => IsOneLine(value?.Replace('\t', ' '));

    private static bool IsText(string? text) => IsOneLine(text?.Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' '));

    private static async Task<Kernel.Refusal?> BodyRefusalAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<SignedBody>() is not null || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return null;
        }

        var isJson = request.HasJsonContentType();
        if (!isJson && !request.HasFormContentType)
        {
            return null;
        }

        if (type.Charset.HasValue && type.Encoding is not UTF8Encoding)
        {
            return Problems.WrongMediaType;
        }

        return isJson ? await JsonRefusalAsync(request, context.RequestAborted) : await FormRefusalAsync(request, context.RequestAborted);
    }

    private static async Task<Kernel.Refusal?> JsonRefusalAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await BufferAsync(request, cancellationToken);
        var json = body.AsSpan();
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        return json.IsEmpty || IsPlainJson(json) ? null : Problems.NotPlain();
    }

    /// <summary>A form that is too large goes on empty: the pages say what they say to a form without fields.</summary>
    private static async Task<Kernel.Refusal?> FormRefusalAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var form = Encoding.UTF8.GetString(await BufferAsync(request, cancellationToken));
            return IsText(form) && QueryHelpers.ParseQuery(form).All(field => IsText(field.Key) && field.Value.All(IsText)) ? null : Problems.NotPlain();
        }
        catch (BadHttpRequestException)
        {
            request.Body = Stream.Null;
            return null;
        }
    }

    private static async Task<byte[]> BufferAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.ToArray();
        request.Body = new MemoryStream(body, writable: false);
        return body;
    }
}

/// <summary>Metadata of endpoints that verify a signature over the body before anything looks into it; <see cref="WebhookReader"/> looks then.</summary>
internal sealed class SignedBody;
