// Owns: a connection without a socket.
// Must never: lose an answer.

using System.Net;
using Gateway.County.Gb26875;

namespace Gateway.Tests.CountyGb26875;

internal sealed class LoneLink(PeerDoor door, string from = "127.0.0.1") : PeerLink(door, new IPEndPoint(IPAddress.Parse(from), 9))
{
    public List<byte[]> Sent { get; } = [];

    public override void Close() => Closed = true;

    public override void Send(byte[] frame) => Sent.Add(frame);
}
