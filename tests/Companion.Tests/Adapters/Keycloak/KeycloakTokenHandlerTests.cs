using System.Globalization;
using System.Net;
using Companion.Adapters.Keycloak;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Adapters.Keycloak;

public sealed class KeycloakTokenHandlerTests : IDisposable
{
    private readonly Server _server = new();
    private readonly Clock _clock = new();
    private readonly KeycloakTokens _tokens;
    private readonly HttpClient _client;

    public KeycloakTokenHandlerTests()
    {
        var options = Options.Create(new KeycloakOptions { BaseUrl = "http://id.test", Realm = "com munity", ClientId = "companion", ClientSecret = "not&plain" });
        _tokens = new KeycloakTokens(new HttpClient(_server), options, _clock);
        _client = new HttpClient(new KeycloakTokenHandler(_tokens) { InnerHandler = _server });
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _tokens.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task One_token_serves_calls_until_shortly_before_its_end()
    {
        await CallAsync();
        _clock.Now += TimeSpan.FromSeconds(44);
        await CallAsync();
        _server.Tokens.ShouldBe(1);
        _clock.Now += TimeSpan.FromSeconds(2);
        await CallAsync();
        _server.Tokens.ShouldBe(2);
        _server.Bearers.ShouldBe(["token-1", "token-1", "token-2"]);
    }

    [Fact]
    public async Task The_credentials_go_to_the_realms_token_endpoint_only()
    {
        await CallAsync();
        _server.TokenRequest.ShouldBe(
            "http://id.test/realms/com%20munity/protocol/openid-connect/token grant_type=client_credentials&client_id=companion&client_secret=not%26plain");
    }

    [Fact]
    public async Task Many_calls_at_once_fetch_one_token()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CallAsync()));
        _server.Tokens.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        await CallAsync();
        _server.Refused.Add("token-1");
        (await CallAsync()).ShouldBe(HttpStatusCode.OK);
        _server.Tokens.ShouldBe(2);
        _server.Refused.Add("token-2");
        _server.Refused.Add("token-3");
        (await CallAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        _server.Tokens.ShouldBe(3);
    }

    [Fact]
    public async Task Refused_credentials_are_a_failure_that_an_operator_can_heal()
    {
        _server.TokenStatus = HttpStatusCode.Unauthorized;
        var failure = await Should.ThrowAsync<IdentityProviderException>(CallAsync);
        failure.Code.ShouldBe("token_http_401");
        failure.IsTransient.ShouldBeTrue();
        failure.ToString().ShouldNotContain("not&plain");
        _server.TokenStatus = HttpStatusCode.OK;
        (await CallAsync()).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> CallAsync()
    {
        using var response = await _client.GetAsync(new Uri("http://id.test/admin/realms/x/users/1"), Ct);
        return response.StatusCode;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Server : HttpMessageHandler
    {
        public int Tokens { get; private set; }

        public HttpStatusCode TokenStatus { get; set; } = HttpStatusCode.OK;

        public HashSet<string> Refused { get; } = [];

        public List<string> Bearers { get; } = [];

        public string TokenRequest { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (request.Method == HttpMethod.Post)
            {
                TokenRequest = $"{request.RequestUri!.AbsoluteUri} {await request.Content!.ReadAsStringAsync(cancellationToken)}";
                request.Headers.Authorization.ShouldBeNull();
                Tokens++;
                return new HttpResponseMessage(TokenStatus)
                {
                    Content = new StringContent(string.Create(
                        CultureInfo.InvariantCulture, $$"""{"access_token":"token-{{Tokens}}","expires_in":60,"token_type":"Bearer"}""")),
                };
            }

            var bearer = request.Headers.Authorization!.Parameter!;
            lock (Bearers)
            {
                Bearers.Add(bearer);
            }

            return new HttpResponseMessage(Refused.Contains(bearer) ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        }
    }
}
