using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Companion.IntegrationTests.Foundation.Web;

public sealed class PlainRequestTests(PlainRequestTests.CountingHost host) : IClassFixture<PlainRequestTests.CountingHost>
{
    private static int _reached;

    private readonly int _before = _reached;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int Reached => _reached - _before;

    [Theory]
    [InlineData("/probe?search=%00", "search")]
    [InlineData("/probe?search=a%07b", "search")]
    [InlineData("/probe?search=a%0Ab", "search")]
    [InlineData("/probe?search=good&search=%1B", "search")]
    [InlineData("/probe?se%00arch=a", null)]
    [InlineData("/probe/a%07b", null)]
    [InlineData("/probe/a%1F", null)]
    public async Task An_address_with_a_control_character_is_refused_before_anything_reads_it(string path, string? field)
    {
        var answer = await host.Anonymous.GetAsync(path, Cancel);

        await ShouldBeRefusedAsync(answer, field);
    }

    [Theory]
    [InlineData("X-Anything: a\u0001b")]
    [InlineData("Idempotency-Key: \u0007")]
    [InlineData("If-None-Match: \"\u001B\"")]
    public async Task A_header_with_a_control_character_is_refused(string header)
    {
        var request = Encoding.Latin1.GetBytes($"GET /probe HTTP/1.1\r\nHost: companion\r\nConnection: close\r\n{header}\r\n\r\n");

        (await host.SendRawAsync(request, Cancel)).ShouldStartWith("HTTP/1.1 400 ");
        Reached.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"name":"a\u0000b","count":1}""")]
    [InlineData("""{"name":"a\u0007","count":1}""")]
    [InlineData("""{"name":"\u001b[31m","count":1}""")]
    [InlineData("""{"name":"half \ud800","count":1}""")]
    [InlineData("""{"name":"\udc00\ud800","count":1}""")]
    [InlineData("""{"name":"a","count":1,"children":[{"name":"\u0000","count":2}]}""")]
    [InlineData("""{"na\u0000me":"a","count":1}""")]
    [InlineData("\uFEFF{\"name\":\"\\u0000\",\"count\":1}")]
    public async Task A_body_with_a_control_character_or_half_a_character_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await ShouldBeRefusedAsync(await host.Anonymous.PostAsync("/probe", content, Cancel), null);
    }

    [Fact]
    public async Task A_body_in_another_encoding_is_refused_since_nothing_looks_into_it()
    {
        using var content = new StringContent("""{"name":"a\u0000b","count":1}""", Encoding.Unicode, "application/json");

        var answer = await host.Anonymous.PostAsync("/probe", content, Cancel);

        (answer.StatusCode, await answer.CodeAsync(Cancel)).ShouldBe((HttpStatusCode.UnsupportedMediaType, "media_type_unsupported"));
        Reached.ShouldBe(0);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "code=a%00b")]
    [InlineData("application/x-www-form-urlencoded", "co%07de=a")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\na\0b\r\n--x--\r\n")]
    public async Task A_form_with_a_control_character_is_refused(string type, string form)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        await ShouldBeRefusedAsync(await host.Anonymous.PostAsync("/form", content, Cancel), null);
    }

    [Theory]
    [InlineData("""{"name":"two\r\n\tlines","count":1}""")]
    [InlineData("""{"name":"\ud83d\ude00 ü \u00fc","count":1}""")]
    [InlineData("""{"name":"\\u0000 and \\ud800 are written out","count":1}""")]
    [InlineData("{\n\t\"name\": \"a\",\r\n\t\"count\": 1\n}")]
    public async Task Lines_and_whole_characters_are_good(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        (await host.Anonymous.PostAsync("/probe", content, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Anonymous.GetAsync("/probe/%C3%BC?search=%F0%9F%98%80+%2500", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Reached.ShouldBe(2);
    }

    [Fact]
    public async Task No_parameter_of_the_api_takes_a_control_character()
    {
        var document = JsonNode.Parse(await host.Anonymous.GetStringAsync("/openapi/v1.json", Cancel))!;
        host.IdentityProvider.AddMember("mona");
        var moderator = host.ClientOf("mona", moderator: true);
        var tried = 0;
        foreach (var (path, operations) in document["paths"]!.AsObject().Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var address = string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? Guid.NewGuid().ToString() : part));
            foreach (var parameter in operations!["get"]?["parameters"]?.AsArray().Where(parameter => (string?)parameter!["in"] == "query") ?? [])
            {
                foreach (var wrong in (string[])["%00", "a%07b", "%1B", "%0B", "%0C"])
                {
                    using var answer = await moderator.GetAsync($"{address}?{parameter!["name"]}={wrong}", Cancel);
                    var said = $"{path} {parameter["name"]} {wrong}";
                    answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, said);
                    (await answer.CodeAsync(Cancel)).ShouldBe("request_malformed", said);
                    tried++;
                }
            }
        }

        tried.ShouldBeGreaterThan(50);
    }

    private async Task ShouldBeRefusedAsync(HttpResponseMessage answer, string? field)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.ProblemAsync(Cancel);
        problem.GetProperty("code").GetString().ShouldBe("request_malformed");
        problem.GetProperty("title").GetString().ShouldNotBeNull().ShouldContain("control character");
        (problem.TryGetProperty("field", out var at) ? at.GetString() : null).ShouldBe(field);
        Reached.ShouldBe(0);
    }
    private static IResult Reach()
    {
        Interlocked.Increment(ref _reached);
        return TypedResults.Ok();
    }

    public sealed class CountingHost(PostgresFixture postgres) : CompanionHost(postgres, settings => settings.Endpoints = routes =>
    {
        routes.MapGet("/probe/{text?}", (string? text) => Reach()).AllowAnonymous();
        routes.MapPost("/probe", (ProbeBody body) => Reach()).AllowAnonymous();
        routes.MapPost("/form", (HttpRequest request) => Reach()).AllowAnonymous();
    });
}
