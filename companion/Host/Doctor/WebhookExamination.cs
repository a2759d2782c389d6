using Companion.Foundation.Web;
using Companion.Oversight.Webhooks;

namespace Companion.Host.Doctor;

internal sealed class WebhookExamination(NpgsqlDataSource dataSource, IOptions<WebhookOptions> options) : Examination
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var standings = options.Value.Endpoints.Count == 0 ? [] : await StandingsAsync(cancellationToken);
        return [.. options.Value.Endpoints.Select(endpoint => Judge(endpoint, standings.GetValueOrDefault(endpoint.Name)))];
    }

    private static Finding Judge(WebhookEndpoint endpoint, Standing? standing) => (endpoint, standing) switch
    {
        ({ Enabled: false }, _) => Finding.Advice($"Endpoint {endpoint.Name} is off; what happens meanwhile is sent when it is on again."),
        (_, null) => Finding.Advice($"Endpoint {endpoint.Name} is new: what happens from the companion's next start on is sent to it."),
        (_, { StoppedAt: { } stopped }) => Finding.Problem(
            $"Endpoint {endpoint.Name} said at {stopped:u} that it is gone, and nothing is sent to it. "
            + "If it is there again: `companion outbox list --kind webhook_delivery --state dead`, then `companion outbox retry` with its message."),
        (_, { Error: { } error, Since: { } since }) => Finding.Problem(
            $"Endpoint {endpoint.Name} has not taken what happened since {since:u}: {error}. See what it logs, and Webhooks:Endpoints."),
        _ => Finding.Good($"Endpoint {endpoint.Name} takes what it is sent."),
    };

    private async Task<Dictionary<string, Standing>> StandingsAsync(CancellationToken cancellationToken) => (await dataSource.QueryAsync(
        """
        select w.name, w.stopped_at, m.last_error, m.created_at
        from companion.webhook_endpoint w
        left join companion.outbox_message m
          on m.kind = @kind and m.payload ->> 'endpoint' = w.name and m.done_at is null and m.dead_at is null
        """,
        reader => (Name: reader.GetString(0), Standing: new Standing(
            reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1),
            reader.NullableText(2),
            reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3))),
        [Param.Text("kind", WebhookOutbox.Delivery.Name)],
        cancellationToken)).GroupBy(row => row.Name).ToDictionary(same => same.Key, same => same.First().Standing, StringComparer.Ordinal);

    private sealed record Standing(DateTimeOffset? StoppedAt, string? Error, DateTimeOffset? Since);
}
