using Companion.Foundation.Web;

namespace Companion.Host.Doctor;

internal sealed class SettingsExamination(
    IStartupValidator validator, IOptions<CommunityOptions> community, IOptions<HostingOptions> hosting) : Examination
{
    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(SettingFailures.Of(validator.Validate) is { Count: > 0 } failures
            ? [.. failures.Select(Finding.Problem)]
            : [Finding.Good("All required settings are there."), .. Advice()]);

    private IEnumerable<Finding> Advice()
    {
        var publicUrl = new Uri(community.Value.PublicUrl);
        if (publicUrl is { Scheme: "http", IsLoopback: false })
        {
            yield return Finding.Problem("Community:PublicUrl is plain http: whoever listens can take invitations. Put a TLS proxy in front.");
        }

        if (hosting.Value.KnownProxies.Count == 0 && publicUrl.Scheme == Uri.UriSchemeHttps)
        {
            yield return Finding.Advice("Hosting:KnownProxies is empty: behind a proxy all visitors then count as one address and are throttled together.");
        }
    }
}
