using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Companion.Adapters.Keycloak;
using Companion.Community.Directory;
using Companion.IntegrationTests;
using Companion.IntegrationTests.Adapters.Keycloak;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StandIns.Mail;

namespace Companion.Benchmarks;

/// <summary>
/// Invitations from the request until the mail server has them, by eight inviters side by side. The identity provider is its stand-in,
/// read through the Admin API; the mail server asks for a login.
/// </summary>
internal sealed class MailedInvites : IAsyncDisposable
{
    private const int Inviters = 8;

    private readonly PostgresFixture _postgres;
    private readonly StandInKeycloak _keycloak;
    private readonly MailSink _mail;
    private readonly CompanionHost _host;
    private readonly HttpClient _client;
    private readonly List<AuthenticationHeaderValue> _tokens;

    private MailedInvites(PostgresFixture postgres, StandInKeycloak keycloak, MailSink mail, CompanionHost host, IEnumerable<string> accounts)
    {
        (_postgres, _keycloak, _mail, _host) = (postgres, keycloak, mail, host);
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Inviters }) { BaseAddress = new Uri(host.Address) };
        _tokens = [.. accounts.Select(id => new AuthenticationHeaderValue("Bearer", host.Tokens.Mint(id, moderator: false, DateTimeOffset.UtcNow)))];
    }

    public static async Task<MailedInvites> StartAsync(PostgresFixture postgres)
    {
        var keycloak = new StandInKeycloak();
        await keycloak.InitializeAsync();
        List<string> accounts = [];
        for (var i = 0; i < Inviters; i++)
        {
            accounts.Add(await keycloak.AddAccountAsync(AccountSeed.New("inviter"), CancellationToken.None));
        }

        var mail = MailSink.Start(new() { Login = new("companion", "secret") });
        var host = await CompanionHost.StartAsync(postgres, settings =>
        {
            settings.Clock = null;
            settings.Services = services =>
                services.RemoveAll<IIdentityProvider>().AddSingleton<IIdentityProvider, KeycloakIdentityProvider>();
            settings.Configuration["Outbox:Enabled"] = "true";
            settings.Configuration["Keycloak:BaseUrl"] = keycloak.BaseUrl;
            settings.Configuration["Keycloak:Realm"] = keycloak.Realm;
            settings.Configuration["Keycloak:ClientSecret"] = keycloak.ClientSecret;
            settings.Configuration["Mail:Host"] = "127.0.0.1";
            settings.Configuration["Mail:Port"] = mail.Port.ToString(CultureInfo.InvariantCulture);
            settings.Configuration["Mail:From"] = "invitations@harbour.example";
            settings.Configuration["Mail:Security"] = "None";
            settings.Configuration["Mail:Username"] = "companion";
            settings.Configuration["Mail:Password"] = "secret";
            settings.Configuration["Invites:MaxOpen"] = "1000000";
            settings.Configuration["Invites:MaxPerDay"] = "1000000";
            settings.Configuration["Logging:LogLevel:Default"] = "Warning";
        });
        return new MailedInvites(postgres, keycloak, mail, host, accounts);
    }

    /// <returns>Per second: accepted, and accepted and mailed.</returns>
    public async Task<(double Accepted, double Mailed)> RunAsync(int count)
    {
        var (before, left, watch) = (_mail.Mails.Count, count, Stopwatch.StartNew());
        await Task.WhenAll(_tokens.Select(token => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await IssueAsync(token, Numbers.Next());
            }
        })));
        var accepted = count / watch.Elapsed.TotalSeconds;
        while (_mail.Mails.Count < before + count)
        {
            await Task.Delay(10);
        }

        return (accepted, count / watch.Elapsed.TotalSeconds);
    }

    /// <returns>What one invitation costs, as lines of a table.</returns>
    public async Task<string> CountAsync(int count)
    {
        await RunAsync(count);
        var (connections, calls) = (_mail.Transcripts.Count, 0);
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => Follow(instrument, listener) };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                if (name == "server.port" && value is int port && port == new Uri(_keycloak.BaseUrl).Port)
                {
                    Interlocked.Increment(ref calls);
                }
            }
        });
        listener.Start();
        var (statements, transactions) = await Capture.CountAsync(_postgres, () => RunAsync(count), CancellationToken.None);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | SMTP connections | {(double)(_mail.Transcripts.Count - connections) / count:0.00} |
            | Admin API calls | {(double)calls / count:0.00} |
            | PostgreSQL transactions | {(double)transactions / count:0.00} |
            | PostgreSQL statements | {(double)statements / count:0.00} |
            """);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _mail.DisposeAsync();
        await _keycloak.DisposeAsync();
    }

    private static void Follow(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == "http.client.request.duration")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private async Task IssueAsync(AuthenticationHeaderValue token, long number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invites");
        request.Headers.Authorization = token;
        request.Content = new StringContent(
            $$"""{"invites":[{"contact":"p{{number}}@example.org","memberships":[],"rooms":[],"message":"Join us","language":"en"}],"vouched":true}""",
            Encoding.UTF8,
            "application/json");
        using var response = await _client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (!answer.Contains("\"issued\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Not issued: {answer}");
        }
    }
}
