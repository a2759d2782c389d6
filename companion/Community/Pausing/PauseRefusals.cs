using Companion.Foundation.Kernel;

namespace Companion.Community.Pausing;

/// <summary>Why nobody is invited or registers now.</summary>
public static class PauseRefusals
{
    public const string Code = "inviting_paused";

    /// <param name="text">What moderators wrote about it.</param>
    public static Refusal Paused(string? text) => new(
        Code, "The moderators have paused all inviting. Ask one of them, or come back when they let it go on.", Argument: text);
}
