using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Foundation.Web;

/// <summary>A token that is good does not help an account that may not be used.</summary>
public sealed class StandingTests(CompanionHost host) : IClassFixture<CompanionHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pending", true, true, "account_waiting")]
    [InlineData("denied", true, true, "account_closed")]
    [InlineData(null, true, false, "account_closed")]
    [InlineData(null, false, true, "address_unproven")]
    public async Task Every_route_that_asks_who_one_is_refuses_the_account(string? approval, bool verified, bool enabled, string code)
    {
        var account = $"held-{Guid.NewGuid():N}";
        host.IdentityProvider.Put(
            host.IdentityProvider.AddMember(account) with { Approval = approval, AddressVerified = verified, Enabled = enabled });
        using var client = host.ClientOf(account, moderator: true);

        var routes = Routes().ToList();
        routes.Count.ShouldBeGreaterThan(35);
        foreach (var (method, path) in routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await client.SendAsync(request, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
            ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["code"]).ShouldBe(code, $"{method} {path}");
        }
    }

    [Fact]
    public async Task Who_is_approved_is_let_in_at_once()
    {
        var waiting = host.IdentityProvider.Put(host.IdentityProvider.AddMember("nora") with { Approval = "pending" });
        using var client = host.ClientOf("nora");
        (await client.GetAsync("/api/v1/me", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        host.IdentityProvider.Put(waiting with { Approval = AccountStanding.Approved });
        (await client.GetAsync("/api/v1/me", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_nobody_can_say_how_an_account_stands_it_is_as_it_was_a_few_minutes_ago()
    {
        foreach (var account in (string[])["olga", "otto", "oskar"])
        {
            host.IdentityProvider.AddMember(account);
        }

        host.IdentityProvider.Put(host.IdentityProvider.AddMember("oskar") with { Approval = AccountStanding.Denied });
        using var seen = host.ClientOf("olga");
        using var unseen = host.ClientOf("otto");
        using var denied = host.ClientOf("oskar");
        await seen.GetAsync("/api/v1/timeline", Cancel);
        await denied.GetAsync("/api/v1/timeline", Cancel);
        host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        try
        {
            host.Clock.Advance(TimeSpan.FromMinutes(4));
            (await seen.GetAsync("/api/v1/timeline", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await unseen.GetAsync("/api/v1/timeline", Cancel)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await denied.GetAsync("/api/v1/timeline", Cancel)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            host.Clock.Advance(TimeSpan.FromMinutes(2));
            (await seen.GetAsync("/api/v1/timeline", Cancel)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            host.IdentityProvider.Failure = null;
        }
    }

    /// <summary>With a made-up id where a route has one.</summary>
    private IEnumerable<(string Method, string Path)> Routes() =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        let path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, string.Join('/', path.Split('/').Select(part => part.Contains('{', StringComparison.Ordinal) ? Guid.CreateVersion7().ToString() : part)));
}
