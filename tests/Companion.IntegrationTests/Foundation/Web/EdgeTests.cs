using System.Globalization;
using System.Net;
using System.Text.Json;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Companion.IntegrationTests.Foundation.Web;

public sealed class EdgeTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    [InlineData("2001:db8:1:2::9", "20010db800010002")]
    public void One_holder_of_addresses_is_one_partition(string address, string expected) =>
        RateLimits.NetworkOf(IPAddress.Parse(address)).ShouldBe(expected);

    [Fact]
    public async Task Too_many_anonymous_requests_are_told_when_to_come_back_and_health_is_not_counted()
    {
        await using var host = await StartAsync(("Hosting:AnonymousRequestsPerMinute", "3"));
        for (var i = 0; i < 3; i++)
        {
            (await host.Anonymous.GetAsync("/address", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var refused = await host.Anonymous.GetAsync("/address", Cancel);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        (await refused.CodeAsync(Cancel)).ShouldBe("too_many_requests");
        (await host.Anonymous.GetAsync("/health/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.ClientOf("anna").GetAsync("/address", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Accounts_are_counted_one_by_one()
    {
        await using var host = await StartAsync(("Hosting:AccountRequestsPerMinute", "2"));
        var (anna, ben) = (host.ClientOf("anna"), host.ClientOf("ben"));
        await anna.GetAsync("/address", Cancel);
        await anna.GetAsync("/address", Cancel);

        (await anna.GetAsync("/address", Cancel)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await ben.GetAsync("/address", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Attempts_on_links_are_counted_by_their_own_limit()
    {
        await using var host = await StartAsync(("Hosting:TokenChecksPerMinute", "1"));
        (await host.Anonymous.GetAsync("/link", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.Anonymous.GetAsync("/link", Cancel)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await host.Anonymous.GetAsync("/address", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Thirty_visitors_behind_one_address_get_through_within_a_minute()
    {
        var shipped = new HostingOptions();
        await using var host = await StartAsync(
            ("Hosting:AnonymousRequestsPerMinute", shipped.AnonymousRequestsPerMinute.ToString(CultureInfo.InvariantCulture)),
            ("Hosting:TokenChecksPerMinute", shipped.TokenChecksPerMinute.ToString(CultureInfo.InvariantCulture)));
        for (var visitor = 0; visitor < 30; visitor++)
        {
            foreach (var look in (string[])["/i", "/i/landing.css", "/i/landing.js"])
            {
                (await host.Anonymous.GetAsync(look, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, $"visitor {visitor}");
            }

            foreach (var step in (string[])["show", "continue"])
            {
                using var form = new FormUrlEncodedContent([new("token", "unknown"), new("step", step)]);
                using var answer = await host.Anonymous.PostAsync("/i/exchange", form, Cancel);
                answer.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests, $"visitor {visitor}");
            }
        }
    }

    [Fact]
    public async Task A_mail_providers_unsubscribing_is_not_counted_with_attempts_on_links()
    {
        await using var host = await StartAsync(("Hosting:TokenChecksPerMinute", "1"));
        (await host.Anonymous.GetAsync("/link", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await UnsubscribeAsync(host)).ShouldNotBe(HttpStatusCode.TooManyRequests);

        (await UnsubscribeAsync(host)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await host.Anonymous.GetAsync("/link", Cancel)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/invites")]
    [InlineData("/api/v1/timeline")]
    [InlineData("/api/v1/people")]
    [InlineData("/api/v1/timeline.csv")]
    [InlineData("/api/v1/people?limit=0")]
    [InlineData("/api/v1/nothing")]
    public async Task Nobody_keeps_what_the_api_says_or_takes_it_for_something_else(string path)
    {
        await using var host = await StartAsync();
        host.IdentityProvider.AddMember("mona");
        foreach (var client in (HttpClient[])[host.ClientOf("mona", moderator: true), host.Anonymous])
        {
            using var answer = await client.GetAsync(path, Cancel);
            ShouldNotBeKept(answer, $"{path} {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Refusals_are_kept_nowhere_wherever_they_come_from()
    {
        await using var host = await StartAsync(("Hosting:AnonymousRequestsPerMinute", "2"));
        ShouldNotBeKept(await host.Anonymous.GetAsync("/nothing", Cancel), "404");
        ShouldNotBeKept(await host.Anonymous.PostAsync("/idp/v1/inspect", null, Cancel), "webhook");
        ShouldNotBeKept(await host.Anonymous.GetAsync("/fail", Cancel), "500");
        ShouldNotBeKept(await host.Anonymous.GetAsync("/address", Cancel), "429");
    }

    [Fact]
    public async Task A_list_that_is_unchanged_is_still_answered_by_304()
    {
        await using var host = await StartAsync();
        host.IdentityProvider.AddMember("anna");
        var anna = host.ClientOf("anna");
        var tag = (await anna.GetAsync("/api/v1/invites", Cancel)).Headers.ETag.ShouldNotBeNull();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/invites") { Headers = { IfNoneMatch = { tag } } };

        var answer = await anna.SendAsync(request, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        ShouldNotBeKept(answer, "304");
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    public async Task A_forwarded_address_is_believed_only_from_a_configured_proxy(string? proxy, string expected)
    {
        await using var host = await StartAsync(("Hosting:KnownProxies:0", proxy));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/address");
        request.Headers.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.9");

        var answer = await host.Anonymous.SendAsync(request, Cancel);

        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe(expected);
    }

    [Fact]
    public async Task The_description_of_the_api_is_public_and_names_its_security()
    {
        await using var host = await StartAsync();

        var document = JsonSerializer.Deserialize<JsonElement>(await host.Anonymous.GetStringAsync("/openapi/v1.json", Cancel));

        var timeline = document.GetProperty("paths").GetProperty("/api/v1/timeline").GetProperty("get");
        timeline.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .ShouldBe(["Kind", "Person", "Invite", "From", "To", "Type", "Order", "Cursor", "Limit"], ignoreOrder: true);
        timeline.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").ShouldNotBe(default);
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString().ShouldBe("bearer");
        document.GetProperty("security").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_parameter_is_refused_exactly_where_the_description_says_so()
    {
        await using var host = await StartAsync();
        host.IdentityProvider.AddMember("mona");
        var moderator = host.ClientOf("mona", moderator: true);
        var document = JsonSerializer.Deserialize<JsonElement>(await host.Anonymous.GetStringAsync("/openapi/v1.json", Cancel));
        var tried = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(path => !path.Name.Contains('{', StringComparison.Ordinal)))
        {
            if (!path.Value.TryGetProperty("get", out var operation) || !operation.TryGetProperty("parameters", out var parameters))
            {
                continue;
            }

            foreach (var parameter in parameters.EnumerateArray().Where(parameter => parameter.GetProperty("schema").GetProperty("type").GetString() == "string"))
            {
                var name = parameter.GetProperty("name").GetString();
                using var answer = await moderator.GetAsync($"{path.Name}?{name}=", Cancel);
                answer.IsSuccessStatusCode.ShouldBe(!parameter.GetProperty("schema").TryGetProperty("minLength", out _), $"{path.Name} {name}");
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Every_refusal_of_the_api_is_described_as_it_is_answered()
    {
        await using var host = await StartAsync();

        var document = JsonSerializer.Deserialize<JsonElement>(await host.Anonymous.GetStringAsync("/openapi/v1.json", Cancel));

        var refusals = document.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().SelectMany(operation => operation.Value.GetProperty("responses").EnumerateObject()
                .Where(response => response.Name is "default" or ['4' or '5', ..])
                .Select(response => (Where: $"{operation.Name} {path.Name} {response.Name}", Response: response.Value))))
            .ToList();
        refusals.ShouldNotBeEmpty();
        foreach (var (where, response) in refusals)
        {
            response.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString()
                .ShouldBe("#/components/schemas/Problem", where);
        }

        var problem = document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties");
        using var refused = await host.ClientOf("anna").GetAsync("/api/v1/timeline?limit=0", Cancel);
        foreach (var member in (await refused.ProblemAsync(Cancel)).EnumerateObject())
        {
            problem.TryGetProperty(member.Name, out _).ShouldBeTrue(member.Name);
        }
    }

    private static void ShouldNotBeKept(HttpResponseMessage answer, string said)
    {
        answer.Headers.CacheControl.ShouldNotBeNull(said).NoStore.ShouldBeTrue(said);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], said);
    }

    private static async Task<HttpStatusCode> UnsubscribeAsync(CompanionHost host)
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await host.Anonymous.PostAsync("/never-again?c=unknown", form, Cancel);
        return answer.StatusCode;
    }

    private Task<CompanionHost> StartAsync(params (string Key, string? Value)[] configuration) => CompanionHost.StartAsync(postgres, settings =>
    {
        foreach (var (key, value) in configuration.Where(pair => pair.Value is not null))
        {
            settings.Configuration[key] = value;
        }

        settings.Endpoints = routes =>
        {
            routes.MapGet("/address", (HttpContext context) => TypedResults.Text(context.Connection.RemoteIpAddress!.ToString())).AllowAnonymous();
            routes.MapGet("/fail", IResult () => throw new InvalidOperationException("A bug.")).AllowAnonymous();
            routes.MapGet("/link", () => TypedResults.Ok()).AllowAnonymous().RequireRateLimiting(RateLimits.TokenChecks);
        };
    });
}
