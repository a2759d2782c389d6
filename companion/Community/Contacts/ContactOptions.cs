namespace Companion.Community.Contacts;

/// <summary>Configuration section Contacts.</summary>
internal sealed class ContactOptions
{
    public const string SectionName = "Contacts";

    /// <summary>An invite's address and message are erased this long after the invite ended.</summary>
    public TimeSpan KeepAfterEnd { get; set; } = TimeSpan.FromDays(7);
}
