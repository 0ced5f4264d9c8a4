// Owns: where a box's event came from, in words behind the event's own.
// Must never: let a box's text steer a terminal.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Component, its address, its description and the bit.</summary>
public static class OriginText
{
    /// <summary>Empty, or words that begin with a blank.</summary>
    public static string Of(PeerOrigin? origin)
    {
        if (origin is null)
        {
            return "";
        }

        PeerPartKey part = origin.Part;
        List<string> words = [];
        if (part.What != PeerPart.Box)
        {
            words.Add($"{SystemTypes.Name((byte)part.SystemType)}{part.SystemAddress}");
        }

        if (part.What == PeerPart.Component)
        {
            words.Add($"{ComponentTypes.Name((byte)origin.ComponentType)} {part.Component}");
            words.Add(origin.Text.Length == 0 ? "" : $"“{Plain(origin.Text)}”");
            words.Add(Bit(BitNames.Component, origin.Bit));
        }
        else if (part.What == PeerPart.System)
        {
            words.Add(Bit(BitNames.System, origin.Bit));
        }

        if (origin.Unit.Length > 0)
        {
            words.Add($"无法解析，可能是报警 {Convert.ToHexString(origin.Unit)}");
        }

        return string.Concat(words.Where(word => word.Length > 0).Select(word => " " + word));
    }

    // The event's own word says fire, fault and shield; the others share theirs.
    private static string Bit(IReadOnlyList<string> names, int bit) => bit is >= 5 and < 16 ? names[bit] : "";

    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
