// Owns: a box's connection as everything above the sockets sees it: frames in, frames out, and its share of patience.
// Must never: wait for the network, or take a frame for good that its reader refused.

using System.Net;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>One TCP connection, or one sender of datagrams.</summary>
internal abstract class PeerLink(PeerDoor door, IPEndPoint from)
{
    private readonly FrameReader _bytes = new();
    private readonly FrameReader _digits = new(PeerFlags.AsciiHex);

    // The one of them that reads, from the first frame on; what a box may do its profile says.
    private FrameReader? _chosen;
    private int _denies;
    private int _waiting;

    public IPEndPoint From => from;

    public bool Closed { get; protected set; }

    /// <summary>A registered box spoke here.</summary>
    public bool Proven { get; private set; }

    /// <summary>The box that last spoke here; 0 = none.</summary>
    public uint Station { get; private set; }

    /// <summary>When the last good frame of a registered box came, or the connection began.</summary>
    public long GoodRunMs { get; private set; } = door.RunMs;

    /// <summary>Bytes of an unfinished frame wait.</summary>
    public bool MidFrame => (Reads(_bytes) && _bytes.Waiting > 0) || (Reads(_digits) && _digits.Waiting > 0);

    /// <summary>Frames that wait for the store.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>The working thread is done with a frame.</summary>
    public virtual void Done() => Interlocked.Decrement(ref _waiting);

    public abstract void Close();

    /// <summary>Hands a frame to the network as its receiver reads it, without waiting.</summary>
    public abstract void Send(byte[] frame);

    /// <summary>A pause in an unfinished frame: what stands whole behind its start does not wait for it.</summary>
    public void Paused() => InBoth(reader =>
    {
        if (reader.DropFalseStart())
        {
            ReadFrames(reader);
        }
    });

    /// <summary>Gives up an unfinished frame after a long pause in it.</summary>
    public void Stalled() => InBoth(reader =>
    {
        reader.DropStalled();
        ReadFrames(reader);
    });

    /// <summary>
    /// A datagram has no next part: a start whose frame is not whole was a false one. And whether it was bytes or digits says nothing of
    /// the next one, which may be another's under a forged address.
    /// </summary>
    public void EndOfDatagram()
    {
        InBoth(reader =>
        {
            while (reader.DropStalled())
            {
                ReadFrames(reader);
            }
        });
        _bytes.Clear();
        _digits.Clear();
        _chosen = null;
    }

    /// <summary>Takes bytes in and hands the good frames on; gives how many frames there were, good or not.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        int frames = Take(_bytes, bytes);
        return frames + Take(_digits, bytes);
    }

    private bool Reads(FrameReader reader) => _chosen is null || ReferenceEquals(_chosen, reader);

    private int Take(FrameReader reader, ReadOnlySpan<byte> bytes)
    {
        int frames = 0;
        // Of a connection that was ended meanwhile nothing is read, so its reader would take nothing any more.
        while (!bytes.IsEmpty && Reads(reader) && !Closed)
        {
            bytes = bytes[reader.Add(bytes)..];
            frames += ReadFrames(reader);
        }

        return frames;
    }

    private void InBoth(Action<FrameReader> work)
    {
        foreach (FrameReader reader in (FrameReader[])[_bytes, _digits])
        {
            if (Reads(reader))
            {
                work(reader);
            }
        }
    }

    private int ReadFrames(FrameReader reader)
    {
        // False starts are counted together: rubbish may be one a byte.
        int frames = 0, tooLong = 0, badEnd = 0;
        ReadOutcome outcome;
        while (!Closed && (outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
        {
            frames++;
            if (outcome is ReadOutcome.Frame or ReadOutcome.BadSum or ReadOutcome.BadVersion)
            {
                _chosen ??= reader;
                Judge(outcome, frame);
            }
            else
            {
                tooLong += outcome == ReadOutcome.TooLong ? 1 : 0;
                badEnd += outcome == ReadOutcome.BadTail ? 1 : 0;
            }
        }

        BoxMetrics.Refused("length", tooLong);
        BoxMetrics.Refused("end", badEnd);
        return frames;
    }

    private void Judge(ReadOutcome outcome, in Frame frame)
    {
        PeerRegistration? peer = door.PeerOf(frame.Source, from.Address, out StrangerReason reason);
        PeerFlags flags = (PeerFlags)(peer?.Profile ?? 0);
        if (peer is null || ReferenceEquals(_chosen, _digits) != ((flags & PeerFlags.AsciiHex) != PeerFlags.None))
        {
            if (outcome == ReadOutcome.Frame)
            {
                door.Strange(frame, from, reason);
            }

            return;
        }

        // Without the sum the address is not sure either, but the answer goes where the bytes came from, and says nothing.
        bool version = (flags & PeerFlags.StrictVersion) == PeerFlags.None || frame.MainVersion == FrameLayout.StandardVersion;
        bool sum = outcome != ReadOutcome.BadSum
            || ((flags & PeerFlags.IgnoreAnswerSum) != PeerFlags.None && frame.Command is FrameCommand.Confirm or FrameCommand.Deny);
        if (!version || !sum)
        {
            BoxMetrics.Refused(sum ? "version" : "sum");
            Deny(frame, flags);
            return;
        }

        BoxMetrics.Taken();
        _denies = 0;
        Proven = true;
        Station = peer.Station;
        GoodRunMs = door.RunMs;
        Interlocked.Increment(ref _waiting);
        door.Add(new ReceivedFrame(this, peer, FrameHead.Of(frame), frame.Unit.ToArray()));
    }

    private void Deny(in Frame frame, PeerFlags flags)
    {
        Send(door.Answer(FrameHead.Of(frame), FrameCommand.Deny, [], flags));
        _denies++;
        if (_denies >= CountyLimits.PeerDeniesInARow)
        {
            Close();
        }
    }
}
