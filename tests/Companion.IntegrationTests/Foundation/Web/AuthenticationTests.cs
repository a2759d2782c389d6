using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Companion.IntegrationTests.Foundation.Web;

public sealed class AuthenticationTests(CallerProbe host) : IClassFixture<CallerProbe>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_of_the_account_console_names_its_caller(bool moderator)
    {
        var answer = await host.ClientOf("anna", moderator).GetStringAsync("/probe", Cancel);

        answer.ShouldBe($"anna {moderator}");
    }

    [Fact]
    public async Task An_audience_that_is_a_plain_string_is_accepted() =>
        (await SendAsync(Mint(payload => payload["aud"] = "companion-api"))).ShouldBe(HttpStatusCode.OK);

    public static TheoryData<string, string> WrongPayloads { get; } = new()
    {
        { "iss", "\"https://elsewhere.example/realms/test\"" },
        { "iss", "null" },
        { "aud", "\"account\"" },
        { "aud", "\"companion-api/\"" },
        { "aud", "\"Companion-API\"" },
        { "aud", "null" },
        { "typ", "\"ID\"" },
        { "typ", "\"Refresh\"" },
        { "typ", "null" },
        { "azp", "\"another-client\"" },
        { "azp", "null" },
        { "sub", "null" },
        { "sub", "\"\"" },
        { "exp", "null" },
        { "exp", "\"soon\"" },
        { "exp", "\"4102444800\"" },
        { "exp", "1e300" },
        { "exp", "4102444800.5" },
        { "iat", "null" },
        { "iat", "[1772445600]" },
        { "iat", "\"1772445600\"" },
        { "nbf", "\"x\"" },
        { "nbf", "253402300800" },
        { "nbf", "1e20" },
        { "nbf", "true" },
        { "sub", "[\"anna\"]" },
        { "sub", "{}" },
        { "azp", "[\"account-console\"]" },
        { "typ", "[\"Bearer\"]" },
        { "cnf", """{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}""" },
    };

    [Theory]
    [MemberData(nameof(WrongPayloads))]
    public async Task A_token_with_a_wrong_claim_is_refused(string claim, string value)
    {
        var token = Mint(payload =>
        {
            payload.Remove(claim);
            if (value != "null")
            {
                payload[claim] = JsonNode.Parse(value);
            }
        });

        (await SendAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("\"\"")]
    [InlineData("\"null\"")]
    [InlineData("[\"companion-moderator\"]")]
    [InlineData("[{\"roles\":[\"companion-moderator\"]}]")]
    [InlineData("\"{\\\"roles\\\":[\\\"companion-moderator\\\"]}\"")]
    [InlineData("{}")]
    [InlineData("{\"roles\":\"companion-moderator\"}")]
    [InlineData("{\"roles\":[[\"companion-moderator\"],1,null]}")]
    public async Task Roles_in_another_form_than_the_issuers_give_no_right(string access)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/probe");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Mint(payload => payload["realm_access"] = JsonNode.Parse(access)));
        using var answer = await host.Anonymous.SendAsync(request, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("anna False");
    }

    [Theory]
    [InlineData("""{"sub":"boss",""")]
    [InlineData("""{"iss":"https://elsewhere.example",""")]
    [InlineData("""{"exp":1,""")]
    [InlineData("""{/* */""")]
    [InlineData("""{'a':'b',""")]
    [InlineData("""{"a":1,,""")]
    public async Task A_payload_that_could_be_read_in_two_ways_is_refused(string beginning)
    {
        var (header, payload) = (Header(), Payload());

        (await SendAsync(host.Tokens.Sign(header, payload))).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(host.Tokens.Sign(header, $"{beginning}{payload[1..]}"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"kid":"other",""")]
    [InlineData("""{"alg":"none",""")]
    [InlineData("""{/* */""")]
    public async Task A_header_that_could_be_read_in_two_ways_is_refused(string beginning)
    {
        const string header = """{"alg":"RS256","typ":"JWT","kid":"key-1"}""";

        (await SendAsync(Sign(header))).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(Sign($"{beginning}{header[1..]}"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_subject_that_is_no_text_is_refused()
    {
        var payload = Payload().Replace("\"anna\"", "\"\\ud800\"", StringComparison.Ordinal);

        (await SendAsync(host.Tokens.Sign(Header(), payload))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_issuer_with_a_slash_more_is_another() =>
        (await SendAsync(Mint(payload => payload["iss"] = $"{host.Tokens.Issuer}/"))).ShouldBe(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("\"JWT\"", HttpStatusCode.OK)]
    [InlineData("\"at+jwt\"", HttpStatusCode.OK)]
    [InlineData("\"logout+jwt\"", HttpStatusCode.Unauthorized)]
    [InlineData("\"dpop+jwt\"", HttpStatusCode.Unauthorized)]
    [InlineData("\"JWE\"", HttpStatusCode.Unauthorized)]
    [InlineData("1", HttpStatusCode.Unauthorized)]
    public async Task Only_access_tokens_carry_the_type_of_one_in_their_header(string type, HttpStatusCode expected)
    {
        var header = Header();
        header["typ"] = JsonNode.Parse(type);

        (await SendAsync(host.Tokens.Sign(header, Payload()))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("exp", -29, HttpStatusCode.OK)]
    [InlineData("exp", -31, HttpStatusCode.Unauthorized)]
    [InlineData("nbf", 29, HttpStatusCode.OK)]
    [InlineData("nbf", 31, HttpStatusCode.Unauthorized)]
    [InlineData("iat", 29, HttpStatusCode.OK)]
    [InlineData("iat", 31, HttpStatusCode.Unauthorized)]
    public async Task Clocks_may_differ_by_thirty_seconds(string claim, int seconds, HttpStatusCode expected) =>
        (await SendAsync(Mint(payload => payload[claim] = host.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds()))).ShouldBe(expected);

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var parts = Mint().Split('.');

        (await SendAsync($"{TestTokens.Encode("""{"alg":"none","typ":"JWT","kid":"key-1"}""")}.{parts[1]}.")).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync($"{parts[0]}.{parts[1]}.")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_shared_secret_is_refused()
    {
        var payload = Mint().Split('.')[1];
        var input = $"{TestTokens.Encode("""{"alg":"HS256","typ":"JWT","kid":"key-1"}""")}.{payload}";
        var mac = HMACSHA256.HashData(host.Tokens.PublicKey, Encoding.ASCII.GetBytes(input));

        (await SendAsync($"{input}.{System.Buffers.Text.Base64Url.EncodeToString(mac)}")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("RS512")]
    [InlineData("PS256")]
    public async Task A_token_signed_by_the_right_key_in_another_way_is_refused(string algorithm)
    {
        var (hash, padding) = algorithm == "RS512"
            ? (HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)
            : (HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        var token = host.Tokens.Sign($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"key-1"}""", Payload(), hash, padding);

        (await SendAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_without_a_key_id_is_refused()
    {
        var header = Header();
        header.Remove("kid");

        (await SendAsync(host.Tokens.Sign(header, Payload()))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_good_token_that_is_encrypted_to_the_issuers_key_is_refused()
    {
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(host.Tokens.PublicKey, out _);
        var recipient = new RsaSecurityKey(key) { KeyId = host.Tokens.KeyId };
        var wrapped = new JsonWebTokenHandler().EncryptToken(
            Mint(), new EncryptingCredentials(recipient, SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes128CbcHmacSha256));

        (await SendAsync(wrapped)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_with_a_changed_payload_is_refused()
    {
        var parts = Mint().Split('.');
        var payload = Payload().Replace("anna", "boss", StringComparison.Ordinal);

        (await SendAsync($"{parts[0]}.{TestTokens.Encode(payload)}.{parts[2]}")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("....")]
    public async Task What_is_no_token_is_refused(string token) => (await SendAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_above_the_size_cap_is_refused() =>
        (await SendAsync(Mint(payload => payload["padding"] = new string('x', 8 * 1024)))).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_in_the_query_is_not_looked_at() =>
        (await host.Anonymous.GetAsync($"/probe?access_token={Mint()}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_with_critical_headers_is_refused()
    {
        var header = Header();
        header["crit"] = new JsonArray("b64");
        header["b64"] = true;

        (await SendAsync(host.Tokens.Sign(header, Payload()))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_request_without_token_is_answered_with_a_problem()
    {
        var answer = await host.Anonymous.GetAsync("/probe", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await answer.CodeAsync(Cancel)).ShouldBe("unauthenticated");
    }

    [Theory]
    [InlineData("https://id.example.org", true)]
    [InlineData("https://id.example.org.evil.example", false)]
    [InlineData("http://id.example.org", false)]
    [InlineData("null", false)]
    public async Task Only_the_configured_origin_may_call_from_a_browser(string origin, bool allowed)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/probe");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization");

        var answer = await host.Anonymous.SendAsync(preflight, Cancel);

        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    private string Mint(Action<JsonObject>? change = null) => host.Mint(change);

    private JsonObject Header() => host.Header();

    private string Payload() => host.Payload();

    private string Sign(string header) => host.Tokens.Sign(header, Payload(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private Task<HttpStatusCode> SendAsync(string token) => host.SendAsync(token, Cancel);
}
