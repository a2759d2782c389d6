using System.Text;

namespace StandIns.IdentityProvider;

/// <summary>Which client speaks, and whether it is that.</summary>
internal static class ClientAuthentication
{
    private const string Words = "Invalid client or Invalid client credentials";

    private const string Basic = "Basic ";

    /// <exception cref="RefusedException">Unknown, without the right secret, or one that may not speak at all.</exception>
    public static Client Authenticate(Call call)
    {
        var (clientId, secret) = Credentials(call);
        if (clientId is null || !call.Realm.Clients.TryGetValue(clientId, out var client))
        {
            throw RefusedException.OAuth(401, "invalid_client", Words);
        }

        return client.IsPublic || (!client.IsBearerOnly && client.Secret is not null && client.Secret == secret)
            ? client
            : throw RefusedException.OAuth(401, "unauthorized_client", Words);
    }

    private static (string? ClientId, string? Secret) Credentials(Call call)
    {
        var header = call.Http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return (call["client_id"], call["client_secret"]);
        }

        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[Basic.Length..], bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var clientId, var secret]
                ? (Uri.UnescapeDataString(clientId), Uri.UnescapeDataString(secret))
                : (null, null);
    }
}
