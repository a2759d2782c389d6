using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Companion.Community.Contacts;

/// <summary>Configuration section Contacts.</summary>
[OptionsValidator]
internal sealed partial class ContactOptions : IValidateOptions<ContactOptions>
{
    public const string SectionName = "Contacts";

    /// <summary>An invite's address and message are erased this long after the invite ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan KeepAfterEnd { get; set; } = TimeSpan.FromDays(7);
}
