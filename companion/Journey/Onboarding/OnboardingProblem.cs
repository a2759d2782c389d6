using Companion.Community.Directory;

namespace Companion.Journey.Onboarding;

/// <summary>What an onboarding is stuck on and a moderator can do something about.</summary>
/// <param name="Id">Derived from the onboarding and what is stuck, so it stays the same while it lasts and when it comes back.</param>
/// <param name="Room">Null when it is about the memberships or the chat account.</param>
/// <param name="Cause">Equal for everybody whom the same thing holds up.</param>
internal sealed record OnboardingProblem(Guid Id, string Subject, RoomId? Room, string Code, string Cause, DateTimeOffset Since)
{
    public const string MembershipsSubject = "memberships";

    public const string ChatAccountSubject = "chat_account";

    public const string RoomSubject = "room";

    /// <summary>Reasons that lie with the chat server or the identity provider as a whole, whichever room they hold up.</summary>
    private static readonly HashSet<string> Wide =
        ["chat_unreachable", "chat_credentials_rejected", "chat_not_permitted", "identity_provider_unreachable", "rate_limited"];

    /// <summary>Reasons that lie with one person and not with the room.</summary>
    private static readonly HashSet<string> Personal = ["account_locked", "account_suspended", "account_disabled"];

    public static IReadOnlyList<OnboardingProblem> Of(Onboarding state) =>
        state.Status == OnboardingStatus.Running ? [.. Steps(state), .. Rooms(state)] : [];

    private static IEnumerable<OnboardingProblem> Steps(Onboarding state)
    {
        if (state.Granting is { Status: StepStatus.Stuck, Code: { } failure })
        {
            yield return Make(state, MembershipsSubject, null, failure, state.Granting.Since);
        }

        if (state.ChatAccount is { Status: StepStatus.Stuck, Code: { } code and not ChatAccountAnswer.NotThereYet })
        {
            yield return Make(state, ChatAccountSubject, null, code, state.ChatAccount.Since);
        }
    }

    private static IEnumerable<OnboardingProblem> Rooms(Onboarding state)
    {
        foreach (var room in state.Rooms)
        {
            if (room is { Status: RoomStatus.Parked, Code: { } code })
            {
                yield return Make(state, RoomSubject, room.Id, code, room.Since);
            }
        }
    }

    private static OnboardingProblem Make(Onboarding state, string subject, RoomId? room, string code, DateTimeOffset since) => new(
        DeterministicId.From(state.Id, $"{subject}\n{room?.Value}"), subject, room, code, CauseOf(state, room, code), since);

    private static string CauseOf(Onboarding state, RoomId? room, string code) =>
        Personal.Contains(code) ? $"{code} {state.Account}"
        : Wide.Contains(code) || room is null ? code
        : $"{code} {room}";
}

/// <summary>Column companion.onboarding_details.problems.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<OnboardingProblem>))]
[JsonSerializable(typeof(OnboardingProblem))]
internal sealed partial class OnboardingProblemJson : JsonSerializerContext;
