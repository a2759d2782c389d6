namespace Companion.Invites;

/// <summary>The numbers the rules go by; bound from configuration section Invites.</summary>
public sealed record InvitePolicy
{
    public const string SectionName = "Invites";

    public static readonly TimeSpan ShortestLifetime = TimeSpan.FromHours(1);

    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(90);

    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(14);

    public int MaxOpen { get; init; } = 10;

    public int MaxPerDay { get; init; } = 20;

    public int MaxPerRecipientPerDay { get; init; } = 1;

    public int MaxPerRecipient { get; init; } = 3;

    /// <summary>Times that one invite may be sent, the first included.</summary>
    public int MaxGenerations { get; init; } = 3;
}
