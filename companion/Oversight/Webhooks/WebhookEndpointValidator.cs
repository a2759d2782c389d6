using System.Text.RegularExpressions;
using Companion.Foundation.Web;

namespace Companion.Oversight.Webhooks;

internal sealed partial class WebhookEndpointValidator(IEnumerable<IStreamType> streams) : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var failures = options.Endpoints.SelectMany((endpoint, i) => FailuresOf(endpoint, $"Webhooks:Endpoints:{i}")).ToList();
        failures.AddRange(options.Endpoints.GroupBy(endpoint => endpoint.Name).Where(same => same.Count() > 1)
            .Select(same => $"Webhooks:Endpoints has {same.Key} twice; give every endpoint a name of its own."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> FailuresOf(WebhookEndpoint endpoint, string key)
    {
        if (!PlainName().IsMatch(endpoint.Name) || endpoint.Name.Length > WebhookEndpoint.LongestName)
        {
            yield return $"{key}:Name must be lower-case letters, digits and hyphens, at most {WebhookEndpoint.LongestName}.";
        }

        if (!IsTarget(endpoint.Url))
        {
            yield return $"{key}:Url must be a whole https address without a user or fragment; http is for loopback only.";
        }

        for (var i = 0; i < endpoint.Types.Count; i++)
        {
            if (!streams.SelectMany(stream => stream.EventTypes.Keys).Any(alias => WebhookEndpoint.Matches(endpoint.Types[i], alias)))
            {
                yield return $"{key}:Types:{i} names no event; use names such as invite_redeemed, or beginnings such as invite_*.";
            }
        }
    }

    private static bool IsTarget(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", IsLoopback: true })
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex PlainName();
}
