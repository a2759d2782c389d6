using System.Net.Http.Headers;
using System.Text;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.Benchmarks;

/// <summary>The companion under load: system clock, no outbox worker, quotas out of the way, many inviters.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private const int Inviters = 2000;

    private readonly CompanionHost _host;
    private readonly HttpClient _client;
    private readonly AuthenticationHeaderValue[] _tokens;

    private BenchmarkHost(CompanionHost host)
    {
        _host = host;
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Rate.Clients }) { BaseAddress = new Uri(host.Address) };
        _tokens = [.. Enumerable.Range(0, Inviters).Select(AddInviter)];
    }

    public string ConnectionString => _host.ConnectionString;

    public static async Task<BenchmarkHost> StartAsync(PostgresFixture postgres) => new(await CompanionHost.StartAsync(postgres, settings =>
    {
        settings.Clock = null;
        settings.Configuration["Invites:MaxOpen"] = "1000000";
        settings.Configuration["Invites:MaxPerDay"] = "1000000";
        settings.Configuration["Hosting:AccountRequestsPerMinute"] = "1000000";
        settings.Configuration["Logging:LogLevel:Default"] = "Warning";
    }));

    public HttpClient Moderator(string account) => _host.ClientOf(account, moderator: true);

    /// <summary>One request of one row, by one of many inviters, to an address that nobody wrote to yet.</summary>
    public async Task IssueAsync(long number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invites");
        request.Headers.Authorization = _tokens[number % Inviters];
        request.Content = new StringContent(
            $$"""{"vouched":true,"invites":[{"contact":"p{{number}}@example.org","memberships":[],"rooms":[],"message":"Join us","language":"en"}]}""",
            Encoding.UTF8,
            "application/json");
        using var response = await _client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (!answer.Contains("\"issued\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Not issued: {answer}");
        }
    }

    public Task AppendAsync(long number)
    {
        var id = Guid.CreateVersion7();
        var now = DateTimeOffset.UtcNow;
        InviteEvent issued = new InviteIssued(
            new InviteId(id), new AccountId($"inviter-{number % Inviters}"), new ContactId(id), [], [], "en", now.AddDays(14), now);
        return _host.Services.GetRequiredService<Transactions>().RunAsync(
            id,
            (unit, _) => Task.FromResult(unit.Append(InviteStream.Type, new Loaded<Invite>(id, Invite.Initial, 0), [issued])),
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    private AuthenticationHeaderValue AddInviter(int number)
    {
        var account = $"00000000-0000-4000-8000-{number:D12}";
        _host.IdentityProvider.AddMember(account);
        return new AuthenticationHeaderValue("Bearer", _host.Tokens.Mint(account, moderator: false, DateTimeOffset.UtcNow));
    }
}
