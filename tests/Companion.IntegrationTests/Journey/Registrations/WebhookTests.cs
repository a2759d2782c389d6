using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Companion.IntegrationTests.Journey.Registrations;

public sealed class WebhookTests(RegistrationScene world) : IClassFixture<RegistrationScene>
{
    private static readonly string Handle = new('x', 80);

    private static readonly Dictionary<string, object> Messages = new()
    {
        ["inspect"] = new { type = "inspect", realm = "community", handle = Handle },
        ["claim"] = new
        {
            type = "claim",
            realm = "community",
            handle = Handle,
            claimKey = new string('k', 43),
            accountId = "a",
            address = "a@example.org",
            displayName = "A",
        },
        ["release"] = new { type = "release", realm = "community", handle = Handle, claimKey = new string('k', 43), accountId = "a" },
        ["waiting"] = new { type = "waiting", realm = "community", inviteId = Guid.Empty, accountId = "a" },
        ["facts"] = new { type = "registered", realm = "community", inviteId = Guid.Empty, claimKey = new string('k', 43), accountId = "a", displayName = "A" },
    };

    public static TheoryData<string> Endpoints => [.. Messages.Keys];

    public static TheoryData<string, string> CrossPosts =>
        [.. from message in Messages.Keys from endpoint in Messages.Keys where message != endpoint select (message, endpoint)];

    private static byte[] Inspect => JsonSerializer.SerializeToUtf8Bytes(Messages["inspect"]);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_signed_message_is_heard(string endpoint) =>
        (await world.SendAsync(endpoint, Messages[endpoint])).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task What_a_later_provider_says_besides_is_passed_over(string endpoint)
    {
        var message = JsonSerializer.SerializeToNode(Messages[endpoint])!.AsObject();
        message["more"] = new JsonObject { ["of"] = new JsonArray("a later version", null, 1) };
        (await world.SendAsync(endpoint, message)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(CrossPosts))]
    public async Task A_message_for_one_endpoint_is_no_good_at_another(string message, string endpoint) =>
        Refused(await world.SendAsync(endpoint, Messages[message]), HttpStatusCode.Unauthorized, "webhook_not_accepted");

    [Theory]
    [InlineData(-300, HttpStatusCode.OK)]
    [InlineData(300, HttpStatusCode.OK)]
    [InlineData(-301, HttpStatusCode.Unauthorized)]
    [InlineData(301, HttpStatusCode.Unauthorized)]
    public async Task A_timestamp_may_be_five_minutes_off(int seconds, HttpStatusCode status) =>
        (await world.SendAsync("inspect", Inspect, skew: TimeSpan.FromSeconds(seconds))).Status.ShouldBe(status);

