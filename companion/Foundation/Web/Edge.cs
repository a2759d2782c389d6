using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Companion.Foundation.Web;

/// <summary>What the server takes in at all, from whom it believes forwarded addresses, and how it stops.</summary>
internal static class Edge
{
    public static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddSettings<HostingOptions>(HostingOptions.SectionName, settings => settings
            .Validate(o => o.KnownProxies.All(HostingOptions.IsProxy), "Hosting:KnownProxies must be IP addresses or networks such as 10.0.0.0/8."));
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<HostingOptions>>((kestrel, options) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Value.MaxRequestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        services.AddOptions<HostOptions>().Configure<IOptions<HostingOptions>>((host, options) =>
            host.ShutdownTimeout = options.Value.StopTimeout);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<HostingOptions>>((forwarded, options) =>
            Trust(forwarded, options.Value.KnownProxies));
        return services;
    }

    private static void Trust(ForwardedHeadersOptions forwarded, IEnumerable<string> proxies)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        forwarded.ForwardLimit = null;
        foreach (var proxy in proxies)
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            if (IPAddress.TryParse(proxy, out var address))
            {
                forwarded.KnownProxies.Add(address);
            }
            else
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }
    }
}
