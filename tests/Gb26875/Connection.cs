// Owns: the connection that the library's README shows, word for word.
// Must never: differ from it; a test compares.

using Gateway.Gb26875;

namespace Gateway.Tests.Frames;

public sealed class Connection
{
    private readonly FrameReader _reader = new();
    private readonly byte[] _answer = new byte[FrameLayout.FrameBytesMax];

    /// <summary>Takes what came from the socket; calls <paramref name="send"/> with what goes back.</summary>
    public void Take(ReadOnlySpan<byte> bytes, FrameTime now, Action<byte[], int> send)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes.Slice(_reader.Add(bytes));
            ReadOutcome outcome;
            while ((outcome = _reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
            {
                if (outcome == ReadOutcome.Frame && frame.Command == FrameCommand.Send && Store(frame.Unit))
                {
                    send(_answer, FrameWriter.Write(_answer, FrameHead.Of(frame).Answer(FrameCommand.Confirm, now), default));
                }
                else if (outcome == ReadOutcome.BadSum)
                {
                    send(_answer, FrameWriter.Write(_answer, FrameHead.Of(frame).Answer(FrameCommand.Deny, now), default));
                }
            }
        }
    }

    /// <summary>True when everything is held; a frame is confirmed after the commit, never before.</summary>
    private static bool Store(ReadOnlySpan<byte> unit)
    {
        UnitReader objects = new(unit);
        while (objects.Next(out UnitObject one))
        {
            if (objects.Type == UnitType.ComponentStatus && ((ComponentBits)one.Status & ComponentBits.Fire) != ComponentBits.None)
            {
                string component = ComponentTypes.Name(one.ComponentType);
                Console.WriteLine($"火警 {component} {one.ComponentAddress:X8} {FrameText.Read(one.Text)} {one.Time}");
            }
        }

        return true; // A real centre commits here, and keeps what the reader called a fault as raw bytes.
    }
}
