using System.Text.Json.Serialization.Metadata;
using Companion.Community.Directory;
using Companion.Foundation.Web;

namespace Companion.Journey.Registrations;

/// <summary>What all webhooks have in common: verify, read, act at most once per webhook-id.</summary>
internal sealed class RegistrationWebhooks(WebhookReader reader, Transactions transactions, ISignIn signIn)
{
    public async Task<IResult> ReceiveAsync<TMessage>(
        HttpRequest request,
        JsonTypeInfo<TMessage> json,
        string[] types,
        Func<WebhookMessage, TMessage, CancellationToken, Task<byte[]>> answer,
        CancellationToken cancellationToken)
        where TMessage : RegistrationMessage
    {
        var reading = await reader.ReadAsync(request, types, signIn.Tenant, cancellationToken);
        if (reading is not WebhookReading.Accepted { Message: var message })
        {
            return Problems.From(((WebhookReading.Rejected)reading).Rejection.Refusal);
        }

        return Read(message.Body, json) is { IsWellFormed: true } typed
            ? TypedResults.Bytes(await answer(message, typed, cancellationToken), "application/json")
            : Problems.From(Problems.Malformed());
    }

    /// <summary>Runs the effect in the transaction that remembers the message's id; a repetition gets the first answer.</summary>
    /// <exception cref="IdempotencyMismatchException">The id came with another body before.</exception>
    public Task<byte[]> OnceAsync(
        WebhookMessage message, Func<UnitOfWork, CancellationToken, Task<byte[]>> effect, CancellationToken cancellationToken)
    {
        var scope = $"idp:{message.Type}";
        return transactions.RunAsync(
            DeterministicId.From(scope, message.Id),
            async (unit, ct) =>
            {
                if (await Idempotency.FindAsync(unit, scope, message.Id, message.BodyHash, ct) is { } first)
                {
                    return first;
                }

                var answer = await effect(unit, ct);
                Idempotency.Store(unit, scope, message.Id, message.BodyHash, answer);
                return answer;
            },
            cancellationToken);
    }

    private static TMessage? Read<TMessage>(byte[] body, JsonTypeInfo<TMessage> json)
        where TMessage : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
