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
        services.AddSettings<InvitePolicy>(InvitePolicy.SectionName, validator: new InvitePolicyValidator());
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
