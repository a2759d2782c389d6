using System.ComponentModel.DataAnnotations;

namespace Companion.Foundation.Outbox;

/// <summary>Configuration section Outbox.</summary>
[OptionsValidator]
internal sealed partial class OutboxOptions : IValidateOptions<OutboxOptions>
{
    public const string SectionName = "Outbox";

    /// <summary>Run the worker in this process; off for replicas that only answer HTTP.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Longest time between two looks for work, and so how late it may begin where no notification came.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", MinimumIsExclusive = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages that one replica works on at the same time.</summary>
    [Range(1, 64)]
    public int Parallelism { get; set; } = 8;

    /// <summary>How long a claim holds without a heartbeat; renewed at a third of it while the handler runs.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "1.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts that count before a message is dead.</summary>
    [Range(1, int.MaxValue)]
    public int MaxAttempts { get; set; } = 12;

    public TimeSpan RetryBase { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan RetryCap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Done messages are deleted after this time.</summary>
    public TimeSpan KeepDone { get; set; } = TimeSpan.FromDays(30);
}
