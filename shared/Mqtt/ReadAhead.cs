// Owns: that a packet does not cost three calls of the operating system: the library reads its head, its length and its body one by one.
// Must never: hold back what is written.

namespace Gateway.Mqtt;

/// <summary>A stream that reads as much as is there and hands it out piece by piece. One reads and one writes at a time.</summary>
/// <param name="inner">Disposed with it.</param>
public sealed class ReadAhead(Stream inner) : Stream
{
    // Some messages of the largest size; every connection has one.
    private const int BufferBytes = 8_192;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _at;
    private int _end;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _at < _end ? ValueTask.FromResult(Take(buffer.Span)) : Fill(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == _end)
        {
            (_at, _end) = (0, inner.Read(_buffer));
        }

        return Take(buffer.AsSpan(offset, count));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> Fill(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        (_at, _end) = (0, await inner.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
        return Take(buffer.Span);
    }

    private int Take(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _end - _at);
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
