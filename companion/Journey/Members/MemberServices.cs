using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Journey.Members;

internal static class MemberServices
{
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.TryAddSingleton<ChatCodes>();
        services.TryAddSingleton<ChatCodeTable>();
        services.TryAddSingleton<IChatConnections>(provider => provider.GetRequiredService<ChatCodeTable>());
        services.TryAddSingleton<ConnectChatAccount>();
        services.TryAddSingleton<Pictures>();
        services.AddOutboxHandler<SendChatCode>();
        services.AddOutboxHandler<ShowPicture>();
        services.AddOutboxHandler<ShowAvatar>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, MemberApiJson.Default));
        return services;
    }
}
