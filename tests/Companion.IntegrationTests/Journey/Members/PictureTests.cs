using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Adapters.Matrix;
using Companion.IntegrationTests.Journey.Onboarding;

namespace Companion.IntegrationTests.Journey.Members;

public sealed class PictureTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly byte[] Face = SampleJpeg.Of(96, 96);

    private OnboardingScene _lab = null!;
    private HttpClient _alice = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await OnboardingScene.StartAsync(postgres);
        _alice = _lab.Host.ClientOf("alice");
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_picture_is_seen_by_everybody_told_to_the_identity_provider_and_becomes_the_avatar()
    {
        var url = await SetAsync(SampleJpeg.Of(96, 96, (0xE1, SampleJpeg.Exif("52.52 N"))));
        (await MeAsync()).GetProperty("pictureUrl").GetString().ShouldBe(url);
        using var shown = await ShowAsync(url);
        (await shown.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(Face, "without the place");
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

        await _lab.WorkAsync();
        _lab.Host.IdentityProvider.Pictures.ShouldBe([(new AccountId("alice"), url)]);
        (await AvatarAsync()).ShouldStartWith("mxc://");
    }

    [Fact]
    public async Task A_picture_that_is_replaced_or_removed_is_nowhere_any_more()
    {
        var first = await SetAsync(Face);
        var second = await SetAsync(SampleJpeg.Of(64, 64));
        using (var gone = await ShowAsync(first))
        {
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        await _lab.WorkAsync();
        _lab.Host.IdentityProvider.Pictures.Select(picture => picture.Url).Distinct().ShouldBe([second]);
        using (var removed = await _alice.DeleteAsync("/api/v1/me/picture", Ct))
        {
            removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        await _lab.WorkAsync();
        (await MeAsync()).GetProperty("pictureUrl").ValueKind.ShouldBe(JsonValueKind.Null);
        _lab.Host.IdentityProvider.Pictures.Last().Url.ShouldBeNull();
        (await AvatarAsync()).ShouldBe("");
        using var last = await ShowAsync(second);
        last.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_picture_waits_out_an_identity_provider_that_is_down()
    {
        await MeAsync(); // who was here just now is let in meanwhile
        _lab.Host.IdentityProvider.Failure = new IdentityProviderException("identity_provider_unreachable", isTransient: true);
        await SetAsync(Face);
        await _lab.WorkAsync();
        _lab.Host.IdentityProvider.Pictures.ShouldBeEmpty();
        _lab.Host.IdentityProvider.Failure = null;
        await _lab.LaterAsync(TimeSpan.FromHours(1));
        _lab.Host.IdentityProvider.Pictures.Count.ShouldBe(1);
        (await AvatarAsync()).ShouldStartWith("mxc://");
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_the_one_there_is_stays()
    {
        var url = await SetAsync(Face);
        (await RefusedAsync("<svg/>"u8.ToArray())).ShouldBe((HttpStatusCode.UnprocessableEntity, "picture_malformed"));
        (await RefusedAsync([])).ShouldBe((HttpStatusCode.UnprocessableEntity, "picture_malformed"));
        (await RefusedAsync(SampleJpeg.Of(513, 10))).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "picture_too_large"));
        (await RefusedAsync(new byte[300 * 1024])).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "picture_too_large"));
        (await RefusedAsync(new byte[2 * 1024 * 1024])).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "request_too_large"));
        (await RefusedAsync(Face, "image/png")).ShouldBe((HttpStatusCode.UnsupportedMediaType, "media_type_unsupported"));
        (await MeAsync()).GetProperty("pictureUrl").GetString().ShouldBe(url);
    }

    [Fact]
    public async Task Without_a_token_nobody_sets_a_picture()
    {
        using var answer = await _lab.Host.Anonymous.PutAsync("/api/v1/me/picture", Content(Face), Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<string> SetAsync(byte[] jpeg)
    {
        using var answer = await _alice.PutAsync("/api/v1/me/picture", Content(jpeg), Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("url").GetString()!;
    }

    private async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(byte[] bytes, string type = "image/jpeg")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/me/picture") { Content = Content(bytes, type) };
        using var answer = await _alice.SendAskingAsync(request, Ct);
        return (answer.StatusCode, await answer.CodeAsync(Ct));
    }

    /// <summary>At this companion, whatever the address says: tests have no public one.</summary>
    private Task<HttpResponseMessage> ShowAsync(string url) => _lab.Host.Anonymous.GetAsync(new Uri(url).AbsolutePath, Ct);

    private async Task<JsonElement> MeAsync() => await _alice.GetFromJsonAsync<JsonElement>("/api/v1/me", Ct);

    private async Task<string?> AvatarAsync() =>
        (await _lab.Chat.AdminAsync(HttpMethod.Get, $"v2/users/{ChatScene.Escape(_lab.Chat.Owner.UserId)}")).GetProperty("avatar_url").GetString();

    private static ByteArrayContent Content(byte[] bytes, string type = "image/jpeg") =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
