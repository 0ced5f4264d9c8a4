// Owns: the queue between the broker's thread and the working thread: stations with a fire or a hello first, each station's messages in
// their order.
// Must never: grow beyond its bounds, or change the order of one station's messages: their counters rise.

namespace Gateway.County;

/// <summary>
/// A queue a station, and two lines of stations that wait: those with something urgent, and the others. A station is served up to its
/// urgent message, or one message at a time, so that neither a flood nor a long catching-up of one station delays the others. Any thread
/// adds, one takes.
/// </summary>
internal sealed class WaitingMessages
{
    // The working thread looks up from waiting so often, to do what is due by time.
    private const int IdleMs = 200;

    private readonly Dictionary<uint, StationQueue> _stations = [];
    private readonly Queue<StationQueue> _urgent = new();
    private readonly Queue<StationQueue> _others = new();
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _some = new(initialState: false);
    private int _count;
    private int _woken;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Ends the wait that is on, or the next one, though no message came.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _woken = 1;
            _some.Set();
        }
    }

    /// <summary>False when there is no room.</summary>
    public bool Add(SignedMessage message)
    {
        lock (_gate)
        {
            if (!_stations.TryGetValue(message.From.Station, out StationQueue? queue))
            {
                queue = new StationQueue();
                _stations.Add(message.From.Station, queue);
            }

            if (queue.Messages.Count >= CountyLimits.WaitingOfStationMax || _count >= CountyLimits.WaitingMessagesMax)
            {
                return false;
            }

            queue.Messages.Enqueue(message);
            _count++;
            if (message.Urgent)
            {
                queue.UntilUrgent = queue.Messages.Count;
                if (!queue.InUrgent)
                {
                    queue.InUrgent = true;
                    _urgent.Enqueue(queue);
                }
            }

            if (!queue.InOthers)
            {
                queue.InOthers = true;
                _others.Enqueue(queue);
            }

            _some.Set();
            return true;
        }
    }

    /// <summary>Waits a moment for the first message and a few ms for its company; empty when none came.</summary>
    public IReadOnlyList<SignedMessage> Take(int max, int companyMs, CancellationToken stop)
    {
        if (!_some.IsSet && WaitHandle.WaitAny([_some.WaitHandle, stop.WaitHandle], IdleMs) != 0)
        {
            return [];
        }

        if (Interlocked.Exchange(ref _woken, 0) == 0 && Volatile.Read(ref _count) < max)
        {
            stop.WaitHandle.WaitOne(companyMs);
        }

        return TakeNow(max);
    }

    public IReadOnlyList<SignedMessage> TakeNow(int max)
    {
        List<SignedMessage> taken = [];
        lock (_gate)
        {
            while (taken.Count < max && _urgent.TryPeek(out StationQueue? queue))
            {
                while (queue.UntilUrgent > 0 && taken.Count < max)
                {
                    taken.Add(Next(queue));
                }

                if (queue.UntilUrgent == 0)
                {
                    queue.InUrgent = false;
                    _urgent.Dequeue();
                }
            }

            while (taken.Count < max && _others.TryDequeue(out StationQueue? queue))
            {
                if (queue.Messages.Count > 0)
                {
                    taken.Add(Next(queue));
                }

                queue.InOthers = queue.Messages.Count > 0;
                if (queue.InOthers)
                {
                    _others.Enqueue(queue);
                }
            }

            if (_count == 0 && _woken == 0)
            {
                _some.Reset();
            }
        }

        return taken;
    }

    private SignedMessage Next(StationQueue queue)
    {
        _count--;
        queue.UntilUrgent = Math.Max(0, queue.UntilUrgent - 1);
        return queue.Messages.Dequeue();
    }

    private sealed class StationQueue
    {
        public Queue<SignedMessage> Messages { get; } = new();

        /// <summary>How many messages stand up to and including the last urgent one.</summary>
        public int UntilUrgent { get; set; }

        public bool InUrgent { get; set; }

        public bool InOthers { get; set; }
    }
}
