using Companion.Community.Directory;
using Companion.Foundation.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Adapters.Matrix;

internal static class MatrixServices
{
    private const long MaxAnswerBytes = 32 * 1024 * 1024;

    public static IServiceCollection AddMatrix(this IServiceCollection services)
    {
        services.AddSettings<MatrixOptions>(MatrixOptions.SectionName, settings => settings
            .Validate(o => !o.IsConfigured || CommunityOptions.IsLink(o.BaseUrl), "Matrix:BaseUrl must be an http(s) address.")
            .Validate(o => !o.IsConfigured || o.ServerName.Length > 0, "Matrix:ServerName must be set.")
            .Validate(
                o => !o.IsConfigured || MatrixUserId.Parse(o.BotUserId) is { } bot && o.IsLocal(bot),
                "Matrix:BotUserId must be a full id of Matrix:ServerName, e.g. @companion:example.org.")
            .Validate(o => !o.IsConfigured || o.AccessToken.Length > 0, "Matrix:AccessToken must be set.")
            .Validate(
                o => !o.IsConfigured || o.AccountPolicy != AccountPolicy.Precreate || !string.IsNullOrEmpty(o.AdminToken),
                "Matrix:AccountPolicy precreate needs Matrix:AdminToken; set it or choose wait."));
        services.AddOutgoingClient<MatrixHttp>((provider, http) =>
        {
            http.BaseAddress = new Uri(provider.GetRequiredService<IOptions<MatrixOptions>>().Value.BaseUrl.TrimEnd('/') + "/");
            http.Timeout = MatrixHttp.Timeout;
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
        });
        services.TryAddSingleton<ChatFaults>();
        services.TryAddSingleton<MatrixClient>();
        services.TryAddSingleton<SynapseAdminClient>();
        services.TryAddSingleton<MatrixCapabilities>();
        services.TryAddSingleton<ChatAccounts>();
        services.TryAddSingleton<RoomReaders>();
        services.TryAddSingleton<InvitePace>();
        services.TryAddSingleton<RoomEntry>();
        services.TryAddSingleton<DirectMessages>();
        services.TryAddSingleton<IChatServer>(provider => IsConfigured(provider)
            ? ActivatorUtilities.CreateInstance<MatrixChatServer>(provider)
            : new NoChatServer());
        services.TryAddSingleton<IMemberChat>(provider => IsConfigured(provider)
            ? ActivatorUtilities.CreateInstance<MatrixMemberChat>(provider)
            : new NoMemberChat());
        services.TryAddSingleton<IRoomDirectory>(provider => IsConfigured(provider)
            ? ActivatorUtilities.CreateInstance<MatrixRoomDirectory>(provider)
            : new NoRoomDirectory());
        return services;
    }

    private static bool IsConfigured(IServiceProvider provider) => provider.GetRequiredService<IOptions<MatrixOptions>>().Value.IsConfigured;
}
