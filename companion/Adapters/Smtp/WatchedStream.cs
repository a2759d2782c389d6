namespace Companion.Adapters.Smtp;

/// <summary>Tells when it is read first: the mail client reads a message's content only after the server has asked for it.</summary>
internal sealed class WatchedStream(byte[] content, Action onRead) : MemoryStream(content, writable: false)
{
    private bool _told;

    public override int Read(byte[] buffer, int offset, int count)
    {
        Tell();
        return base.Read(buffer, offset, count);
    }

    public override int Read(Span<byte> buffer)
    {
        Tell();
        return base.Read(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Tell();
        return base.ReadAsync(buffer, offset, count, cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Tell();
        return base.ReadAsync(buffer, cancellationToken);
    }

    private void Tell()
    {
        if (!_told)
        {
            _told = true;
            onRead();
        }
    }
}
