using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Companion.Host;

/// <summary>
/// Takes from a span all that is not known to be harmless: addresses, paths and queries name people and hold secrets, and the libraries add
/// tags with every version.
/// </summary>
internal sealed class SpanTags : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.Ordinal,
        "db.namespace",
        "db.query.text", // values are parameters
        "db.response.status_code",
        "db.system.name",
        "error.type",
        "http.request.method",
        "http.request.resend_count",
        "http.response.status_code",
        "http.route",
        "server.address",
        "server.port");

    public override void OnEnd(Activity data)
    {
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !Harmless.Contains(name)).ToList())
        {
            data.SetTag(name, null);
        }

        // Without the description, which may be the text of an exception.
        data.SetStatus(data.Status);
    }
}
