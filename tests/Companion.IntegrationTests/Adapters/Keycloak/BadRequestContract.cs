using System.Net;
using System.Net.Mime;
using System.Text;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>What is asked wrongly is answered with a status and a code that programs can go by.</summary>
public abstract class BadRequestContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Theory]
    [InlineData("", 400, "invalid_request")]
    [InlineData("grant_type=magic&client_id=account-console", 400, "unsupported_grant_type")]
    [InlineData("grant_type=client_credentials", 401, "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=nobody&client_secret=x", 401, "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=companion&client_secret=wrong", 401, "unauthorized_client")]
    [InlineData("grant_type=client_credentials&client_id=companion", 401, "unauthorized_client")]
    [InlineData("grant_type=client_credentials&client_id=companion-api&client_secret=x", 401, "unauthorized_client")]
    [InlineData("grant_type=client_credentials&client_id=account-console", 401, "unauthorized_client")]
    [InlineData("grant_type=client_credentials&client_id=companion&client_secret={secret}&scope=nonsense", 400, "invalid_scope")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials&client_id=companion&client_secret={secret}", 400, "invalid_request")]
    [InlineData("grant_type=password&client_id=account-console&username=x&password=y", 400, "unauthorized_client")]
    [InlineData("grant_type=password&client_id=admin-cli&username=nobody&password=y", 400, "invalid_grant")]
    [InlineData("grant_type=password&client_id=admin-cli", 401, "invalid_request")]
    [InlineData("grant_type=authorization_code&client_id=account-console", 400, "invalid_request")]
    [InlineData("grant_type=authorization_code&client_id=account-console&code=abc", 400, "invalid_grant")]
    [InlineData("grant_type=refresh_token&client_id=account-console", 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&client_id=account-console&refresh_token=abc", 400, "invalid_grant")]
    public async Task The_token_endpoint_says_what_is_wrong(string form, int status, string error)
    {
        var answer = await PostTokenAsync(form.Replace("{secret}", Keycloak.ClientSecret, StringComparison.Ordinal), MediaTypeNames.Application.FormUrlEncoded);
        ((int)answer.Status).ShouldBe(status, answer.Text);
        answer.Error.ShouldBe(error);
        ((string?)answer.Json["error_description"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_token_endpoint_takes_forms_only()
    {
        var answer = await PostTokenAsync("""{"grant_type":"client_credentials"}""", MediaTypeNames.Application.Json);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Error.ShouldBe("invalid_request");
        (await Visitor().SendAsync(new HttpRequestMessage(HttpMethod.Get, Visitor().Endpoint("token")))).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("client_id=nobody&response_type=code&redirect_uri={redirect}", 400)]
    [InlineData("client_id=companion-join&client_id=x&response_type=code&redirect_uri={redirect}", 400)]
    [InlineData("client_id=companion-join&response_type=code&redirect_uri=http://evil.example/", 400)]
    [InlineData("client_id=companion&response_type=code&redirect_uri={redirect}", 400)]
    [InlineData("client_id=companion-api&response_type=code&redirect_uri={redirect}", 403)]
    public async Task A_request_that_no_client_can_be_told_about_ends_on_a_page(string query, int status)
    {
        foreach (var endpoint in (string[])["auth", "registrations"])
        {
            var answer = await AskAsync(endpoint, query);
            ((int)answer.Status).ShouldBe(status, answer.Text);
            answer.Location.ShouldBeNull();
            answer.Text.ShouldContain("We are sorry...");
        }
    }

    [Theory]
    [InlineData("client_id=companion-join&state=s1", "invalid_request")]
    [InlineData("client_id=companion-join&response_type=magic&state=s1", "unsupported_response_type")]
    [InlineData("client_id=companion-join&response_type=code&scope=nonsense&state=s1", "invalid_scope")]
    [InlineData("client_id=companion-join&response_type=code&scope=openid&invite=a&invite=b&state=s1", "invalid_request")]
    [InlineData("client_id=companion-join&response_type=code&state=s1", "invalid_request")]
    [InlineData("client_id=companion-join&response_type=code&prompt=none&state=s1&code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&code_challenge_method=S256", "login_required")]
    [InlineData("client_id=account-console&response_type=code&state=s1", "invalid_request")]
    [InlineData("client_id=account-console&response_type=code&state=s1&code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&code_challenge_method=plain", "invalid_request")]
    [InlineData("client_id=account-console&response_type=code&state=s1&code_challenge=short&code_challenge_method=S256", "invalid_request")]
    public async Task Any_other_bad_request_is_told_to_the_client(string query, string error)
    {
        var answer = await AskAsync("auth", $"{query}&redirect_uri={{redirect}}");
        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Text);
        var told = answer.Location.ShouldNotBeNull().Query;
        told.ShouldContain($"error={error}");
        told.ShouldContain("state=s1");
        told.ShouldContain($"iss={Uri.EscapeDataString(Keycloak.RealmUrl)}");
    }

    [Theory]
    [InlineData("post_logout_redirect_uri={redirect}", 400)]
    [InlineData("client_id=account-console&post_logout_redirect_uri=http://evil.example/", 400)]
    [InlineData("", 200)]
    public async Task Signing_out_leads_nowhere_that_is_not_known(string query, int status)
    {
        var answer = await AskAsync("logout", query);
        ((int)answer.Status).ShouldBe(status);
        answer.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("/realms/nowhere")]
    [InlineData("/realms/nowhere/.well-known/openid-configuration")]
    [InlineData("/realms/community/nonsense")]
    [InlineData("/nonsense")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        var answer = await Visitor().SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Keycloak.BaseUrl}{path}"));
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Error.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("login-actions/registration?client_id=companion-join&tab_id=made-up")]
    [InlineData("login-actions/required-action")]
    [InlineData("login-actions/authenticate?session_code=made-up")]
    public async Task A_form_that_nobody_was_given_leads_nowhere(string path)
    {
        var page = await Visitor().Browser.PostAsync($"{Keycloak.RealmUrl}/{path}", [KeyValuePair.Create("username", "x")], Ct);
        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("Restart login cookie not found.");
    }

    private Task<RealmAnswer> PostTokenAsync(string body, string mediaType) => Visitor().SendAsync(
        new HttpRequestMessage(HttpMethod.Post, Visitor().Endpoint("token")) { Content = new StringContent(body, Encoding.UTF8, mediaType) });

    private Task<RealmAnswer> AskAsync(string endpoint, string query)
    {
        var visitor = Visitor();
        var filled = query.Replace("{redirect}", Uri.EscapeDataString(visitor.Redirect), StringComparison.Ordinal);
        return visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{visitor.Endpoint(endpoint)}?{filled}"));
    }
}

public sealed class StandInBadRequestTests(StandInKeycloak keycloak) : BadRequestContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealBadRequestTests(RealKeycloak keycloak) : BadRequestContract(keycloak);
