using Companion.Hosting;
using Microsoft.Extensions.Options;

namespace Companion.Doctor;

internal sealed class SettingsExamination(IStartupValidator validator, IServiceProvider services) : Examination
{
    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(SettingFailures.Of(validator.Validate) is { Count: > 0 } failures
            ? [.. failures.Select(Finding.Problem)]
            : [Finding.Good("All required settings are there."), .. Advice()]);

    private IEnumerable<Finding> Advice()
    {
        var community = services.GetRequiredService<IOptions<CommunityOptions>>().Value;
        if (new Uri(community.PublicUrl) is { Scheme: "http", IsLoopback: false })
        {
            yield return Finding.Problem("Community:PublicUrl is plain http: whoever listens can take invitations. Put a TLS proxy in front.");
        }

        if (services.GetRequiredService<IOptions<HostingOptions>>().Value.KnownProxies.Count == 0 && community.PublicUrl.StartsWith("https:", StringComparison.Ordinal))
        {
            yield return Finding.Advice("Hosting:KnownProxies is empty: behind a proxy all visitors then count as one address and are throttled together.");
        }
    }
}
