// Owns: the queue between connections and the county's working thread: those with a fire first, then one frame each in turn.
// Must never: change the order of one connection's frames, or hold more of it than its share.

namespace Gateway.County.Gb26875;

/// <summary>Any thread adds, the working thread takes. A connection waits for room before it reads on, so nothing is dropped.</summary>
internal sealed class PeerQueue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerLink, Share> _shares = [];
    private readonly Queue<Share> _urgent = new();
    private readonly Queue<Share> _others = new();

    public int Count { get; private set; }

    public void Add(ReceivedFrame frame)
    {
        bool urgent = frame.Urgent;
        lock (_gate)
        {
            if (!_shares.TryGetValue(frame.From, out Share? share))
            {
                share = new Share(frame.From);
                _shares.Add(frame.From, share);
                _others.Enqueue(share);
            }

            share.Frames.Enqueue(frame);
            Count++;
            if (urgent)
            {
                share.UntilUrgent = share.Frames.Count;
                if (!share.InUrgent)
                {
                    share.InUrgent = true;
                    _urgent.Enqueue(share);
                }
            }
        }
    }

    public List<ReceivedFrame> Take(int max)
    {
        List<ReceivedFrame> taken = [];
        lock (_gate)
        {
            while (taken.Count < max && _urgent.TryPeek(out Share? share))
            {
                while (share.UntilUrgent > 0 && taken.Count < max)
                {
                    taken.Add(Next(share));
                }

                if (share.UntilUrgent == 0)
                {
                    share.InUrgent = false;
                    _urgent.Dequeue();
                }
            }

            while (taken.Count < max && _others.TryDequeue(out Share? share))
            {
                if (share.Frames.Count > 0)
                {
                    taken.Add(Next(share));
                }

                if (share.Frames.Count > 0 || share.InUrgent)
                {
                    _others.Enqueue(share);
                }
                else
                {
                    _shares.Remove(share.Of);
                }
            }
        }

        return taken;
    }

    private ReceivedFrame Next(Share share)
    {
        Count--;
        share.UntilUrgent = Math.Max(0, share.UntilUrgent - 1);
        return share.Frames.Dequeue();
    }

    private sealed class Share(PeerLink of)
    {
        public PeerLink Of => of;

        public Queue<ReceivedFrame> Frames { get; } = new();

        public int UntilUrgent { get; set; }

        public bool InUrgent { get; set; }
    }
}
