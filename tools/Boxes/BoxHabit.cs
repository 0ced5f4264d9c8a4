// Owns: the ways in which boxes of other makers differ, as seen in the field.
// Must never: hold a way that no box was seen to have.

using Gateway.Gb26875;

namespace Gateway.Tools.Boxes;

/// <summary>How a box says that it lives.</summary>
public enum BoxHeartbeat
{
    None,

    /// <summary>A sent frame without unit.</summary>
    Empty,

    /// <summary>Its state, type 21, without the time.</summary>
    State,

    /// <summary>User type 190.</summary>
    UserType,

    /// <summary>A unit of the single byte 0x16.</summary>
    OneByte,
}

/// <summary>What its clock shows.</summary>
public enum BoxClock
{
    Right,

    /// <summary>Six zeros.</summary>
    Empty,

    /// <summary>Years behind.</summary>
    YearsOff,
}

/// <summary>One maker's ways.</summary>
public sealed record BoxHabit(string Name)
{
    public bool Udp { get; init; }

    /// <summary>Bit 0 beside every other bit, as the letter has it; else a fire is 0x0002 and its end 0x0000.</summary>
    public bool BitZero { get; init; }

    public BoxHeartbeat Heartbeat { get; init; } = BoxHeartbeat.Empty;

    public BoxClock Clock { get; init; }

    /// <summary>A heartbeat directly before and behind each frame in one piece, and a stray start byte before that.</summary>
    public bool Glued { get; init; }

    /// <summary>Counts from 0 after each connection, as after a boot.</summary>
    public bool RestartsSequence { get; init; }

    public byte MainVersion { get; init; } = FrameLayout.StandardVersion;

    public byte UserVersion { get; init; } = 1;

    /// <summary>What the county has to be told of it.</summary>
    public PeerFlags Profile { get; init; }

    /// <summary>Five ways that between them have all that was seen.</summary>
    public static IReadOnlyList<BoxHabit> All { get; } =
    [
        new("letter") { BitZero = true },
        new("bare") { Heartbeat = BoxHeartbeat.State, MainVersion = 2, UserVersion = 0 },
        new("glued") { Heartbeat = BoxHeartbeat.UserType, Glued = true, Clock = BoxClock.YearsOff, MainVersion = 16, UserVersion = 6 },
        new("datagram")
        {
            Udp = true, Heartbeat = BoxHeartbeat.OneByte, Clock = BoxClock.Empty,
            Profile = PeerFlags.OneByteHeartbeat,
        },
        new("digits") { BitZero = true, RestartsSequence = true, Profile = PeerFlags.AsciiHex },
    ];
}
