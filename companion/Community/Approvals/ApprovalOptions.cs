using System.ComponentModel.DataAnnotations;

namespace Companion.Community.Approvals;

/// <summary>Configuration section Approvals: what people have to look at.</summary>
[OptionsValidator]
internal sealed partial class ApprovalOptions : IValidateOptions<ApprovalOptions>
{
    public const string SectionName = "Approvals";

    /// <summary>What onboarding one person takes a moderator where all is done by hand; the funnel tells what was saved by it.</summary>
    [Range(0, 1440)]
    public double MinutesByHand { get; set; } = 10;

    [ValidateEnumeratedItems]
    public List<ApprovalRule> Rules { get; set; } = [];

    /// <summary>Approvers get a mail when something waits for them.</summary>
    public bool MailApprovers { get; set; } = true;

    /// <summary>What people read about a rule; null where the operator gave no sentence, or the rule is gone.</summary>
    public string? SentenceOf(string rule, string language) => Rules.FirstOrDefault(known => known.Name == rule)?.SentenceIn(language);
}
