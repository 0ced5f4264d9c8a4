// Owns: that no packet longer than allowed is read, whoever sends it, and none more while its sender does not read the answers.
// Must never: look into a packet; it counts its bytes and knows its type.

using Gateway.Mqtt;
using MQTTnet.Protocol;

namespace Gateway.County.Broker;

/// <summary>
/// A connection's bytes on their way in and out. The library takes a packet's announced length for memory before it knows who speaks,
/// 256 MB at most, so the length is judged here. Its queue of answers has no end either, so a client that speaks and does not read is not
/// heard until it does. Each packet out is one write.
/// </summary>
/// <param name="inner">Disposed with it.</param>
/// <param name="known">Told when the client was let in.</param>
internal sealed class PacketGuard(Stream inner, Action known) : PassingStream(inner)
{
    // Of the answer to a client that wants to come in: type, length, flags, and 0 when it may.
    private const int AnswerAt = 3;

    // A length has at most four bytes of seven bits.
    private const int LengthShiftMax = 21;
    private const int QosBits = 0b0110;

    private int _left;
    private int _shift = -1;
    private int _length;
    private int _unread;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Volatile.Read(ref _unread) >= BrokerLimits.UnreadMax)
        {
            await Task.Delay(BrokerLimits.UnreadLookMs, cancellationToken).ConfigureAwait(false);
        }

        int count = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Judge(buffer.Span[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int got = Inner.Read(buffer, offset, count);
        Judge(buffer.AsSpan(offset, got));
        return got;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (TypeOf(buffer.Span[0]) == MqttControlPacketType.ConnAck && buffer.Length > AnswerAt && buffer.Span[AnswerAt] == 0)
        {
            known();
        }

        if (TypeOf(buffer.Span[0]) != MqttControlPacketType.Publish)
        {
            Interlocked.Decrement(ref _unread);
        }
    }

    private void Judge(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_left > 0)
            {
                int skipped = Math.Min(_left, bytes.Length);
                _left -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            byte one = bytes[0];
            bytes = bytes[1..];
            if (_shift < 0)
            {
                // The type; its length follows.
                if (IsAnswered(one))
                {
                    Interlocked.Increment(ref _unread);
                }

                (_shift, _length) = (0, 0);
                continue;
            }

            _length |= (one & 0x7F) << _shift;
            if (_length > BrokerLimits.PacketBytesMax || (one >= 0x80 && _shift == LengthShiftMax))
            {
                throw new IOException($"a packet of {_length} bytes or more; allowed: at most {BrokerLimits.PacketBytesMax}");
            }

            (_left, _shift) = one < 0x80 ? (_length, -1) : (0, _shift + 7);
        }
    }

    private static MqttControlPacketType TypeOf(byte first) => (MqttControlPacketType)(first >> 4);

    /// <summary>Whether the library answers this packet by one that is no message.</summary>
    private static bool IsAnswered(byte first) => TypeOf(first) switch
    {
        MqttControlPacketType.Publish => (first & QosBits) != 0,
        MqttControlPacketType.Connect or MqttControlPacketType.PubRec or MqttControlPacketType.PubRel or MqttControlPacketType.Subscribe
            or MqttControlPacketType.Unsubscribe or MqttControlPacketType.PingReq => true,
        _ => false,
    };
}
