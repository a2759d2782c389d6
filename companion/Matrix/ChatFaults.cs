using System.Text.Json;
using Companion.Onboarding;

namespace Companion.Matrix;

/// <summary>Failures that are not about one room or one person.</summary>
internal static class ChatFaults
{
    public static ChatServerException Of(MatrixException exception) => exception switch
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
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (MatrixException exception)
        {
            throw Of(exception);
        }
        catch (JsonException exception)
        {
            throw new ChatServerException("chat_malformed", ChatFault.Setup, innerException: exception);
        }
    }

    private static ChatServerException Make(MatrixException exception, string code, ChatFault fault) =>
        new(code, fault, exception.RetryAfter, exception);
}
