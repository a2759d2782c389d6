using System.Security.Cryptography;

namespace Sandbox.Worlds;

/// <summary>What the servers of one world share; made new for every run.</summary>
internal sealed class WorldSecrets
{
    /// <summary>Signs the webhooks from Keycloak to the companion.</summary>
    public string Webhook { get; } = NewWebhookSecret();

    /// <summary>The companion's service account.</summary>
    public string CompanionClient { get; } = Secrets.New();

    /// <summary>The homeserver's login client.</summary>
    public string SynapseClient { get; } = Secrets.New();

    public string MasterKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public string MailPassword { get; } = Secrets.New();

    public static string NewWebhookSecret() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
}
