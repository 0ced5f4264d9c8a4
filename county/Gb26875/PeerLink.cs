// Owns: a box's connection as everything above the sockets sees it: frames in, frames out, and its share of patience.
// Must never: wait for the network, or take a frame for good that its reader refused.

using System.Net;
using System.Text;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>One TCP connection, or one sender of datagrams.</summary>
internal abstract class PeerLink(PeerDoor door, IPEndPoint from)
{
    private FrameReader _reader = new();
    private bool _hex;
    private bool _begun;
    private int _denies;
    private int _waiting;

    public IPEndPoint From => from;

    public bool Closed { get; protected set; }

    /// <summary>A registered box spoke here.</summary>
    public bool Proven { get; private set; }

    /// <summary>When the last good frame of a registered box came, or the connection began.</summary>
    public long GoodRunMs { get; private set; } = door.RunMs;

    /// <summary>Bytes of an unfinished frame wait.</summary>
    public bool MidFrame => _reader.Waiting > 0;

    /// <summary>Frames that wait for the store.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Hands a frame to the network, without waiting.</summary>
    public void Send(byte[] frame) => Write(_hex ? Encoding.ASCII.GetBytes(Convert.ToHexString(frame)) : frame);

    /// <summary>The working thread is done with a frame.</summary>
    public virtual void Done() => Interlocked.Decrement(ref _waiting);

    public abstract void Close();

    /// <summary>Gives up an unfinished frame after a pause in it.</summary>
    public void Stalled()
    {
        _reader.DropStalled();
        ReadFrames();
    }

    /// <summary>A datagram has no next part.</summary>
    public void EndOfDatagram() => _reader.Clear();

    /// <summary>Takes bytes in and hands the good frames on; gives how many frames there were, good or not.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        if (!_begun && bytes.StartsWith("4040"u8))
        {
            // Digits instead of bytes; whether this box may do that its profile says.
            _hex = true;
            _reader = new FrameReader(PeerFlags.AsciiHex);
        }

        _begun = true;
        int frames = 0;
        while (!bytes.IsEmpty)
        {
            int taken = _reader.Add(bytes);
            bytes = bytes[taken..];
            frames += ReadFrames();
        }

        return frames;
    }

    protected abstract void Write(byte[] bytes);

    private int ReadFrames()
    {
        int frames = 0;
        ReadOutcome outcome;
        while (!Closed && (outcome = _reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
        {
            frames++;
            if (outcome is ReadOutcome.Frame or ReadOutcome.BadSum or ReadOutcome.BadVersion)
            {
                Judge(outcome, frame);
            }
        }

        return frames;
    }

    private void Judge(ReadOutcome outcome, in Frame frame)
    {
        PeerRegistration? peer = door.PeerOf(frame.Source);
        PeerFlags flags = (PeerFlags)(peer?.Profile ?? 0);
        if (peer is null || !peer.MayComeFrom(from.Address) || _hex != ((flags & PeerFlags.AsciiHex) != PeerFlags.None))
        {
            if (outcome == ReadOutcome.Frame)
            {
                door.Strange(frame, from, peer is null ? StrangerReason.Unregistered : StrangerReason.ForeignSource);
            }

            return;
        }

        // Without the sum the address is not sure either, but the answer goes where the bytes came from, and says nothing.
        bool version = (flags & PeerFlags.StrictVersion) == PeerFlags.None || frame.MainVersion == FrameLayout.StandardVersion;
        bool sum = outcome != ReadOutcome.BadSum
            || ((flags & PeerFlags.IgnoreAnswerSum) != PeerFlags.None && frame.Command is FrameCommand.Confirm or FrameCommand.Deny);
        if (!version || !sum)
        {
            Deny(frame);
            return;
        }

        _denies = 0;
        Proven = true;
        GoodRunMs = door.RunMs;
        Interlocked.Increment(ref _waiting);
        door.Add(new ReceivedFrame(this, peer, FrameHead.Of(frame), frame.Unit.ToArray()));
    }

    private void Deny(in Frame frame)
    {
        Send(door.Answer(FrameHead.Of(frame), FrameCommand.Deny, []));
        _denies++;
        if (_denies >= CountyLimits.PeerDeniesInARow)
        {
            Close();
        }
    }
}
