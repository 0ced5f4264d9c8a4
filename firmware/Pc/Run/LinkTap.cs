// Owns: seeing which events go to the broker, and whether an answer is still to come.
// Must never: change, hold back or add a message.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc.Run;

/// <summary>Passes every call on, and tells of each batch that the link has taken.</summary>
/// <param name="link">The link that sends.</param>
/// <param name="sent">Gets the lane and the batch's first and last sequence.</param>
public sealed class LinkTap(LinkPort link, Action<Lane, uint, uint> sent) : LinkPort
{
    private readonly byte[] _mail = new byte[ContractLimits.DownBytesMax];
    private readonly uint[] _through = new uint[Lanes.Count];
    private int _mailBytes;
    private bool _asked;

    /// <summary>True when a message from the county waits for the loop. It is looked up ahead of the loop, and given to it once.</summary>
    public bool HasMail
    {
        get
        {
            if (_mailBytes == 0)
            {
                _mailBytes = link.Receive(_mail);
            }

            return _mailBytes > 0;
        }
    }

    /// <summary>True when a hello or heartbeat was sent and nothing came since.</summary>
    public bool Asked => _asked;

    /// <summary>The last sequence that was sent of a lane.</summary>
    public uint Through(Lane lane) => _through[(int)lane];

    public override LinkState State() => link.State();

    public override void Open(int path, string will)
    {
        _mailBytes = 0;
        _asked = false;
        link.Open(path, will);
    }

    public override void Close()
    {
        // A message of the closed connection is of no session any more.
        _mailBytes = 0;
        _asked = false;
        link.Close();
    }

    public override bool Send(LinkLeaf leaf, byte[] message, int count)
    {
        if (!link.Send(leaf, message, count))
        {
            return false;
        }

        int last = count - Mac.SignatureBytes - EventRecord.Size;
        if ((int)leaf < Lanes.Count && last >= Batch.RecordsAt)
        {
            _through[(int)leaf] = EventRecord.SequenceOf(message, last);
            sent((Lane)leaf, EventRecord.SequenceOf(message, Batch.RecordsAt), _through[(int)leaf]);
        }
        else
        {
            _asked = true;
        }

        return true;
    }

    public override int Receive(byte[] into)
    {
        int count = _mailBytes;
        if (count > 0)
        {
            Array.Copy(_mail, into, count);
            _mailBytes = 0;
        }
        else
        {
            count = link.Receive(into);
        }

        _asked &= count == 0;
        return count;
    }
}
