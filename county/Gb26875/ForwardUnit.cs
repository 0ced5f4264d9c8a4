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
    /// <param name="origin">Of a box's event: where it came from.</param>
    /// <param name="centre">Its ways.</param>
    public static byte[] Of(
        ForwardStep step, int status, FrameTime when, StationRegistration? station, PeerOrigin? origin, CentreProfile centre)
    {
        byte[] text = new byte[UnitLayout.FixedTextBytes];
        string words = origin is { Text.Length: > 0 } && step.Part.What == PeerPart.Component ? origin.Text
            : $"{station?.Village}{station?.Name}{(step.Part.Component is > 0 and <= byte.MaxValue ? $"{step.Part.Component}区" : "")}";
        UnitType type = step.Operation != OperationBits.None ? UnitType.BoxOperation : step.Part.What switch
        {
            PeerPart.Component => UnitType.ComponentStatus,
            PeerPart.System => UnitType.SystemStatus,
            _ => UnitType.BoxStatus,
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
            Text = text.AsSpan(0, FrameText.Write(words, text)),
            Time = when,
        });
        return unit.Written.ToArray();
    }
}
