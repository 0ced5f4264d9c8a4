// Owns: the ways in which peers say that they live; the standard has none.
// Must never: take a heartbeat for news.

namespace Gateway.Gb26875;

/// <summary>Recognises heartbeats.</summary>
public static class Heartbeats
{
    /// <summary>The unit of a one-byte heartbeat.</summary>
    public const byte OneByte = 0x16;

    /// <summary>The unit of the answer to <see cref="OneByte"/>.</summary>
    public const byte OneByteAnswer = 0x17;

    /// <summary>A type of the user's that some boxes send as heartbeat.</summary>
    public const byte UserType = 190;

    /// <summary>
    /// The frame says only that its sender lives: a sent frame without unit or of user type 190, or of one byte 0x16 where the profile says
    /// so. A box's state (type 21) is news and a sign of life.
    /// </summary>
    public static bool Is(in Frame frame, PeerFlags flags)
    {
        if (frame.Command != FrameCommand.Send)
        {
            return false;
        }

        ReadOnlySpan<byte> unit = frame.Unit;
        return unit.IsEmpty
            || (unit.Length >= UnitLayout.HeadBytes && unit[0] == UserType)
            || IsOneByte(unit, flags);
    }

    /// <summary>The heartbeat wants <see cref="OneByteAnswer"/> in its confirm.</summary>
    public static bool IsOneByte(ReadOnlySpan<byte> unit, PeerFlags flags) =>
        (flags & PeerFlags.OneByteHeartbeat) != PeerFlags.None && unit.Length == 1 && unit[0] == OneByte;
}