    [Fact]
    public async Task The_secret_before_a_rotation_is_taken_and_an_unknown_one_is_not()
    {
        (await world.SendAsync("inspect", Inspect, key: world.PreviousKey)).Status.ShouldBe(HttpStatusCode.OK);
        NotAccepted(await world.SendAsync("inspect", Inspect, key: RandomNumberGenerator.GetBytes(32)));
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public async Task A_header_must_be_there_exactly_once(string header)
    {
        NotAccepted(await world.SendAsync("inspect", Inspect, alter: request => request.Headers.Remove(header)));
        NotAccepted(await world.SendAsync(
            "inspect", Inspect, alter: request => request.Headers.Add(header, request.Headers.GetValues(header).Single())));
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    [InlineData("Content-Type")]
    public async Task A_header_line_that_comes_twice_is_refused(string header)
    {
        (await world.SendLinesAsync("inspect", Inspect, null)).ShouldStartWith("HTTP/1.1 200");
        (await world.SendLinesAsync("inspect", Inspect, header)).ShouldStartWith("HTTP/1.1 4");
    }

    [Theory]
    [InlineData("msg.1")]
    [InlineData("msg 1")]
    [InlineData("")]
    public async Task An_id_of_another_form_is_refused(string id) => NotAccepted(await world.SendAsync("inspect", Inspect, id));

    [Fact]
    public async Task An_id_of_endless_length_is_refused() => NotAccepted(await world.SendAsync("inspect", Inspect, new string('m', 129)));

    [Fact]
    public async Task Another_body_under_the_same_signature_is_refused() => NotAccepted(await world.SendAsync(
        "inspect",
        Inspect,
        alter: request =>
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { type = "inspect", realm = "community", handle = "y" }));
            request.Content.Headers.ContentType = new("application/json");
        }));

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task Only_JSON_is_read(string? type, HttpStatusCode status) => (await world.SendAsync(
        "inspect",
        Inspect,
        alter: request => request.Content!.Headers.ContentType = type is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type))).Status.ShouldBe(status);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_has_16_kilobytes_at_most(bool chunked)
    {
        var body = Encoding.ASCII.GetBytes(JsonSerializer.Serialize(Messages["inspect"]).PadRight((16 * 1024) + 1));
        void Alter(HttpRequestMessage request) => request.Headers.TransferEncodingChunked = chunked;
        Refused(await world.SendAsync("inspect", body, alter: Alter), HttpStatusCode.RequestEntityTooLarge, "request_too_large");
        (await world.SendAsync("inspect", body[..^1], alter: Alter)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{ "type": "inspect", "realm": "other", "handle": "x" }""")]
    [InlineData("""{ "type": "inspect", "realm": "Community", "handle": "x" }""")]
    [InlineData("""{ "type": "inspect", "handle": "x" }""")]
    [InlineData("""{ "type": "INSPECT", "realm": "community", "handle": "x" }""")]
    public async Task A_message_of_another_realm_or_type_is_refused(string body) =>
        NotAccepted(await world.SendAsync("inspect", Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("inspect", "")]
    [InlineData("inspect", "null")]
    [InlineData("inspect", "[]")]
    [InlineData("inspect", "{")]
    [InlineData("inspect", """{ "realm": "community", "handle": "x" }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community" }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community", "handle": null }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community", "handle": "" }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community", "handle": 1 }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community", "Handle": "x" }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community", "handle": "x", "more": 1, "more": 1 }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community", "handle": "x", "more": { "a": 1, "a": 1 } }""")]
    [InlineData("inspect", """{ "type": "inspect", "type": "inspect", "realm": "community", "handle": "x" }""")]
    [InlineData("inspect", """{ "type": "inspect", "realm": "community", "handle": "x" } {}""")]
    [InlineData("facts", """{ "type": "approved", "realm": "community", "inviteId": "x", "accountId": "a" }""")]
    [InlineData("facts", """{ "type": "approved", "realm": "community", "inviteId": null, "accountId": "a" }""")]
    [InlineData("facts", """{ "type": "approved", "realm": "community", "inviteId": "00000000-0000-0000-0000-000000000001", "accountId": null }""")]
    [InlineData("facts", """{ "type": "approved", "realm": "community", "inviteId": "00000000-0000-0000-0000-000000000001", "accountId": "a b" }""")]
    [InlineData("waiting", """{ "type": "waiting", "realm": "community", "inviteId": "00000000-0000-0000-0000-000000000001", "accountId": "" }""")]
    [InlineData("waiting", """{ "type": "waiting", "realm": "community", "inviteId": "00000000-0000-0000-0000-000000000001", "accountId": "a", "text": 1 }""")]
    [InlineData("release", """{ "type": "release", "realm": "community", "handle": "x", "claimKey": "short", "accountId": "a" }""")]
    public async Task A_malformed_message_is_a_bug_of_the_sender(string endpoint, string body) =>
        Refused(await world.SendAsync(endpoint, Encoding.UTF8.GetBytes(body)), HttpStatusCode.BadRequest, "request_malformed");

    [Fact]
    public async Task Deep_nesting_is_refused() => Refused(
        await world.SendAsync("inspect", Encoding.ASCII.GetBytes(new string('[', 8000) + new string(']', 8000))), HttpStatusCode.BadRequest, "request_malformed");

    [Fact]
    public async Task Nothing_personal_or_secret_is_logged()
    {
        var invite = await world.IssueAsync();
        var (handle, key) = (world.Handle(invite), RegistrationScene.NewKey());
        (await world.ClaimAsync(handle, key, "logged")).ShouldAccept();
        (await world.SendAsync("claim", Messages["inspect"])).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var log = string.Join('\n', world.Host.LogLines);
        log.ShouldContain("was not accepted: type");
        log.ShouldNotContain(handle);
        log.ShouldNotContain(key);
        log.ShouldNotContain("example.org", Case.Insensitive);
        log.ShouldNotContain(Convert.ToBase64String(world.Key));
    }

    private static void NotAccepted(Reply reply) => Refused(reply, HttpStatusCode.Unauthorized, "webhook_not_accepted");

    private static void Refused(Reply reply, HttpStatusCode status, string code)
    {
        reply.Status.ShouldBe(status, reply.Body);
        reply.Code.ShouldBe(code);
    }
}
