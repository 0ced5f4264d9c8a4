// Owns: one information object of a unit, as fields.
// Must never: interpret a status; what a peer means is a question of its profile.

namespace Gateway.Gb26875;

/// <summary>
/// The fields of one object. Which of them its unit's type has, <see cref="UnitLayout.Fields"/> says; the others are 0. Text is the raw
/// bytes, a view of the frame: <see cref="FrameText"/> turns it into characters.
/// </summary>
public ref struct UnitObject
{
    /// <summary>Fire system, see <see cref="SystemTypes"/>.</summary>
    public byte SystemType { get; set; }

    /// <summary>Number of the fire system, set by the facility.</summary>
    public byte SystemAddress { get; set; }

    /// <summary>Component, see <see cref="ComponentTypes"/>.</summary>
    public byte ComponentType { get; set; }

    /// <summary>Four bytes, the first one lowest; their meaning is the facility's.</summary>
    public uint ComponentAddress { get; set; }

    /// <summary>State bits: <see cref="SystemBits"/>, <see cref="ComponentBits"/> or <see cref="BoxBits"/>.</summary>
    public ushort Status { get; set; }

    /// <summary>What was measured, see <see cref="AnalogTypes"/>.</summary>
    public byte AnalogType { get; set; }

    /// <summary>In the unit of the analog type.</summary>
    public short Value { get; set; }

    /// <summary>What was done, see <see cref="OperationBits"/>.</summary>
    public byte Operation { get; set; }

    /// <summary>Number of the person; 0 is not said.</summary>
    public byte Operator { get; set; }

    /// <summary>Major version.</summary>
    public byte Major { get; set; }

    /// <summary>Minor version.</summary>
    public byte Minor { get; set; }

    /// <summary>How many records are asked for.</summary>
    public byte Wanted { get; set; }

    /// <summary>0 by the standard.</summary>
    public byte Reserved { get; set; }

    /// <summary>Minutes in which a duty check is to be answered.</summary>
    public byte Minutes { get; set; }

    /// <summary>Description or configuration in GB 18030.</summary>
    public ReadOnlySpan<byte> Text { get; set; }

    /// <summary>When it happened, by the peer's clock.</summary>
    public FrameTime Time { get; set; }

    /// <summary>The peer left the time out, as some do in a box's state.</summary>
    public bool TimeMissing { get; set; }
}
