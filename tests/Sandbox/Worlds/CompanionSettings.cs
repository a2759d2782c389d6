using System.Globalization;

namespace Sandbox.Worlds;

/// <summary>How the companion is configured for a world: what an operator would write into its environment.</summary>
internal static class CompanionSettings
{
    public static IReadOnlyDictionary<string, string?> Of(World world, WorldSecrets secrets, string database) =>
        new Dictionary<string, string?>
        {
            ["Community__Name"] = Community.Name,
            ["Community__PublicUrl"] = world.Webhooks.Target!.GetLeftPart(UriPartial.Authority),
            ["Security__MasterKey"] = secrets.MasterKey,
            ["Database__ConnectionString"] = database,
            ["Authentication__Issuer"] = world.Keycloak.RealmUrl,
            ["Authentication__JwksUri"] = $"{world.Keycloak.RealmUrl}/protocol/openid-connect/certs",
            ["Authentication__AuthorizedParties__0"] = "account-console",
            ["Webhooks__Secret"] = secrets.Webhook,
            ["Directory__Groups__0__Path"] = Community.Group,
            ["Directory__Groups__0__InvitedBy__0"] = Community.Group,
            ["Directory__CacheSeconds"] = "0",
            ["Mail__Host"] = "localhost",
            ["Mail__Port"] = world.Mail.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail__From"] = "invitations@harbour.example",
            ["Mail__Username"] = "companion",
            ["Mail__Password"] = secrets.MailPassword,
            // OpenSSL's own way to name whom to trust: the mail server's certificate is made at its start.
            ["SSL_CERT_FILE"] = world.Folder.File("mail.pem"),
        };
}
