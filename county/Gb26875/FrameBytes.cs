// Owns: a frame as the bytes that go to a peer of certain ways.
// Must never: decide what a frame says.

using System.Text;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

internal static class FrameBytes
{
    /// <summary>The whole frame; as digits where the peer's profile says so.</summary>
    public static byte[] Of(in FrameHead head, byte[] unit, PeerFlags flags)
    {
        byte[] frame = new byte[FrameLayout.OverheadBytes + unit.Length];
        FrameWriter.Write(frame, head, unit);
        return (flags & PeerFlags.AsciiHex) == PeerFlags.None ? frame : Encoding.ASCII.GetBytes(Convert.ToHexString(frame));
    }
}
