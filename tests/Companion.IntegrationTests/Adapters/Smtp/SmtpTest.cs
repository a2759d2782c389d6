using Companion.Adapters.Smtp;
using Companion.Community.Contacts;
using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StandIns.Mail;

namespace Companion.IntegrationTests.Adapters.Smtp;

/// <summary>A mail server and what speaks with it, on a clock that stands still.</summary>
public abstract class SmtpTest : IAsyncLifetime
{
    private readonly List<SmtpConnections> _connections = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected FakeClock Clock { get; } = new();

    protected MailSink Sink { get; private set; } = MailSink.Start();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var connections in _connections)
        {
            await connections.DisposeAsync();
        }

        await Sink.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another server in place of the one before.</summary>
    protected async Task ServeAsync(MailSinkOptions options)
    {
        await Sink.DisposeAsync();
        Sink = MailSink.Start(options);
    }

    private protected static void WithLogin(MailOptions options) => (options.Username, options.Password) = ("companion", "secret");

    private protected SmtpConnections Connections()
    {
        SmtpConnections connections = new(Clock, NullLogger<SmtpConnections>.Instance);
        _connections.Add(connections);
        return connections;
    }

    private protected SmtpChannel Channel(Action<MailOptions>? change = null, SmtpConnections? connections = null, HttpClient? http = null)
    {
        MailOptions settings = new()
        {
            Host = "127.0.0.1",
            Port = Sink.Port,
            From = "invitations@harbour.example",
            Security = MailSecurity.None,
        };
        change?.Invoke(settings);
        var options = Options.Create(settings);
        return new SmtpChannel(
            new MessageWriter(options, Options.Create(new CommunityOptions { Name = "Harbour Community" }), Clock),
            new SmtpConnector(options, new MailTokens(http ?? new HttpClient(), options, Clock), Clock),
            connections ?? Connections(),
            options,
            Clock);
    }

    /// <summary>By a channel of its own, so over a new connection.</summary>
    private protected Task<MailOutcome> SendAsync(
        OutgoingMail? mail = null, Action<MailOptions>? change = null, CancellationToken? cancellationToken = null) =>
        Channel(change).SendAsync(mail ?? Mail(), cancellationToken ?? Ct);

    private protected static OutgoingMail Mail(string to = "anna@example.org", MailText? text = null) => new(
        EmailAddress.FromStored(to),
        "invite.1@harbour.example",
        "https://companion.example.org/never-again?c=abc",
        text ?? new MailText("Hello", "Hello\r\n", "<p>Hello</p>"));

    private protected static string Name(MailOutcome outcome) => outcome switch
    {
        MailOutcome.Deferred o => $"Deferred {o.Code}",
        MailOutcome.Rejected o => $"Rejected {o.Code}",
        MailOutcome.NotSent o => $"NotSent {o.Code}",
        MailOutcome.ChannelRefused o => $"ChannelRefused {o.Code}",
        _ => outcome.GetType().Name,
    };
}
