using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace Companion.Foundation.Web;

/// <summary>Answers what nobody caught: a stable code, and nothing of the exception.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var refusal = Translate(exception);
        Report(refusal, exception);
        if (refusal == Problems.Unavailable)
        {
            var after = (exception as IdentityProviderException)?.RetryAfter ?? RetryAfter;
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await Problems.From(refusal).ExecuteAsync(httpContext);
        return true;
    }

    internal static Refusal Translate(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problems.WrongMediaType,
        BadHttpRequestException bad => Problems.Malformed(FieldOf(bad.InnerException as JsonException)),
        IdempotencyMismatchException => Problems.IdempotencyMismatch,
        ConcurrencyException => Problems.VersionConflict,
        PostgresException { IsTransient: false } => Problems.Internal,
        NpgsqlException => Problems.Unavailable,
        IdentityProviderException { IsTransient: true } => Problems.Unavailable,
        _ => Problems.Internal,
    };

    /// <summary>Where in the body the reader stopped, unless that place is spelled by the sender in a way not worth repeating.</summary>
    private static string? FieldOf(JsonException? exception) =>
        exception?.Path is { Length: > 2 } path && PlainPath().IsMatch(path) ? path[2..] : null;

    [GeneratedRegex(@"^\$\.[A-Za-z0-9.\[\]]{1,80}$")]
    private static partial Regex PlainPath();

    private void Report(Refusal refusal, Exception exception)
    {
        if (refusal == Problems.Internal)
        {
            Log.Failed(logger, exception);
        }
        else if (refusal == Problems.Unavailable)
        {
            Log.Unavailable(logger, exception.GetType().Name, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Error, "A request failed.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(311, LogLevel.Warning, "A request could not be served now: {Exception}: {Reason}")]
        public static partial void Unavailable(ILogger logger, string exception, string reason);
    }
}
