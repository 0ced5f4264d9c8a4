// Owns: seeing which events go to the broker.
// Must never: change, hold back or add a message.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc.Run;

/// <summary>Passes every call on, and tells of each batch that the link has taken.</summary>
/// <param name="link">The link that sends.</param>
/// <param name="sent">Gets the lane and the batch's last sequence.</param>
public sealed class LinkTap(LinkPort link, Action<int, uint> sent) : LinkPort
{
    public override int State() => link.State();

    public override void Open(int path, string will) => link.Open(path, will);

    public override void Close() => link.Close();

    public override bool Send(int leaf, byte[] message, int count)
    {
        if (!link.Send(leaf, message, count))
        {
            return false;
        }

        int last = count - Mac.SignatureBytes - EventRecord.Size;
        if (leaf < Lane.Count && last >= Batch.RecordsAt)
        {
            sent(leaf, EventRecord.SequenceOf(message, last));
        }

        return true;
    }

    public override int Receive(byte[] into) => link.Receive(into);
}
