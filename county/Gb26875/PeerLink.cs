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

    // Beside the other until the first frame shows whether it comes as bytes or as digits; what a box may do its profile says.
    private FrameReader? _digits = new(PeerFlags.AsciiHex);
    private bool _hex;
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
    public bool MidFrame => _reader.Waiting > 0 || _digits is { Waiting: > 0 };

    /// <summary>Frames that wait for the store.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Hands a frame to the network, without waiting.</summary>
    public void Send(byte[] frame) => Write(_hex ? Encoding.ASCII.GetBytes(Convert.ToHexString(frame)) : frame);

    /// <summary>The working thread is done with a frame.</summary>
    public virtual void Done() => Interlocked.Decrement(ref _waiting);

    public abstract void Close();

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

    /// <summary>A datagram has no next part: a start whose frame is not whole was a false one.</summary>
    public void EndOfDatagram() => InBoth(reader =>
    {
        while (reader.DropStalled())
        {
            ReadFrames(reader);
        }

        reader.Clear();
    });

    /// <summary>Takes bytes in and hands the good frames on; gives how many frames there were, good or not.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        int frames = Take(_reader, bytes);
        return _digits is null ? frames : frames + Take(_digits, bytes);
    }

    protected abstract void Write(byte[] bytes);

    private int Take(FrameReader reader, ReadOnlySpan<byte> bytes)
    {
        int frames = 0;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[reader.Add(bytes)..];
            frames += ReadFrames(reader);
        }

        return frames;
    }

    private void InBoth(Action<FrameReader> work)
    {
        work(_reader);
        if (_digits is { } digits)
        {
            work(digits);
        }
    }

    private int ReadFrames(FrameReader reader)
    {
        int frames = 0;
        ReadOutcome outcome;
        while (!Closed && (outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
        {
            frames++;
            if (outcome is ReadOutcome.Frame or ReadOutcome.BadSum or ReadOutcome.BadVersion)
            {
                Decide(reader);
                Judge(outcome, frame);
            }
            else
            {
                BoxMetrics.Refused(outcome == ReadOutcome.TooLong ? "length" : "end");
            }
        }

        return frames;
    }

    private void Decide(FrameReader reader)
    {
        if (_digits is not null)
        {
            _hex = ReferenceEquals(reader, _digits);
            _reader = reader;
            _digits = null;
        }
    }

    private void Judge(ReadOutcome outcome, in Frame frame)
    {
        PeerRegistration? peer = door.PeerOf(frame.Source, from.Address, out StrangerReason reason);
        PeerFlags flags = (PeerFlags)(peer?.Profile ?? 0);
        if (peer is null || _hex != ((flags & PeerFlags.AsciiHex) != PeerFlags.None))
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
            Deny(frame);
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
