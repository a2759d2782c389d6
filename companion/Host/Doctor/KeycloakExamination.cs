using System.Buffers.Text;
using Companion.Adapters.Keycloak;
using Companion.Foundation.Web;

namespace Companion.Host.Doctor;

/// <summary>The realm's tokens, the service account's rights, our provider, and the way back from Keycloak to the companion.</summary>
internal sealed class KeycloakExamination(
    KeycloakClient client, KeycloakTokens account, SigningKeys keys, IOptions<AuthenticationOptions> tokens, TimeProvider clock) : Examination
{
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    /// <summary>What Keycloak takes for the secret where the realm file was imported without one.</summary>
    private const string UnfilledSecret = "${COMPANION_CLIENT_SECRET}";

    /// <summary>What the account needs, by client.</summary>
    private static readonly (string Client, string Role)[] Needed =
    [
        ("realm-management", "view-users"), ("realm-management", "view-organizations"), ("realm-management", "query-groups"), ("companion", "newcomers"),
    ];

    /// <summary>Roles that Keycloak gives along with those.</summary>
    private static readonly string[] Implied = ["query-users", "query-groups", "query-organizations"];

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<Finding> findings = [.. await IssuerAsync(cancellationToken), await KeysAsync(cancellationToken)];
            findings.AddRange(Roles(await account.CurrentAsync(cancellationToken)));
            findings.AddRange(await SecretAsync(cancellationToken));
            findings.Add(await ProviderAsync(cancellationToken));
            findings.AddRange(await WayBackAsync(cancellationToken));
            return findings;
        }
        catch (IdentityProviderException exception)
        {
            return [Finding.Problem(Explain(exception.Code))];
        }
    }

    private static string Explain(string code) => code switch
    {
        "unreachable" => "Keycloak does not answer at Keycloak:BaseUrl. Check the address and that it runs.",
        "token_http_401" or "token_http_400" =>
            "Keycloak gives the service account no token. Compare Keycloak:ClientId and Keycloak:ClientSecret with the client in the realm.",
        "token_http_404" => "Keycloak knows no realm of the name in Keycloak:Realm.",
        _ => $"Keycloak refuses ({code}). See its log.",
    };

    private async Task<IReadOnlyList<Finding>> IssuerAsync(CancellationToken cancellationToken)
    {
        if (await client.DiscoverAsync(cancellationToken) is not { } discovery)
        {
            return [Finding.Problem("Keycloak knows no realm of the name in Keycloak:Realm.")];
        }

        return
        [
            discovery.Issuer == tokens.Value.Issuer
                ? Finding.Good("The realm's issuer is the one whose tokens are taken.")
                : Finding.Problem(
                    $"The realm's tokens say issuer {discovery.Issuer}, but {tokens.Value.Issuer} is expected: every member is refused. "
                    + "Set Keycloak's hostname, and Keycloak:PublicUrl or Authentication:Issuer, to the same address."),
            ClockSkew.Judge("Keycloak", discovery.Date ?? clock.GetUtcNow(), clock.GetUtcNow()),
        ];
    }

    private async Task<Finding> KeysAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.GetConfigurationAsync(cancellationToken);
            return Finding.Good("The realm's signing keys can be fetched.");
        }
        catch (IdentityProviderException)
        {
            return Finding.Problem("The realm's signing keys can't be fetched, or none is RS256 with 2048 bits. Check Authentication:JwksUri.");
        }
    }

    private async Task<IReadOnlyList<Finding>> SecretAsync(CancellationToken cancellationToken) =>
        await account.AcceptsAsync(UnfilledSecret, cancellationToken)
            ?
            [
                Finding.Problem(
                    "The realm's client for the companion has the realm file's placeholder as its secret, which everybody knows. "
                    + "Give the client a secret of your own, and Keycloak:ClientSecret the same."),
            ]
            : [];

    private static IEnumerable<Finding> Roles(string accessToken)
    {
        var given = Given(accessToken);
        var missing = Needed.Except(given).ToList();
        var more = given.Where(role => role.Client == "realm-management" && !Implied.Contains(role.Role)).Except(Needed).ToList();
        yield return missing.Count == 0
            ? Finding.Good("The service account has the roles it needs.")
            : Finding.Problem($"The service account lacks {Named(missing)}. Run `companion realm apply`.");
        if (more.Count > 0)
        {
            yield return Finding.Problem(
                $"The service account also has {Named(more)}, which it does not need: whoever steals its secret has that power. Take it away.");
        }
    }

    private static string Named(IEnumerable<(string Client, string Role)> roles) => string.Join(", ", roles.Select(role => $"{role.Role} of {role.Client}"));

    private static List<(string Client, string Role)> Given(string accessToken)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(accessToken.Split('.') is [_, var middle, _] ? middle : ""));
        return payload.RootElement.TryGetProperty("resource_access", out var access)
            ? [.. access.EnumerateObject().SelectMany(client => client.Value.GetProperty("roles").EnumerateArray().Select(role => (client.Name, role.GetString()!)))]
            : [];
    }

    /// <summary>Asks for something that can't be done, and looks who refuses it.</summary>
    private async Task<Finding> ProviderAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.GrantAsync(Nobody, new MembershipsBody([], Nobody), cancellationToken);
            return Finding.Problem("Keycloak's provider grants memberships to nobody. Install the provider of this version.");
        }
        catch (IdentityProviderException exception)
        {
            return exception.Code switch
            {
                "account_unknown" => Finding.Good("The provider is there and listens to the service account."),
                "forbidden" => Finding.Problem("The provider does not listen to the service account: it lacks role newcomers of client companion. Run `companion realm apply`."),
                _ => Finding.Problem("Keycloak lacks our provider. Put its jar into providers/, run kc.sh build and start Keycloak again."),
            };
        }
    }

    /// <summary>Keycloak asks the companion, as a registration does, and tells what it got.</summary>
    private async Task<IReadOnlyList<Finding>> WayBackAsync(CancellationToken cancellationToken)
    {
        if (await client.ConnectionAsync(cancellationToken) is not { } connection)
        {
            return [];
        }

        return
        [
            ProviderVersion.Judge(connection),
            connection.Status switch
            {
                200 => Finding.Good("Keycloak reaches the companion, and its signature is accepted."),
                401 => Finding.Problem(
                    "The companion does not accept Keycloak's signature: nobody can register. Give both the same secret (Webhooks:Secret and the provider's option secret), and the realm's right name."),
                0 => Finding.Problem(
                    "Keycloak does not reach the companion: nobody can register. See that it runs, and that the provider's option url is its address as Keycloak reaches it."),
                var status => Finding.Problem(
                    $"At the provider's option url something answers with status {status}: that is not the companion, or one that is in trouble. Check the address and the companion's log."),
            },
        ];
    }
}
