// Owns: what all connections share: who is registered, the queue to the working thread, the list of strangers, the clock.
// Must never: let a stranger's frame further than the list, or the list grow beyond its bound.

using System.Net;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Between the sockets' threads and the county's working thread.</summary>
internal sealed class PeerDoor(TimeProvider time, Action wake)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Address, string Source), PeerStranger> _strangers = [];
    private ILookup<long, PeerRegistration> _peers = Array.Empty<PeerRegistration>().ToLookup(peer => peer.Address);

    /// <summary>Fair by box, however many connections it has: what one sends keeps no other waiting.</summary>
    public FairQueue<ReceivedFrame> Queue { get; } = new(frame => frame.Peer.Station, frame => frame.Urgent, frame => frame.Units);

    public long RunMs => Instant.Now(time).RunMs;

    public TimeProvider Time => time;

    /// <summary>The boxes that may speak from now on.</summary>
    public void Admit(IEnumerable<PeerRegistration> peers) => Volatile.Write(ref _peers, peers.ToLookup(peer => peer.Address));

    /// <summary>The box of an address that may speak from there; null with why there is none.</summary>
    public PeerRegistration? PeerOf(PeerAddress source, IPAddress from, out StrangerReason reason)
    {
        IEnumerable<PeerRegistration> peers = Volatile.Read(ref _peers)[(long)source.Number];
        reason = peers.Any() ? StrangerReason.ForeignSource : StrangerReason.Unregistered;
        return peers.FirstOrDefault(peer => peer.MayComeFrom(from));
    }

    public void Add(ReceivedFrame frame)
    {
        Queue.Add(frame);
        wake();
    }

    /// <summary>Wakes the working thread for what waits.</summary>
    public void Wake() => wake();

    /// <summary>An answer, as its receiver reads it.</summary>
    public byte[] Answer(FrameHead to, FrameCommand command, byte[] unit, PeerFlags flags) =>
        FrameBytes.Of(to.Answer(command, PeerTimes.ToFrame(time, flags)), unit, flags);

    /// <summary>Notes a sender of which nothing is stored and who is not answered.</summary>
    public void Strange(in Frame frame, IPEndPoint from, StrangerReason reason)
    {
        BoxMetrics.Refused(reason == StrangerReason.Unregistered ? "unregistered" : "foreign-source");
        (long Address, string Source) key = ((long)frame.Source.Number, $"{from.Address}");
        long nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        byte[] sample = frame.Bytes.ToArray();
        lock (_gate)
        {
            PeerStranger? known = _strangers.GetValueOrDefault(key);
            if (known is null && _strangers.Count >= CountyLimits.StrangersMax)
            {
                return;
            }

            _strangers[key] = new PeerStranger(
                key.Address, key.Source, reason, (known?.Count ?? 0) + 1, known?.FirstMs ?? nowMs, nowMs, sample);
        }
    }

    /// <summary>Those noted since the last time.</summary>
    public IReadOnlyList<PeerStranger> TakeStrangers()
    {
        lock (_gate)
        {
            PeerStranger[] taken = [.. _strangers.Values];
            _strangers.Clear();
            return taken;
        }
    }
}
