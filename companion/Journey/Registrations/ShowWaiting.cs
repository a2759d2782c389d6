using Companion.Foundation.Web;

namespace Companion.Journey.Registrations;

/// <summary>What the waiting page shows to a newcomer, after keeping what the newcomer wrote there.</summary>
internal sealed class ShowWaiting(RegistrationWebhooks webhooks, WaitingNewcomers newcomers)
{
    public async Task<byte[]> AnswerAsync(WebhookMessage message, WaitingMessage request, CancellationToken cancellationToken)
    {
        var refusal = request.Text is { } text ? await WriteAsync(message, request, text, cancellationToken) : null;
        var found = await newcomers.ReadAsync(request.InviteId, request.AccountId, cancellationToken);
        return Answers.Of(new WaitingAnswer(found.Since, (long?)found.UsualWait?.TotalSeconds, found.Question, found.Added, found.MayAdd, refusal));
    }

    /// <summary>Only the outcome is remembered for a repetition: a question has no place in a stored answer.</summary>
    private async Task<WaitingRefusal?> WriteAsync(
        WebhookMessage message, WaitingMessage request, string text, CancellationToken cancellationToken)
    {
        var outcome = await webhooks.OnceAsync(
            message,
            async (unit, ct) =>
            {
                var refusal = await WaitingNewcomers.WriteAsync(unit, request.InviteId, request.AccountId, text, ct);
                return Answers.Of(new WaitingOutcome(refusal is null ? null : new WaitingRefusal(refusal.Code, refusal.Argument)));
            },
            cancellationToken);
        return JsonSerializer.Deserialize(outcome, RegistrationJson.Strict.WaitingOutcome)!.Refusal;
    }
}
