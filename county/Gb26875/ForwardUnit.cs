// Owns: the bytes of a unit that is forwarded.
// Must never: say a test without the bit that says so.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

internal static class ForwardUnit
{
    /// <summary>The unit of a step.</summary>
    /// <param name="step">What is told.</param>
    /// <param name="status">The whole state of the part after it.</param>
    /// <param name="when">When it happened.</param>
    /// <param name="station">Whose; null where it is registered no more.</param>
    /// <param name="zoneName">As the station's settings of then say; empty where it is not known.</param>
    /// <param name="origin">Of a box's event: where it came from.</param>
    /// <param name="centre">Its ways.</param>
    public static byte[] Of(
        ForwardStep step, int status, FrameTime when, StationRegistration? station, string zoneName, PeerOrigin? origin,
        CentreProfile centre)
    {
        byte[] text = new byte[UnitLayout.FixedTextBytes];
        int textBytes = origin is { Text.Length: > 0 } && step.Part.What == PeerPart.Component ? FrameText.Write(origin.Text, text)
            : Place(station, step.Part.Component is > 0 and <= byte.MaxValue ? $" {step.Part.Component}号{zoneName}" : "", text);
        bool act = step.Operation != OperationBits.None;
        UnitType type = step.Part.What switch
        {
            PeerPart.Component => UnitType.ComponentStatus,
            PeerPart.System => act ? UnitType.SystemOperation : UnitType.SystemStatus,
            _ => act ? UnitType.BoxOperation : UnitType.BoxStatus,
        };
        bool bare = (centre.Flags & PeerFlags.BareStatus) != PeerFlags.None;
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], type);
        unit.TryAdd(new UnitObject
        {
            SystemType = (byte)step.Part.SystemType,
            SystemAddress = (byte)step.Part.SystemAddress,
            ComponentType = (byte)step.ComponentType,
            ComponentAddress = step.Part.Component,
            Status = (ushort)(bare || step.Test ? status : status | (int)ComponentBits.Normal),
            Operation = (byte)step.Operation,
            Text = text.AsSpan(0, textBytes),
            Time = when,
        });
        return unit.Written.ToArray();
    }

    /// <summary>
    /// The station's name and the zone's number and name; where both do not fit, each is cut to what the other leaves, and to no less than
    /// half. And the code of the village where it fits.
    /// </summary>
    private static int Place(StationRegistration? station, string zone, Span<byte> text)
    {
        string name = station?.Name ?? "";
        zone = name.Length == 0 ? zone.TrimStart() : zone;
        int nameBytes = FrameText.Write(name, text);
        int zoneBytes = FrameText.Write(zone, text[..Math.Max(text.Length / 2, text.Length - nameBytes)]);
        int bytes = FrameText.Write(name, text[..^zoneBytes]);
        bytes += FrameText.Write(zone, text.Slice(bytes, zoneBytes));
        string village = $" {station?.Village}";
        return bytes + (station is not null && village.Length <= text.Length - bytes ? FrameText.Write(village, text[bytes..]) : 0);
    }
}
