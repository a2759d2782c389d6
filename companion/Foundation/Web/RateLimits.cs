using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Companion.Foundation.Web;

/// <summary>
/// Shields one replica from bursts; quotas are rules of the features. Signed webhooks and health checks say DisableRateLimiting.
/// </summary>
internal static class RateLimits
{
    /// <summary>Policy of the endpoints where a link's secret could be guessed.</summary>
    public const string TokenChecks = "token-checks";

    /// <summary>Policy of unsubscribing by a mail's link: as many as token checks, counted by themselves.</summary>
    public const string Unsubscriptions = "unsubscriptions";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<HostingOptions>>((limiter, options) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = SayWhenAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, options.Value));
            limiter.AddPolicy(TokenChecks, context => PerMinute(AddressKey(context), options.Value.TokenChecksPerMinute));
            limiter.AddPolicy(Unsubscriptions, context => PerMinute(AddressKey(context), options.Value.TokenChecksPerMinute));
        });
        return services;
    }

    /// <summary>An IPv4 address, or the /64 that one holder of IPv6 addresses has.</summary>
    internal static string NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static RateLimitPartition<string> Partition(HttpContext context, HostingOptions options) =>
        context.User.FindFirstValue(Caller.SubjectClaim) is { } account
            ? PerMinute($"account {account}", options.AccountRequestsPerMinute)
            : PerMinute(AddressKey(context), options.AnonymousRequestsPerMinute);

    private static string AddressKey(HttpContext context) => $"address {NetworkOf(context.Connection.RemoteIpAddress)}";

    private static RateLimitPartition<string> PerMinute(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window, QueueLimit = 0 });

    private static async ValueTask SayWhenAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var after = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Window;
        context.HttpContext.Response.Headers.RetryAfter =
            Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IThrottledAnswer>() is { } answer)
        {
            await answer.WriteAsync(context.HttpContext);
        }
    }
}
