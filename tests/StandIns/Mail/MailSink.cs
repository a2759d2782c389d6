using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StandIns.Mail;

/// <summary>An SMTP server on 127.0.0.1 that keeps what it is given, and misbehaves on request.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<ReceivedMail> _mails = [];
    private readonly List<SmtpConnection> _connections = [];
    private readonly PlannedFaults<MailPoint, MailFault> _faults = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _accepting = Task.CompletedTask;

    private MailSink(MailSinkOptions options)
    {
        Options = options;
        Certificate = MakeCertificate();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What a client must trust for STARTTLS: self-signed, for localhost and 127.0.0.1, made at the start.</summary>
    public string CertificatePem => Certificate.ExportCertificatePem();

    public IReadOnlyList<ReceivedMail> Mails
    {
        get
        {
            lock (_gate)
            {
                return [.. _mails];
            }
        }
    }

    /// <summary>Per connection what was said: <c>C:</c> client, <c>S:</c> server. Message content and passwords are left out.</summary>
    public IReadOnlyList<string> Transcripts
    {
        get
        {
            lock (_gate)
            {
                return [.. _connections.Select(connection => connection.Transcript)];
            }
        }
    }

    internal MailSinkOptions Options { get; }

    internal X509Certificate2 Certificate { get; }

    public static MailSink Start(MailSinkOptions? options = null)
    {
        var sink = new MailSink(options ?? new());
        sink._listener.Start();
        sink._accepting = sink.AcceptAsync();
        return sink;
    }

    /// <summary>From now on this happens at that point, so many times; faults of one point happen in the order they were asked for.</summary>
    public PlannedFault Fail(MailPoint point, MailFault fault, int times = int.MaxValue) => _faults.Add(now => now == point, fault, times);

    /// <summary>Ends all conversations, as servers do with those that say nothing for long.</summary>
    /// <param name="lastWords">What is said before; null for nothing.</param>
    public async Task HangUpAsync(string? lastWords, CancellationToken cancellationToken)
    {
        List<SmtpConnection> open;
        lock (_gate)
        {
            open = [.. _connections.Where(connection => !connection.IsClosed)];
        }

        foreach (var connection in open)
        {
            if (lastWords is not null)
            {
                await connection.WriteAsync(lastWords, cancellationToken);
            }

            await connection.DisposeAsync();
        }
    }

    /// <summary>Back to good behaviour, for new steps of every conversation.</summary>
    public void Behave() => _faults.Clear();

    /// <summary>Waits for a mail to this address, optionally only one that matches; mails that are there already count.</summary>
    public async Task<ReceivedMail> WaitForAsync(
        string recipient, CancellationToken cancellationToken, Func<ReceivedMail, bool>? matches = null)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                var found = _mails.Find(mail =>
                    mail.Recipients.Contains(recipient, StringComparer.OrdinalIgnoreCase) && (matches is null || matches(mail)));
                if (found is not null)
                {
                    return found;
                }

                next = _arrival.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        _listener.Dispose();
        Certificate.Dispose();
        _stopping.Dispose();
    }

    internal MailFault? NextFault(MailPoint point) => _faults.TryTake(point, out var fault) ? fault : null;

    internal void Keep(string sender, IReadOnlyList<string> recipients, byte[] raw, bool encrypted, bool loggedIn)
    {
        lock (_gate)
        {
            _mails.Add(new(_mails.Count + 1, DateTimeOffset.UtcNow, sender, recipients, raw, encrypted, loggedIn));
            _arrival.SetResult();
            _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                var session = ServeAsync(client);
                _sessions.TryAdd(session, true);
                _ = session.ContinueWith(done => _sessions.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The end, seen by the token, by the stopped listener, or by one that was stopped before it was asked.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        await using var connection = new SmtpConnection(client.GetStream());
        lock (_gate)
        {
            _connections.Add(connection);
        }

        try
        {
            await new SmtpSession(this, connection).RunAsync(_stopping.Token);
        }
        catch (Exception end) when (end is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // Clients may leave at any point, distrust the certificate, or be cut off by the end of the sink.
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }
}
