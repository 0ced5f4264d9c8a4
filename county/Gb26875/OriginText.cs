// Owns: where a box's event came from, in words behind the event's own.
// Must never: let a box's text steer a terminal.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Component, its address, its description and the bit.</summary>
public static class OriginText
{
    // Mains, battery, link, line: an event says only that there is a fault.
    private const int FirstOfBox = 3;

    /// <summary>Empty, or words that begin with a blank.</summary>
    /// <param name="origin">Null for a station's own event.</param>
    /// <param name="byPerson">The event is what a person did, and its words say what; else it is a bit of a status.</param>
    public static string Of(PeerOrigin? origin, bool byPerson)
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
        else if (byPerson)
        {
            words.Add(origin.Text.Length == 0 ? "" : $"操作员{Plain(origin.Text)}");
        }
        else if (part.What == PeerPart.System)
        {
            words.Add(Bit(BitNames.System, origin.Bit));
        }
        else
        {
            words.Add(origin.Bit >= FirstOfBox && origin.Bit < BitNames.Box.Count ? BitNames.Box[origin.Bit] : "");
        }

        if (origin.Unit.Length > 0)
        {
            words.Add($"无法解析，可能是报警 {Convert.ToHexString(origin.Unit)}");
        }

        return string.Concat(words.Where(word => word.Length > 0).Select(word => " " + word));
    }

    // The event's own word says fire, fault and disablement; the others share theirs.
    private static string Bit(IReadOnlyList<string> names, int bit) => bit is >= 5 and < 16 ? names[bit] : "";

    // The standard's texts are filled up with blanks of any kind; what is not seen otherwise is marked.
    private static string Plain(string text) => PlainText.Clean(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)));
}
