using System.Globalization;
using System.Text;

namespace Sandbox.Synapse;

/// <summary>The realm and client by which people sign in to the homeserver.</summary>
public sealed record SynapseLogin(string Issuer, string ClientId, string ClientSecret);

/// <summary>What a Synapse is started with.</summary>
/// <param name="Folder">An empty folder for this run.</param>
/// <param name="Login">Null for a homeserver without single sign-on.</param>
/// <param name="RealRateLimits">Keeps the limits that Synapse ships with; otherwise they are out of the way.</param>
public sealed record SynapsePlan(string Folder, string ServerName, SynapseLogin? Login, bool RealRateLimits = false)
{
    private static readonly string[] Limits =
        [
            "rc_message", "rc_joins.local", "rc_joins.remote", "rc_joins_per_room", "rc_login.address", "rc_login.account",
            "rc_login.failed_attempts", "rc_invites.per_room", "rc_invites.per_user", "rc_invites.per_issuer", "rc_room_creation",
        ];

    internal string ToYaml(int port, string sharedSecret)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"""
            server_name: {ServerName}
            public_baseurl: http://127.0.0.1:{port}/
            report_stats: false
            listeners:
              - port: {port}
                type: http
                bind_addresses: [127.0.0.1]
                resources: [{"{ names: [client] }"}]
            database:
              name: sqlite3
              args: {"{"} database: {Folder}/homeserver.db {"}"}
            media_store_path: {Folder}/media
            signing_key_path: {Folder}/signing.key
            registration_shared_secret: {sharedSecret}
            trusted_key_servers: []
            suppress_key_server_warning: true
            federation_domain_whitelist: []
            bcrypt_rounds: 4
            presence: {"{ enabled: false }"}

            """);
        if (Login is not null)
        {
            AppendLogin(yaml, Login);
        }

        if (!RealRateLimits)
        {
            AppendLimits(yaml);
        }

        return yaml.ToString();
    }

    private static void AppendLogin(StringBuilder yaml, SynapseLogin login) =>
        yaml.Append(CultureInfo.InvariantCulture, $$$"""
            oidc_providers:
              - idp_id: keycloak
                idp_name: Keycloak
                issuer: {{{login.Issuer}}}
                client_id: {{{login.ClientId}}}
                client_secret: {{{login.ClientSecret}}}
                scopes: [openid, profile, email]
                user_mapping_provider:
                  config:
                    localpart_template: "{{ user.preferred_username }}"
                    display_name_template: "{{ user.name }}"

            """);

    private static void AppendLimits(StringBuilder yaml)
    {
        foreach (var group in Limits.GroupBy(limit => limit.Split('.')[0]))
        {
            const string None = "{ per_second: 10000, burst_count: 10000 }";
            yaml.Append(CultureInfo.InvariantCulture, $"{group.Key}:");
            yaml.AppendLine(group.First().Contains('.', StringComparison.Ordinal) ? "" : $" {None}");
            foreach (var limit in group.Where(limit => limit.Contains('.', StringComparison.Ordinal)))
            {
                yaml.AppendLine(CultureInfo.InvariantCulture, $"  {limit.Split('.')[1]}: {None}");
            }
        }
    }
}
