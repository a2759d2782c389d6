using Companion.Community.Contacts;
using Companion.Community.Pausing;
using Companion.Foundation.Web;
using Companion.Journey.Landing;

namespace Companion.Oversight.Moderation;

/// <summary>A moderator stops all inviting, changes what people read about it, or lets it go on.</summary>
internal sealed class SwitchPause(Transactions transactions, RepeatableRequests repeatable)
{
    private const string Scope = "pause";

    private const string Field = "text";

    /// <returns>Why it was not done; null when it holds now.</returns>
    public async Task<Refusal?> RunAsync(AccountId by, PauseRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (request.Paused is not { } paused)
        {
            return Problems.Malformed("paused");
        }

        if (ModeratorNote.Check(request.Text, out var text) is { } refusal)
        {
            return refusal with { Field = Field };
        }

        var outcome = await transactions.RunAsync(
            (unit, ct) => repeatable.OnceAsync(
                unit,
                $"{Scope}:{by}",
                idempotencyKey,
                request,
                PauseApiJson.Default.PauseRequest,
                PauseApiJson.Default.PauseSwitched,
                async () => await SwitchAsync(unit, by, paused, paused ? text : null, ct) is { } obstacle ? obstacle : new PauseSwitched(paused),
                ct),
            cancellationToken);
        return outcome.Refusal;
    }

    private static async Task<Refusal?> SwitchAsync(UnitOfWork unit, AccountId by, bool paused, string? text, CancellationToken cancellationToken)
    {
        PauseTable.Write(unit, text);
        if (!paused)
        {
            foreach (var invite in await PauseWishes.TakeAsync(unit, cancellationToken))
            {
                unit.Enqueue(PauseOutbox.Reopened, invite.Value, new ReopenedDue(invite, by));
            }
        }

        return await PauseStream.ChangeAsync(unit, paused ? new PauseInviting(by) : new ResumeInviting(by), cancellationToken);
    }
}

/// <param name="Text">What members and invitees read while it is paused: plain text that may have lines, at most 1000 characters; null for none.</param>
internal sealed record PauseRequest(bool? Paused = null, string? Text = null);

/// <summary>What is kept of the answer to a repeatable switch: no text.</summary>
internal sealed record PauseSwitched(bool Paused);

/// <param name="Text">What moderators wrote about it; null where they wrote nothing.</param>
/// <param name="Since">Null while it is not paused.</param>
/// <param name="By">Who paused it; for moderators only.</param>
internal sealed record PauseAnswer(bool Paused, string? Text, DateTimeOffset? Since, ApprovalPerson? By);

/// <summary>Shapes of the pause's API on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(PauseSwitched))]
[JsonSerializable(typeof(PauseAnswer))]
internal sealed partial class PauseApiJson : JsonSerializerContext;
