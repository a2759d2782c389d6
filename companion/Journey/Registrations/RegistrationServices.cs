using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Foundation.Web;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Journey.Registrations;

internal static class RegistrationServices
{
    public static IServiceCollection AddRegistrations(this IServiceCollection services)
    {
        services.AddSettings<RegistrationOptions>(RegistrationOptions.SectionName, settings => settings
            .Validate(o => o.LongestPause >= o.FirstLook, "Registrations:LongestPause must not be shorter than Registrations:FirstLook.")
            .Validate(
                o => o.Questions.All(question => question.Name.Length > 0
                    && question.Rooms.All(room => room is { Answer.Length: > 0, RoomId: ['!', ..] })),
                "Registrations:Questions:<n> must have a Name, and each of its Rooms:<m> an Answer and a RoomId such as !abc:example.org."));
        services.AddWebhooks();
        services.AddContacts();
        services.AddDirectory();
        services.TryAddSingleton<InviteHandles>();
        services.TryAddSingleton<Answers>();
        services.TryAddSingleton<RegistrationWebhooks>();
        services.TryAddSingleton<InspectRegistration>();
        services.TryAddSingleton<ClaimRegistration>();
        services.TryAddSingleton<ReleaseRegistration>();
        services.TryAddSingleton<HearFact>();
        services.TryAddSingleton<ShowWaiting>();
        services.TryAddSingleton<Redemptions>();
        services.TryAddSingleton<WaitingNewcomers>();
        services.AddOutboxHandler<LookAtAccount>();
        services.AddOutboxHandler<ReconcileClaim>();
        services.AddOutboxHandler<DenyAccount>();
        return services.AddOutboxHandler<EnactApproval>();
    }
}
