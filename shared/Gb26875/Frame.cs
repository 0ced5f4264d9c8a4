// Owns: where the parts of a frame lie, and a view of one frame.
// Must never: copy; a view is good until its reader is used again.

using System.Buffers.Binary;

namespace Gateway.Gb26875;

/// <summary>What a frame is for (offset 26).</summary>
public enum FrameCommand : byte
{
    /// <summary>Centre to box: types 89, 90, 91. Answered by confirm or deny.</summary>
    Control = 1,

    /// <summary>Box to centre, unasked. Answered by confirm or deny.</summary>
    Send = 2,

    /// <summary>Both ways; a body, should there be one, is ignored.</summary>
    Confirm = 3,

    /// <summary>Centre to box: types 61-68, 81-88. Answered by answer or deny.</summary>
    Request = 4,

    /// <summary>Box to centre: the body that was asked for.</summary>
    Answer = 5,

    /// <summary>Both ways: a received frame failed its check.</summary>
    Deny = 6,
}

/// <summary>Offsets and sizes of a frame in bytes. All numbers of more than one byte have their low byte first.</summary>
public static class FrameLayout
{
    /// <summary>0x40, twice, begins a frame.</summary>
    public const byte StartByte = 0x40;

    /// <summary>0x23, twice, ends a frame.</summary>
    public const byte EndByte = 0x23;

    /// <summary>Sequence, u16. The first byte that is summed.</summary>
    public const int Sequence = 2;

    /// <summary>Main version, u8; 1 by the standard.</summary>
    public const int MainVersion = 4;

    /// <summary>User version, u8.</summary>
    public const int UserVersion = 5;

    /// <summary>Six bytes of the time at which the frame was sent.</summary>
    public const int Time = 6;

    /// <summary>Six bytes of the sender's address.</summary>
    public const int Source = 12;

    /// <summary>Six bytes of the receiver's address.</summary>
    public const int Destination = 18;

    /// <summary>Length L of the unit, u16.</summary>
    public const int UnitLength = 24;

    /// <summary>Command, u8.</summary>
    public const int Command = 26;

    /// <summary>The unit, L bytes.</summary>
    public const int Unit = 27;

    /// <summary>Bytes of a frame besides its unit.</summary>
    public const int OverheadBytes = 30;

    /// <summary>The longest unit: 1,024 bytes by the standard.</summary>
    public const int UnitBytesMax = 1024;

    /// <summary>The longest frame.</summary>
    public const int FrameBytesMax = UnitBytesMax + OverheadBytes;

    /// <summary>The only main version of the standard.</summary>
    public const byte StandardVersion = 1;

    /// <summary>Low eight bits of the plain sum.</summary>
    public static byte Sum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            sum += bytes[i];
        }

        return (byte)sum;
    }
}

/// <summary>A view of the bytes of one frame whose length and ends were checked. Good until its reader is used again.</summary>
public readonly ref struct Frame
{
    internal Frame(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
    }

    /// <summary>All bytes, from start to end; 30 .. 1,054.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The number of the exchange; an answer repeats that of the frame it answers.</summary>
    public ushort Sequence => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.Slice(FrameLayout.Sequence));

    /// <summary>1 by the standard; peers send others.</summary>
    public byte MainVersion => Bytes[FrameLayout.MainVersion];

    /// <summary>Free.</summary>
    public byte UserVersion => Bytes[FrameLayout.UserVersion];

    /// <summary>When the frame was sent, by the sender's clock; may be empty.</summary>
    public FrameTime Time => FrameTime.Read(Bytes.Slice(FrameLayout.Time));

    /// <summary>Who sent it.</summary>
    public PeerAddress Source => PeerAddress.Read(Bytes.Slice(FrameLayout.Source));

    /// <summary>For whom it is; 0 and fixed numbers are met, so only the source tells who speaks.</summary>
    public PeerAddress Destination => PeerAddress.Read(Bytes.Slice(FrameLayout.Destination));

    /// <summary>What it is for; numbers outside of the enumeration are reserved (7-127) or the user's (128-255).</summary>
    public FrameCommand Command => (FrameCommand)Bytes[FrameLayout.Command];

    /// <summary>The application unit; empty when L is 0.</summary>
    public ReadOnlySpan<byte> Unit => Bytes.Slice(FrameLayout.Unit, Bytes.Length - FrameLayout.OverheadBytes);

    /// <summary>The sum that the frame carries.</summary>
    public byte CarriedSum => Bytes[Bytes.Length - 3];
}
