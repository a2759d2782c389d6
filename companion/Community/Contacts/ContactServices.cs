using System.ComponentModel.DataAnnotations;
using Companion.Foundation.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Contacts;

internal static class ContactServices
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.AddSettings<ContactOptions>(ContactOptions.SectionName);
        services.TryAddSingleton<ContactKeys>();
        services.TryAddSingleton<ContactTable>();
        services.TryAddSingleton<SuppressionList>();
        services.TryAddSingleton<NeverAgainReferences>();
        return services;
    }
}

/// <summary>Configuration section Contacts.</summary>
[OptionsValidator]
internal sealed partial class ContactOptions : IValidateOptions<ContactOptions>
{
    public const string SectionName = "Contacts";

    /// <summary>An invite's address and message are erased this long after the invite ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan KeepAfterEnd { get; set; } = TimeSpan.FromDays(7);
}

/// <summary>The jobs about what is kept of a contact; each row's stream is the invite's.</summary>
internal static class ContactOutbox
{
    /// <summary>Forget the contact of an invite that ended, once the time to keep it is over.</summary>
    public static OutboxKind<InviteForgettingDue> Forgetting { get; } = new(
        "invite_forgetting", ContactOutboxJson.Default.InviteForgettingDue);
}

internal sealed record InviteForgettingDue(InviteId InviteId);

[JsonSerializable(typeof(InviteForgettingDue))]
internal sealed partial class ContactOutboxJson : JsonSerializerContext;
