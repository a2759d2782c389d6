using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>An answer of the server to a program.</summary>
internal sealed record RealmAnswer(HttpStatusCode Status, string Text, Uri? Location)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Error => (string?)Json["error"];
}

/// <summary>Somebody's browser at a realm's pages, and a client's requests to its endpoints.</summary>
/// <param name="realmUrl">The tests' own realm by default.</param>
internal sealed class RealmVisitor(KeycloakUnderTest keycloak, CancellationToken cancellationToken, string? realmUrl = null) : IDisposable
{
    public const string Console = "account-console";

    public const string Join = "companion-join";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Browser Browser { get; } = new();

    public string Redirect => $"{realmUrl ?? keycloak.RealmUrl}/account/";

    public string Endpoint(string name) => $"{realmUrl ?? keycloak.RealmUrl}/protocol/openid-connect/{name}";

    /// <summary>The address of the registration endpoint as the companion's landing page makes it.</summary>
    public string RegistrationUrl(string? handle, string more = "") =>
        $"{Endpoint("registrations")}?client_id={Join}&response_type=code&scope=openid&redirect_uri={Uri.EscapeDataString($"{Redirect}welcome")}"
        + $"{(handle is null ? "" : $"&invite={Uri.EscapeDataString(handle)}")}{more}{Challenge(more)}";

    public Task<Page> OpenRegistrationAsync(InvitedPerson person, string more = "") =>
        Browser.OpenAsync(RegistrationUrl(person.Handle, more), cancellationToken);

    public Task<Page> RegisterAsync(Page form, InvitedPerson person, params (string Name, string Value)[] changes)
    {
        var answers = new Dictionary<string, string>
        {
            ["username"] = person.Username,
            ["firstName"] = "Anna",
            ["lastName"] = "Anders",
            ["password"] = person.Password,
            ["password-confirm"] = person.Password,
        };
        foreach (var (name, value) in changes)
        {
            answers[name] = value;
        }

        return Browser.SubmitAsync(form, "#kc-register-form", answers, cancellationToken);
    }

    public string AuthorizationUrl(string client, string more = "") =>
        $"{Endpoint("auth")}?client_id={client}&response_type=code&scope=openid&redirect_uri={Uri.EscapeDataString(Redirect)}{more}{(client == Join ? Challenge(more) : "")}";

    /// <summary>Through the login page, whether it asks for name and password on one page or on two.</summary>
    public async Task<Page> SignInAsync(string address, string username, string password)
    {
        var page = await Browser.OpenAsync(address, cancellationToken);
        if (page.Parameter("code") is not null)
        {
            return page; // signed in before
        }

        if (!page.Has("password"))
        {
            page = await Browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = username }, cancellationToken);
        }

        if (!page.Has("password"))
        {
            return page;
        }

        var answers = new Dictionary<string, string> { ["password"] = password };
        if (page.Has("username", "password"))
        {
            answers["username"] = username;
        }

        return await Browser.SubmitAsync(page, answers, cancellationToken);
    }

    /// <summary>Redeems a new code of the account console.</summary>
    public async Task<JsonNode> TokensAsync(string username, string password)
    {
        var (verifier, challenge) = Proof();
        var page = await SignInAsync(AuthorizationUrl(Console, $"&nonce=n1&code_challenge={challenge}&code_challenge_method=S256"), username, password);
        var answer = await RedeemAsync(page.Parameter("code").ShouldNotBeNull(page.Text), ("code_verifier", verifier));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    public Task<RealmAnswer> RedeemAsync(string code, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Console,
            ["code"] = code,
            ["redirect_uri"] = Redirect,
        };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return PostAsync("token", [.. fields.Select(field => (field.Key, field.Value))]);
    }

    public Task<RealmAnswer> PostAsync(string endpoint, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, Endpoint(endpoint))
    {
        Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
    });

    /// <summary>Sends one request as it is, without cookies, and follows nothing.</summary>
    public async Task<RealmAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return new RealmAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken), answer.Headers.Location);
        }
    }

    public static (string Verifier, string Challenge) Proof()
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (verifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    /// <summary>Registering needs one, as the landing page's link has it; nobody redeems the code.</summary>
    private static string Challenge(string more) =>
        more.Contains("code_challenge", StringComparison.Ordinal) ? "" : $"&code_challenge={Proof().Challenge}&code_challenge_method=S256";

    public void Dispose()
    {
        Browser.Dispose();
        _http.Dispose();
    }
}
