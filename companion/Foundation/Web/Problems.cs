using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Companion.Foundation.Web;

/// <summary>Refusals as Problem Details (RFC 9457) with the extension members code and field.</summary>
internal static class Problems
{
    public static Refusal Malformed(string? field = null) =>
        new("request_malformed", "The request is not what this address takes; see its description.", field);

    public static Refusal NotPlain(string? field = null) => new(
        "request_malformed", "The request holds a control character or half a character. Leave it out and send the request again.", field);

    public static Refusal TooLarge { get; } = new("request_too_large", "The request is too large. Send less at once.");

    public static Refusal WrongMediaType { get; } = new("media_type_unsupported", "This address does not take this media type; see its description.");

    public static Refusal Unauthenticated { get; } = new("unauthenticated", "Sign in again: the request carries no access token that is valid here.");

    public static Refusal Forbidden { get; } = new("forbidden", "You may not do this; ask a moderator.");

    public static Refusal NotFound { get; } = new("not_found", "There is nothing here. Check the address.");

    public static Refusal MethodNotAllowed { get; } = new("method_not_allowed", "This address does not take this method.");

    public static Refusal VersionConflict { get; } = new("version_conflict", "Someone else changed this just now; reload shows their change.");

    public static Refusal IdempotencyMismatch { get; } = new("idempotency_mismatch", "This request was sent before with other content.");

    public static Refusal TooManyRequests { get; } = new("too_many_requests", "That was too often. Wait a moment and try again.");

    public static Refusal Unavailable { get; } = new("companion_unavailable", "This is not possible right now. Try again in a moment.");

    public static Refusal Internal { get; } = new("internal", "Something went wrong here. Try again; if it stays, tell the operator the trace id.");

    /// <summary>Status by code. What is not listed is 422 when it names a field and 409 when it doesn't.</summary>
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        ["request_malformed"] = StatusCodes.Status400BadRequest,
        ["parameter_malformed"] = StatusCodes.Status400BadRequest,
        ["unauthenticated"] = StatusCodes.Status401Unauthorized,
        ["webhook_not_accepted"] = StatusCodes.Status401Unauthorized,
        ["forbidden"] = StatusCodes.Status403Forbidden,
        ["inviter_gone"] = StatusCodes.Status403Forbidden,
        ["account_waiting"] = StatusCodes.Status403Forbidden,
        ["account_closed"] = StatusCodes.Status403Forbidden,
        ["address_unproven"] = StatusCodes.Status403Forbidden,
        ["inviting_frozen"] = StatusCodes.Status403Forbidden,
        ["not_found"] = StatusCodes.Status404NotFound,
        ["invite_unknown"] = StatusCodes.Status404NotFound,
        ["problem_unknown"] = StatusCodes.Status404NotFound,
        ["approval_unknown"] = StatusCodes.Status404NotFound,
        ["approval_not_allowed"] = StatusCodes.Status403Forbidden,
        ["method_not_allowed"] = StatusCodes.Status405MethodNotAllowed,
        ["request_too_large"] = StatusCodes.Status413PayloadTooLarge,
        ["picture_too_large"] = StatusCodes.Status413PayloadTooLarge,
        ["picture_malformed"] = StatusCodes.Status422UnprocessableEntity,
        ["code_limit"] = StatusCodes.Status429TooManyRequests,
        ["media_type_unsupported"] = StatusCodes.Status415UnsupportedMediaType,
        ["too_many_requests"] = StatusCodes.Status429TooManyRequests,
        ["internal"] = StatusCodes.Status500InternalServerError,
        ["companion_unavailable"] = StatusCodes.Status503ServiceUnavailable,
    };

    public static ProblemHttpResult From(Refusal refusal)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:companion:problem:{refusal.Code}",
            Title = refusal.Message,
            Status = StatusOf(refusal),
        };
        problem.Extensions["code"] = refusal.Code;
        if (refusal.Field is not null)
        {
            problem.Extensions["field"] = refusal.Field;
        }

        if (refusal.Argument is not null)
        {
            problem.Extensions["argument"] = refusal.Argument;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>The refusal behind a bare status code of the framework.</summary>
    public static Refusal OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthenticated,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => WrongMediaType,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= 500 => Internal,
        _ => Malformed(),
    };

    internal static int StatusOf(Refusal refusal) => Statuses.GetValueOrDefault(
        refusal.Code, refusal.Field is null ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
}
