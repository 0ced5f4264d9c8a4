// Owns: what is known of a box's part in words.
// Must never: let a box's text steer a terminal.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

public static class PartText
{
    /// <summary>The fire system; empty for the box itself.</summary>
    public static string System(PeerComponent part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Key.What == PeerPart.Box ? "" : $"{SystemTypes.Name((byte)part.Key.SystemType)}{part.Key.SystemAddress}";
    }

    /// <summary>What it is.</summary>
    public static string Kind(PeerComponent part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Key.What switch
        {
            PeerPart.Box => "装置 box",
            PeerPart.System => "系统 system",
            _ => ComponentTypes.Name((byte)part.ComponentType),
        };
    }

    /// <summary>What holds of it, without bit 0, which decides nothing.</summary>
    public static string State(PeerComponent part)
    {
        ArgumentNullException.ThrowIfNull(part);
        int bits = part.Status & ~(int)SystemBits.Normal & ushort.MaxValue;
        bool test = (part.Status & StatusEvents.FireInTest) != 0;
        string words = bits == 0 ? "" : FrameReport.Bits(bits, part.Key.What switch
        {
            PeerPart.Box => BitNames.Box,
            PeerPart.System => BitNames.System,
            _ => BitNames.Component,
        });
        return (words + (test ? " 火警（测试）" : "")).Trim() is { Length: > 0 } said ? said : "正常 normal";
    }

    /// <summary>A measured value with its unit.</summary>
    public static string Value(PeerValue value) => AnalogTypes.Text((byte)value.AnalogType, (short)value.Value);
}
