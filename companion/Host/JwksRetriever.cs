using Companion.Foundation.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Companion.Host;

/// <summary>Reads the issuer's keys where Authentication:JwksUri says. The discovery document would name the address that people use.</summary>
internal sealed class JwksRetriever(HttpClient http, IOptions<AuthenticationOptions> options)
{
    public const int LargestDocument = 256 * 1024;

    private const int SmallestKey = 2048;

    /// <returns>The keys that may sign access tokens, and nothing else of the issuer.</returns>
    public async Task<OpenIdConnectConfiguration> GetAsync(CancellationToken cancellationToken)
    {
        var document = new JsonWebKeySet(await http.GetStringAsync(new Uri(options.Value.JwksUri), cancellationToken));
        var configuration = new OpenIdConnectConfiguration();
        foreach (var key in document.Keys.Where(IsUsable).DistinctBy(key => key.Kid))
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration;
    }

    private static bool IsUsable(JsonWebKey key) =>
        key is { Kty: "RSA", Kid.Length: > 0, Use: null or "sig", Alg: null or SecurityAlgorithms.RsaSha256 } && key.KeySize >= SmallestKey;
}
