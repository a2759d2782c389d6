using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using StandIns.Mail;

namespace Companion.IntegrationTests.StandIns;

/// <summary>A client that says exactly what a test tells it to.</summary>
internal sealed class SmtpDialogue : IAsyncDisposable
{
    private readonly TcpClient _client;
    private Stream _stream;
    private StreamReader _reader;

    private SmtpDialogue(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _reader = new StreamReader(_stream);
    }

    public static async Task<SmtpDialogue> OpenAsync(MailSink sink)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port, TestContext.Current.CancellationToken);
        return new(client);
    }

    /// <summary>The last line of the server's answer, or null when it closed the connection.</summary>
    public async Task<string?> ReadAsync()
    {
        while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Length < 4 || line[3] != '-')
            {
                return line;
            }
        }

        return null;
    }

    public async Task<string?> SayAsync(string line)
    {
        await SendAsync($"{line}\r\n");
        return await ReadAsync();
    }

    public async Task SendAsync(string text)
    {
        await _stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        await _stream.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Turns to TLS and accepts exactly the sink's own certificate.</summary>
    public async Task SecureAsync(MailSink sink)
    {
        using var expected = X509Certificate2.CreateFromPem(sink.CertificatePem);
        var fingerprint = expected.GetCertHashString();
        var secured = new SslStream(_stream, false, (_, certificate, _, _) => certificate?.GetCertHashString() == fingerprint);
        await secured.AuthenticateAsClientAsync("localhost");
        _stream = secured;
        _reader = new StreamReader(secured);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync();
        _client.Dispose();
    }
}
