using System.Net;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>The companion sets a person's picture, and everything that reads the profile scope sees it.</summary>
public abstract class PictureContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    private const string Picture = "https://media.example.org/a.png?size=96#face";

    [Fact]
    public async Task A_picture_is_set_replaced_and_removed_and_a_repeated_call_changes_nothing()
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New() with { FirstName = "Anna" }, Ct);
        foreach (var (url, changed) in ((string?, bool)[])
            [(Picture, true), (Picture, false), ("http://127.0.0.1:8080/b", true), (null, true), (null, false)])
        {
            (await PutAsync(id, url is null ? """{"url":null}""" : $$"""{"url":"{{url}}"}""")).Text.ShouldBe($$"""{"changed":{{(changed ? "true" : "false")}}}""");
            var account = await Keycloak.Admin.GetAsync($"users/{id}", Ct);
            ((string?)account["attributes"]?["picture"]?[0]).ShouldBe(url);
            ((string?)account["firstName"]).ShouldBe("Anna");
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{not json""")]
    [InlineData("""{"url":5}""")]
    [InlineData("""{"url":""}""")]
    [InlineData("""{"url":"a.png"}""")]
    [InlineData("""{"url":"//media.example.org/a.png"}""")]
    [InlineData("""{"url":"ftp://media.example.org/a.png"}""")]
    [InlineData("""{"url":"javascript:alert(1)"}""")]
    [InlineData("""{"url":"data:image/png;base64,AA"}""")]
    [InlineData("""{"url":"https:///a.png"}""")]
    [InlineData("""{"url":"https://alice:secret@media.example.org/a.png"}""")]
    [InlineData("""{"url":"https://media.example.org/a b.png"}""")]
    public async Task What_is_no_address_of_a_picture_is_refused(string body)
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        var answer = await PutAsync(id, body);
        (answer.Status, (string?)answer.Json["code"]).ShouldBe((HttpStatusCode.BadRequest, "malformed"));
        (await Keycloak.Admin.GetAsync($"users/{id}", Ct))["attributes"]?["picture"].ShouldBeNull();
    }

    [Fact]
    public async Task An_address_has_at_most_2000_characters()
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        var longest = "https://media.example.org/".PadRight(2000, 'a');
        (await PutAsync(id, $$"""{"url":"{{longest}}a"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PutAsync(id, $$"""{"url":"{{longest}}"}""")).Status.ShouldBe(HttpStatusCode.OK);
        ((string?)(await Keycloak.Admin.GetAsync($"users/{id}", Ct))["attributes"]!["picture"]![0]).ShouldBe(longest);
    }

    [Fact]
    public async Task Only_the_companion_sets_pictures_and_only_of_people()
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Password = "a-password-of-a-test" };
        var id = await Keycloak.AddAccountAsync(seed, Ct);
        var tokens = await Visitor().TokensAsync(seed.Username, seed.Password!);
        foreach (var (token, status, code) in ((string, HttpStatusCode, string)[])
            [("", HttpStatusCode.Unauthorized, "unauthenticated"), ((string)tokens["access_token"]!, HttpStatusCode.Forbidden, "forbidden")])
        {
            using var other = new CompanionCaller(Keycloak) { Token = token };
            var refused = await other.PutAsync($"pictures/{id}", """{"url":null}""", Ct);
            (refused.Status, (string?)refused.Json["code"]).ShouldBe((status, code));
        }

        var unknown = await PutAsync("none", """{"url":null}""");
        (unknown.Status, (string?)unknown.Json["code"]).ShouldBe((HttpStatusCode.NotFound, "account_unknown"));
    }

    [Fact]
    public async Task Tokens_and_user_info_carry_the_picture()
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Password = "a-password-of-a-test" };
        var id = await Keycloak.AddAccountAsync(seed, Ct);
        var visitor = Visitor();
        (await ClaimsAsync(visitor, seed)).ShouldAllBe(picture => picture == null);
        await PutAsync(id, $$"""{"url":"{{Picture}}"}""");
        (await ClaimsAsync(visitor, seed)).ShouldBe([Picture, Picture, Picture]);
    }

    [Fact]
    public async Task Nobody_registers_with_a_picture()
    {
        var person = Peer.Invite();
        var visitor = Visitor();
        var form = await visitor.OpenRegistrationAsync(person);
        form.Has("picture").ShouldBeFalse();
        await visitor.RegisterAsync(form, person, ("picture", Picture));
        var account = (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull();
        account["attributes"]!["picture"].ShouldBeNull();
    }

    private async Task<RealmAnswer> PutAsync(string id, string body)
    {
        using var companion = new CompanionCaller(Keycloak);
        return await companion.PutAsync($"pictures/{id}", body, Ct);
    }

    private async Task<string?[]> ClaimsAsync(RealmVisitor visitor, AccountSeed seed)
    {
        var tokens = await visitor.TokensAsync(seed.Username, seed.Password!);
        var keys = (await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, visitor.Endpoint("certs")))).Json["keys"]!;
        var request = new HttpRequestMessage(HttpMethod.Get, visitor.Endpoint("userinfo"));
        request.Headers.Authorization = new("Bearer", (string)tokens["access_token"]!);
        return
        [
            (string?)PublishedKeys.Read((string)tokens["access_token"]!, keys)["picture"],
            (string?)PublishedKeys.Read((string)tokens["id_token"]!, keys)["picture"],
            (string?)(await visitor.SendAsync(request)).Json["picture"],
        ];
    }
}

public sealed class StandInPictureTests(StandInKeycloak keycloak) : PictureContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealPictureTests(RealKeycloak keycloak) : PictureContract(keycloak);
