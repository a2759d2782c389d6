using System.Net;
using System.Text.Json;
using Companion.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Companion.IntegrationTests.Hosting;

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

    private Task<CompanionHost> StartAsync(params (string Key, string? Value)[] configuration) => CompanionHost.StartAsync(postgres, settings =>
    {
        foreach (var (key, value) in configuration.Where(pair => pair.Value is not null))
        {
            settings.Configuration[key] = value;
        }

        settings.Endpoints = routes =>
        {
            routes.MapGet("/address", (HttpContext context) => TypedResults.Text(context.Connection.RemoteIpAddress!.ToString())).AllowAnonymous();
            routes.MapGet("/link", () => TypedResults.Ok()).AllowAnonymous().RequireRateLimiting(RateLimits.TokenChecks);
        };
    });
}
