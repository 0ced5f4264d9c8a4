// Owns: the ways in which a peer may differ from the letter of the standard.
// Must never: hold code; a flag is asked where the difference matters.

namespace Gateway.Gb26875;

/// <summary>A peer's profile. None is the tolerant default, which suits a peer of which nothing is known.</summary>
[Flags]
public enum PeerFlags
{
    /// <summary>The tolerant default.</summary>
    None = 0,

    /// <summary>Bit 0 of a status is kept to the letter: 0 is a test. Without it bit 0 decides nothing.</summary>
    TestBitMeantLiterally = 1,

    /// <summary>We write statuses without bit 0: a fire is 0x0002 and a restore 0x0000, as many peers do.</summary>
    BareStatus = 2,

    /// <summary>A unit of the single byte 0x16 is a heartbeat, answered by 0x17.</summary>
    OneByteHeartbeat = 4,

    /// <summary>The sum of confirm and deny frames is not looked at: this peer copies it from the request.</summary>
    IgnoreAnswerSum = 8,

    /// <summary>Frames come as hexadecimal digits in ASCII.</summary>
    AsciiHex = 16,

    /// <summary>A main version other than 1 is refused.</summary>
    StrictVersion = 32,

    /// <summary>Times are two decimal digits a byte.</summary>
    BcdTime = 64,
}
