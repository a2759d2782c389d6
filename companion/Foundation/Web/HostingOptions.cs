using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Companion.Foundation.Web;

/// <summary>Configuration section Hosting: the edge of the service.</summary>
[OptionsValidator]
internal sealed partial class HostingOptions : IValidateOptions<HostingOptions>
{
    public const string SectionName = "Hosting";

    /// <summary>Addresses or networks (10.0.0.0/8) whose X-Forwarded-For and X-Forwarded-Proto are believed. None: no header is.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>
    /// Requests per minute without a token, by address (IPv6: by /64). A visitor of an invitation makes five: thirty behind one address, say in
    /// a classroom, get through within a minute.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int AnonymousRequestsPerMinute { get; set; } = 180;

    /// <summary>
    /// Attempts per minute to use a token or handle from a link, by address (IPv6: by /64). A visitor makes two. As many are unsubscriptions,
    /// counted by themselves: mail providers send them for all their people from few addresses.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int TokenChecksPerMinute { get; set; } = 60;

    /// <summary>Requests per minute to the API, by account.</summary>
    [Range(1, int.MaxValue)]
    public int AccountRequestsPerMinute { get; set; } = 300;

    /// <summary>Bytes of any request's body. A thousand people with rooms and messages of their own take some 400 kB.</summary>
    [Range(16 * 1024, int.MaxValue)]
    public int MaxRequestBody { get; set; } = 1024 * 1024;

    /// <summary>How long requests and messages under way may take to end after a stop was asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", MinimumIsExclusive = true)]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(25);

    internal static bool IsProxy(string value) => IPAddress.TryParse(value, out _) || IPNetwork.TryParse(value, out _);
}
