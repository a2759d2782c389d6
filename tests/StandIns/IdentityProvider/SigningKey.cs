using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>A realm's RS256 key: signs tokens, publishes its public half, knows its own signatures again.</summary>
internal sealed class SigningKey
{
    private readonly RSA _rsa = RSA.Create(2048);

    private readonly string _id = Random.Token();

    public JsonObject Published
    {
        get
        {
            var half = _rsa.ExportParameters(includePrivateParameters: false);
            return new JsonObject
            {
                ["kid"] = _id,
                ["kty"] = "RSA",
                ["alg"] = "RS256",
                ["use"] = "sig",
                ["n"] = Base64Url.EncodeToString(half.Modulus),
                ["e"] = Base64Url.EncodeToString(half.Exponent),
            };
        }
    }

    public string Sign(JsonObject claims)
    {
        var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = _id };
        var signed = $"{Part(head)}.{Part(claims)}";
        var signature = _rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <returns>The claims; null for anything that this key did not sign.</returns>
    public JsonObject? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            return _rsa.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                ? JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) as JsonObject
                : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
