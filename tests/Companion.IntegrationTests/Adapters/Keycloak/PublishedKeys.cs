using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Reads a token with the key that its issuer publishes.</summary>
internal static class PublishedKeys
{
    public static JsonNode Read(string token, JsonNode keys)
    {
        var signed = new JsonWebToken(token);
        signed.Alg.ShouldBe("RS256");
        var key = RealmJson.By(keys, "kid", signed.Kid).ShouldNotBeNull();
        ((string?)key["use"]).ShouldBe("sig");
        ((string?)key["alg"]).ShouldBe("RS256");
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars((string)key["n"]!), Exponent = Base64Url.DecodeFromChars((string)key["e"]!) });
        var parts = token.Split('.');
        rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
    }
}
