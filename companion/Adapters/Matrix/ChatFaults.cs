using System.Runtime.CompilerServices;
using Companion.Community.Directory;

namespace Companion.Adapters.Matrix;

/// <summary>Failures that are not about one room or one person. The log has what the homeserver said; others learn a code.</summary>
internal sealed partial class ChatFaults(ILogger<ChatFaults> logger)
{
    private static ChatServerException Of(MatrixException exception) => exception switch
    {
        { IsCredentialProblem: true } => Make(exception, "chat_credentials_rejected", ChatFault.Setup),
        { IsLimit: true } => Make(exception, "rate_limited", ChatFault.Limit),
        { IsOutage: true } => Make(exception, "chat_unreachable", ChatFault.Outage),
        { ErrorCode: "chat_names_taken" or "chat_account_shared" or "chat_link_missing" or "chat_link_stale" } =>
            Make(exception, exception.ErrorCode, ChatFault.Setup),
        { Status: 403 } => Make(exception, "chat_not_permitted", ChatFault.Setup),
        _ => Make(exception, "chat_refused", ChatFault.Setup),
    };

    /// <exception cref="ChatServerException"/>
    public async Task<T> TranslateAsync<T>(Func<Task<T>> ask, [CallerMemberName] string operation = "")
    {
        try
        {
            return await ask();
        }
        catch (MatrixException exception)
        {
            var fault = Of(exception);
            Log.Refused(logger, operation, exception.ErrorCode, exception.Status, fault.Code);
            throw fault;
        }
        catch (JsonException exception)
        {
            Log.Malformed(logger, operation);
            throw new ChatServerException("chat_malformed", ChatFault.Setup, innerException: exception);
        }
    }

    private static ChatServerException Make(MatrixException exception, string code, ChatFault fault) =>
        new(code, fault, exception.RetryAfter, exception);

    private static partial class Log
    {
        [LoggerMessage(510, LogLevel.Warning, "The homeserver refused or failed in {Operation}: {ErrorCode} ({Status}), told as {Code}.")]
        public static partial void Refused(ILogger logger, string operation, string errorCode, int status, string code);

        [LoggerMessage(511, LogLevel.Warning, "The homeserver's answer in {Operation} can't be read.")]
        public static partial void Malformed(ILogger logger, string operation);
    }
}
