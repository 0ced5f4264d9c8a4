// Owns: that a packet does not cost three calls of the operating system: the library reads its head, its length and its body one by one.
// Must never: hold back what is written.

namespace Gateway.Mqtt;

/// <summary>A stream that reads as much as is there and hands it out piece by piece. One reads and one writes at a time.</summary>
/// <param name="inner">Disposed with it.</param>
public sealed class ReadAhead(Stream inner) : PassingStream(inner)
{
    private readonly byte[] _buffer = new byte[MqttLimits.ReadBufferBytes];
    private int _at;
    private int _end;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _at < _end ? ValueTask.FromResult(Take(buffer.Span)) : Fill(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == _end)
        {
            (_at, _end) = (0, Inner.Read(_buffer));
        }

        return Take(buffer.AsSpan(offset, count));
    }

    private async ValueTask<int> Fill(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        (_at, _end) = (0, await Inner.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
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
