using System.Text;
using Companion.Adapters.Keycloak;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Answers that no real server is sure to give: whatever they hold, the rest of them is read, and operators learn of refusals.</summary>
public sealed class KeycloakAnswerTests : IAsyncLifetime
{
    private readonly CapturedLog _log = new();
    private WebApplication _server = null!;
    private ServiceProvider _services = null!;
    private byte[] _users = [];
    private int _status = StatusCodes.Status200OK;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IIdentityProvider IdentityProvider => _services.GetRequiredService<IIdentityProvider>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapPost("/realms/test/protocol/openid-connect/token", () => Results.Json(new { access_token = "s3cr3t-token", expires_in = 60 }));
        _server.MapGet("/admin/realms/test/users", async (HttpContext http) =>
        {
            http.Response.StatusCode = _status;
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(_users, Cancel);
        });
        await _server.StartAsync(Cancel);

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keycloak:BaseUrl"] = _server.Urls.First(),
            ["Keycloak:PublicUrl"] = "https://id.example.org",
            ["Keycloak:Realm"] = "test",
            ["Keycloak:ClientSecret"] = "s3cr3t-client",
        }).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => logging.AddProvider(_log));
        services.AddOptions<DirectoryOptions>();
        services.AddKeycloak();
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData("""\ud800""", "\uFFFD")]
    [InlineData("""a\udc00b""", "a\uFFFDb")]
    [InlineData("""\ud800\ud83d\ude00\udc00""", "\uFFFD\uD83D\uDE00\uFFFD")]
    [InlineData("""nul\u0000""", "nul\uFFFD")]
    [InlineData("""\\ud800 \"quoted\" \u00fc \n""", "\\ud800 \"quoted\" ü \n")]
    public async Task One_odd_name_takes_no_other_name_away(string written, string read)
    {
        _users = Encoding.UTF8.GetBytes(
            $$"""
            [{"id":"odd","username":"odd","enabled":true,"firstName":"{{written}}x","attributes":{"note":["{{written}}"] } },
             {"id":"ben","username":"ben","enabled":true,"firstName":"Ben","lastName":"Böe"}]
            """);

        var names = await IdentityProvider.NamesAsync([new("odd"), new("ben")], Cancel);

        names.ShouldBe(new Dictionary<AccountId, string> { [new("odd")] = $"{read}x", [new("ben")] = "Ben Böe" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_read_as_such()
    {
        _users = [.. """[{"id":"odd","username":"odd","enabled":true,"firstName":"a"""u8, 0xED, 0xA0, 0x80, .. "\"}]"u8];

        (await IdentityProvider.NamesAsync([new("odd")], Cancel))[new("odd")].ShouldStartWith("a\uFFFD");
    }

    [Theory]
    [InlineData(403, """{"error":"HTTP 403 Forbidden"}""", "http_403")]
    [InlineData(422, """{"code":"group_not_allowed"}""", "group_not_allowed")]
    [InlineData(200, "no json", "answer_malformed")]
    public async Task A_refusal_is_logged_with_what_was_asked_and_no_address_or_secret(int status, string body, string code)
    {
        (_status, _users) = (status, Encoding.UTF8.GetBytes(body));

        (await Should.ThrowAsync<IdentityProviderException>(
            () => IdentityProvider.FindByAddressAsync(EmailAddress.FromStored("anna@example.org"), Cancel))).Code.ShouldBe(code);

        var line = _log.Lines.Where(line => line.StartsWith("Warning Companion.Adapters.Keycloak", StringComparison.Ordinal)).ShouldHaveSingleItem();
        line.ShouldContain(code);
        line.ShouldContain("FindUsersByEmail");
        _log.Lines.ShouldNotContain(line => line.Contains("anna") || line.Contains("s3cr3t"));
    }
}
