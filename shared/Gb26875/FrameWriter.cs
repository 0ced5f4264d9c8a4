// Owns: the bytes of a frame that we send.
// Must never: number a frame; sequence and time come from who runs the exchange.

using System.Buffers.Binary;

namespace Gateway.Gb26875;

/// <summary>What stands before the unit of a frame.</summary>
public struct FrameHead
{
    /// <summary>The number of the exchange.</summary>
    public ushort Sequence { get; set; }

    /// <summary>1 by the standard.</summary>
    public byte MainVersion { get; set; }

    /// <summary>Free.</summary>
    public byte UserVersion { get; set; }

    /// <summary>The moment of sending.</summary>
    public FrameTime Time { get; set; }

    /// <summary>Who sends.</summary>
    public PeerAddress Source { get; set; }

    /// <summary>For whom.</summary>
    public PeerAddress Destination { get; set; }

    /// <summary>What for.</summary>
    public FrameCommand Command { get; set; }

    /// <summary>The head of a received frame.</summary>
    public static FrameHead Of(in Frame frame) => new()
    {
        Sequence = frame.Sequence,
        MainVersion = frame.MainVersion,
        UserVersion = frame.UserVersion,
        Time = frame.Time,
        Source = frame.Source,
        Destination = frame.Destination,
        Command = frame.Command,
    };

    /// <summary>The head of an answer: same sequence and versions, addresses swapped, a time of our own.</summary>
    public readonly FrameHead Answer(FrameCommand command, FrameTime now)
    {
        FrameHead answer = this;
        answer.Command = command;
        answer.Time = now;
        answer.Source = Destination;
        answer.Destination = Source;
        return answer;
    }
}

/// <summary>Writes frames.</summary>
public static class FrameWriter
{
    /// <summary>Writes a whole frame and returns its length: the unit's and <see cref="FrameLayout.OverheadBytes"/>.</summary>
    /// <exception cref="ArgumentException">The unit is longer than 1,024 bytes, or <paramref name="to"/> is too short.</exception>
    public static int Write(Span<byte> to, in FrameHead head, ReadOnlySpan<byte> unit)
    {
        if (unit.Length > FrameLayout.UnitBytesMax)
        {
            throw new ArgumentException($"unit: {unit.Length} bytes; allowed: 0 .. {FrameLayout.UnitBytesMax}", nameof(unit));
        }

        int whole = unit.Length + FrameLayout.OverheadBytes;
        if (to.Length < whole)
        {
            throw new ArgumentException($"room: {to.Length} bytes; needed: {whole}", nameof(to));
        }

        to[0] = to[1] = FrameLayout.StartByte;
        BinaryPrimitives.WriteUInt16LittleEndian(to.Slice(FrameLayout.Sequence), head.Sequence);
        to[FrameLayout.MainVersion] = head.MainVersion;
        to[FrameLayout.UserVersion] = head.UserVersion;
        head.Time.Write(to.Slice(FrameLayout.Time));
        head.Source.Write(to.Slice(FrameLayout.Source));
        head.Destination.Write(to.Slice(FrameLayout.Destination));
        BinaryPrimitives.WriteUInt16LittleEndian(to.Slice(FrameLayout.UnitLength), (ushort)unit.Length);
        to[FrameLayout.Command] = (byte)head.Command;
        unit.CopyTo(to.Slice(FrameLayout.Unit));
        to[whole - 3] = FrameLayout.Sum(to.Slice(FrameLayout.Sequence, whole - 5));
        to[whole - 2] = to[whole - 1] = FrameLayout.EndByte;
        return whole;
    }
}
