namespace Companion.Approvals;

/// <summary>Configuration section Approvals: what people have to look at.</summary>
internal sealed class ApprovalOptions
{
    public const string SectionName = "Approvals";

    public List<ApprovalRule> Rules { get; set; } = [];
}
