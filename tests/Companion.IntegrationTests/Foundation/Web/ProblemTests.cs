using System.Net;
using System.Text;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Web;

public sealed class ProblemTests(ProblemTests.FailingHost host) : IClassFixture<ProblemTests.FailingHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", null)]
    [InlineData("{", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("""{"name":"a"}""", null)]
    [InlineData("""{"name":null,"count":1}""", "name")]
    [InlineData("""{"name":"a","count":"1"}""", "count")]
    [InlineData("""{"name":"a","count":1e99}""", "count")]
    [InlineData("""{"name":"a","count":1,"admin":true}""", "admin")]
    [InlineData("""{"name":"a","count":1,"<b>@x.org":true}""", null)]
    [InlineData("""{"name":"a","name":"b","count":1}""", "name")]
    [InlineData("""{"Name":"a","count":1}""", "Name")]
    [InlineData("""{"name":"a","count":1}x""", null)]
    public async Task Malformed_json_is_refused_and_says_where_if_it_can(string body, string? field)
    {
        var answer = await PostAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.ProblemAsync(Cancel);
        problem.GetProperty("code").GetString().ShouldBe("request_malformed");
        (problem.TryGetProperty("field", out var at) ? at.GetString() : null).ShouldBe(field);
    }

    [Fact]
    public async Task Deep_nesting_is_refused() =>
        (await CodeOfAsync(await PostAsync($$"""{"name":"a","count":1,"children":{{new string('[', 10_000)}}""")))
            .ShouldBe((HttpStatusCode.BadRequest, "request_malformed"));

    [Fact]
    public async Task A_body_above_the_cap_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo") { Content = Json($$"""{"count":1,"name":"{{new string('x', 1_100_000)}}"}""") };

        (await CodeOfAsync(await host.Anonymous.SendAskingAsync(request, Cancel))).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "request_too_large"));
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_at_the_cap()
    {
        const string head = "POST /echo HTTP/1.1\r\nHost: companion\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

        // Up to the byte that is one too many, a chunk's size line counted: what comes after it might meet a closed connection.
        var body = "200000\r\n{\"count\":1,\"name\":\"".PadRight((1024 * 1024) + 1, 'x');
        var answer = await host.SendRawAsync(Encoding.ASCII.GetBytes(head + body), Cancel);

        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain("request_too_large");
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        using var content = new StringContent("name=a", Encoding.UTF8, "application/x-www-form-urlencoded");

        (await CodeOfAsync(await host.Anonymous.PostAsync("/echo", content, Cancel)))
            .ShouldBe((HttpStatusCode.UnsupportedMediaType, "media_type_unsupported"));
    }

    [Fact]
    public async Task Another_method_is_refused() =>
        (await CodeOfAsync(await host.ClientOf("anna").DeleteAsync("/echo", Cancel))).ShouldBe((HttpStatusCode.MethodNotAllowed, "method_not_allowed"));

    [Fact]
    public async Task An_unknown_address_is_a_problem_too() =>
        (await CodeOfAsync(await host.ClientOf("anna").GetAsync("/api/v1/nothing", Cancel))).ShouldBe((HttpStatusCode.NotFound, "not_found"));

    [Fact]
    public async Task A_refusal_carries_its_code_sentence_and_field()
    {
        var answer = await host.Anonymous.GetAsync("/refuse", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.ProblemAsync(Cancel);
        problem.GetProperty("code").GetString().ShouldBe("contact_own");
        problem.GetProperty("title").GetString().ShouldBe("That is your own address.");
        problem.GetProperty("field").GetString().ShouldBe("contact");
        problem.GetProperty("type").GetString().ShouldBe("urn:companion:problem:contact_own");
    }

    [Theory]
    [InlineData("bug", HttpStatusCode.InternalServerError, "internal")]
    [InlineData("conflict", HttpStatusCode.Conflict, "version_conflict")]
    [InlineData("mismatch", HttpStatusCode.Conflict, "idempotency_mismatch")]
    [InlineData("database", HttpStatusCode.ServiceUnavailable, "companion_unavailable")]
    [InlineData("provider", HttpStatusCode.ServiceUnavailable, "companion_unavailable")]
    public async Task What_nobody_caught_is_answered_by_code_and_tells_nothing(string how, HttpStatusCode status, string code)
    {
        var answer = await host.Anonymous.GetAsync($"/fail/{how}", Cancel);

        (answer.Headers.RetryAfter is not null).ShouldBe(status == HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldNotContain("secret");
        (await CodeOfAsync(answer)).ShouldBe((status, code));
    }

    [Fact]
    public async Task The_access_log_names_the_route_and_never_what_was_asked()
    {
        var before = host.LogLines.Count;
        await host.Anonymous.GetAsync("/fail/conflict?token=s3cr3t", Cancel);
        await host.Anonymous.GetAsync("/s3cr3t%0Aforged", Cancel);

        host.LogLines.Skip(before).ShouldContain(line => line.Contains("GET /fail/{how} 409"));
        host.LogLines.ShouldNotContain(line => line.Contains("s3cr3t"));
    }

    private static Exception Failure(string how) => how switch
    {
        "conflict" => new ConcurrencyException(),
        "mismatch" => new IdempotencyMismatchException(),
        "database" => new NpgsqlException("secret"),
        "provider" => new IdentityProviderException("unreachable", isTransient: true, TimeSpan.FromSeconds(30)),
        _ => new InvalidOperationException("secret"),
    };

    private Task<HttpResponseMessage> PostAsync(string body) => host.Anonymous.PostAsync("/echo", Json(body), Cancel);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<(HttpStatusCode Status, string? Code)> CodeOfAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, await answer.CodeAsync(Cancel));

    public sealed class FailingHost(PostgresFixture postgres) : CompanionHost(postgres, settings => settings.Endpoints = routes =>
    {
        routes.MapPost("/echo", (ProbeBody body) => TypedResults.Ok(body)).AllowAnonymous();
        routes.MapGet("/fail/{how}", IResult (string how) => throw Failure(how)).AllowAnonymous();
        routes.MapGet("/refuse", () => Problems.From(new Refusal("contact_own", "That is your own address.", "contact"))).AllowAnonymous();
    });
}

internal sealed record ProbeBody(string Name, int Count, IReadOnlyList<ProbeBody>? Children = null);
