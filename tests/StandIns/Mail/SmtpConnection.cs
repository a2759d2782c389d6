using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace StandIns.Mail;

/// <summary>Lines over a stream that can turn into a TLS stream on the way.</summary>
internal sealed class SmtpConnection(Stream stream) : IAsyncDisposable
{
    private const int LongestLine = 8_000;
    private readonly StringBuilder _transcript = new();
    private byte[] _buffer = new byte[16_384];
    private int _start;
    private int _end;

    public bool IsClosed { get; private set; }

    public string Transcript
    {
        get
        {
            lock (_transcript)
            {
                return _transcript.ToString();
            }
        }
    }

    /// <summary>The next line without its end, or null when the client has gone.</summary>
    public async Task<byte[]?> ReadLineAsync(bool isContent, CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>();
        while (true)
        {
            var length = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start) - _start;
            if (length >= 0)
            {
                line.Write(_buffer.AsSpan(_start, length));
                _start += length + 1;
                return Finish(line, isContent);
            }

            line.Write(_buffer.AsSpan(_start, _end - _start));
            _start = 0;
            _end = await stream.ReadAsync(_buffer, cancellationToken);
            if (_end == 0 || line.WrittenCount > LongestLine)
            {
                return null;
            }
        }
    }

    public async Task WriteAsync(string line, CancellationToken cancellationToken)
    {
        Record("S", line);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>What the client sent ahead in clear text is thrown away, as RFC 3207 asks.</summary>
    public async Task SecureAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var secured = new SslStream(stream);
        stream = secured;
        _buffer = new byte[_buffer.Length];
        (_start, _end) = (0, 0);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        Record("*", "TLS");
    }

    /// <summary>Says nothing, however long it takes the client to give up.</summary>
    public async Task UntilClientGoesAsync(CancellationToken cancellationToken)
    {
        while (await stream.ReadAsync(_buffer, cancellationToken) > 0)
        {
            (_start, _end) = (0, 0);
        }
    }

    public ValueTask DisposeAsync()
    {
        IsClosed = true;
        return stream.DisposeAsync();
    }

    private byte[] Finish(ArrayBufferWriter<byte> line, bool isContent)
    {
        var bytes = line.WrittenSpan.ToArray();
        if (bytes is [.. var content, (byte)'\r'])
        {
            bytes = content;
        }

        if (!isContent)
        {
            Record("C", WithoutPassword(Encoding.UTF8.GetString(bytes)));
        }

        return bytes;
    }

    private static string WithoutPassword(string command) =>
        command.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase) ? string.Join(' ', command.Split(' ').Take(2)) : command;

    private void Record(string who, string line)
    {
        lock (_transcript)
        {
            _transcript.Append(who).Append(": ").Append(line).Append('\n');
        }
    }
}
