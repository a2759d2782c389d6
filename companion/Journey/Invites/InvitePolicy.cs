using System.ComponentModel.DataAnnotations;
using Companion.Community.Directory;

namespace Companion.Journey.Invites;

/// <summary>The numbers the rules go by; bound from configuration section Invites.</summary>
public sealed record InvitePolicy
{
    public const string SectionName = "Invites";

    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(90);

    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Open invites of one inviter; of whoever gives memberships <see cref="ManagerMaxOpen"/>.</summary>
    [Range(1, int.MaxValue)]
    public int MaxOpen { get; init; } = 10;

    /// <summary>Invites of one inviter in 24 hours; of whoever gives memberships <see cref="ManagerMaxPerDay"/>.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPerDay { get; init; } = 20;

    [Range(1, int.MaxValue)]
    public int ManagerMaxOpen { get; init; } = 5000;

    [Range(1, int.MaxValue)]
    public int ManagerMaxPerDay { get; init; } = 2000;

    [Range(1, int.MaxValue)]
    public int MaxPerRecipientPerDay { get; init; } = 1;

    [Range(1, int.MaxValue)]
    public int MaxPerRecipient { get; init; } = 3;

    /// <summary>Times that one invite may be sent, the first included.</summary>
    [Range(1, int.MaxValue)]
    public int MaxGenerations { get; init; } = 3;

    /// <summary>Inviters hear before an invite runs out, where they did not say otherwise.</summary>
    public bool RemindInviter { get; init; } = true;

    /// <summary>Reminders go out this long before an invite runs out.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan ReminderBefore { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Inviters may take a link themselves, to hand it over in their own way.</summary>
    public bool AllowLinks { get; init; }

    internal int MaxOpenOf(InviterKind kind) => kind == InviterKind.Member ? MaxOpen : ManagerMaxOpen;

    internal int MaxPerDayOf(InviterKind kind) => kind == InviterKind.Member ? MaxPerDay : ManagerMaxPerDay;
}

[OptionsValidator]
internal sealed partial class InvitePolicyValidator : IValidateOptions<InvitePolicy>;
