using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>What goes wrong with one request to the identity provider.</summary>
public abstract record RequestFault
{
    private RequestFault()
    {
    }

    /// <summary>The connection breaks before anything is done.</summary>
    public sealed record Down : RequestFault;

    /// <summary>Answered with this status before anything is done.</summary>
    public sealed record Status(int Code) : RequestFault;

    /// <summary>Everything happens, but not before this is over.</summary>
    public sealed record Slow(Task Until) : RequestFault;

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    public sealed record LostAnswer : RequestFault;
}

/// <summary>What goes wrong with one message to the companion.</summary>
public enum WebhookFault
{
    /// <summary>A release or a fact is not sent; a question gets no answer without being asked.</summary>
    Lost,

    /// <summary>Sent, and then once more with the same id; what comes second is dropped.</summary>
    Repeated,

    /// <summary>Sent, and the answer is dropped.</summary>
    LostAnswer,
}

/// <summary>Faults on demand: each strikes the next request or message that it is meant for.</summary>
public sealed class IdentityProviderFaults
{
    private readonly PlannedFaults<HttpRequest, RequestFault> _requests = new();

    private readonly PlannedFaults<string, WebhookFault> _webhooks = new();

    /// <param name="part">Occurs in the request's path.</param>
    public PlannedFault Next(string method, string part, RequestFault fault) => _requests.Add(
        request => request.Method == method && request.Path.Value!.Contains(part, StringComparison.Ordinal), fault);

    /// <param name="type">A message's type, for example <c>claim</c> or <c>registered</c>.</param>
    public PlannedFault NextWebhook(string type, WebhookFault fault) => _webhooks.Add(sent => sent == type, fault);

    /// <summary>What has not struck yet does not any more.</summary>
    public void Clear()
    {
        _requests.Clear();
        _webhooks.Clear();
    }

    internal WebhookFault? TakeWebhook(string type) => _webhooks.TryTake(type, out var fault) ? fault : null;

    /// <summary>Runs one request with whatever is planned for it.</summary>
    internal async Task ApplyAsync(HttpContext context, Func<Task> handle)
    {
        _requests.TryTake(context.Request, out var fault);
        switch (fault)
        {
            case RequestFault.Down:
                context.Abort();
                return;
            case RequestFault.Status { Code: var code }:
                context.Response.StatusCode = code;
                return;
            case RequestFault.Slow { Until: var until }:
                await until.WaitAsync(context.RequestAborted);
                break;
            case RequestFault.LostAnswer:
                await AnswerNobodyAsync(context, handle);
                return;
        }

        await handle();
    }

    private static async Task AnswerNobodyAsync(HttpContext context, Func<Task> handle)
    {
        using var nowhere = new MemoryStream();
        context.Response.Body = nowhere;
        await handle();
        context.Abort();
    }
}
