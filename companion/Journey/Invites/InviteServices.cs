using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Foundation.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Journey.Invites;

internal static class InviteServices
{
    public static IServiceCollection AddInvites(this IServiceCollection services)
    {
        services.AddContacts();
        services.AddDirectory();
        services.AddOptions<InvitePolicy>()
            .BindConfiguration(InvitePolicy.SectionName)
            .Validate(
                p => p.Lifetime >= InvitePolicy.ShortestLifetime && p.Lifetime <= InvitePolicy.LongestLifetime,
                "Invites:Lifetime must be between 1 hour and 90 days.")
            .Validate(p => p.MaxOpen >= 1, "Invites:MaxOpen must be at least 1.")
            .Validate(p => p.MaxPerDay >= 1, "Invites:MaxPerDay must be at least 1.")
            .Validate(p => p.ManagerMaxOpen >= 1, "Invites:ManagerMaxOpen must be at least 1.")
            .Validate(p => p.ManagerMaxPerDay >= 1, "Invites:ManagerMaxPerDay must be at least 1.")
            .Validate(p => p.MaxPerRecipientPerDay >= 1, "Invites:MaxPerRecipientPerDay must be at least 1.")
            .Validate(p => p.MaxPerRecipient >= 1, "Invites:MaxPerRecipient must be at least 1.")
            .Validate(p => p.MaxGenerations >= 1, "Invites:MaxGenerations must be at least 1.")
            .Validate(
                p => p.ReminderBefore >= TimeSpan.FromHours(1) && p.ReminderBefore <= TimeSpan.FromDays(30),
                "Invites:ReminderBefore must be between 1 hour and 30 days.")
            .ValidateOnStart();
        services.TryAddSingleton<RepeatableRequests>();
        services.TryAddSingleton<InviteTokens>();
        services.TryAddSingleton<InviteHandles>();
        services.TryAddSingleton<InviteStandings>();
        services.TryAddSingleton<JudgeInvites>();
        services.TryAddSingleton<IssueInvites>();
        services.TryAddSingleton<DryRunInvites>();
        services.TryAddSingleton<ListInvites>();
        services.TryAddSingleton<ChangeInvite>();
        services.TryAddSingleton<InviteOptions>();
        services.TryAddSingleton<InviteMailText>();
        services.AddOutboxHandler<InviteExpiryHandler>();
        services.AddOutboxHandler<InviteReminderHandler>();
        services.AddOutboxHandler<TellReopened>();
        services.AddOutboxHandler<SendInviteMail>();
        services.AddOutboxHandler<SendNoticeMail>();
        return services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, InviteApiJson.Default));
    }
}
