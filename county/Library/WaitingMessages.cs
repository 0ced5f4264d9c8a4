// Owns: the queue between the broker's thread and the working thread: stations with a fire or a hello first, each station's messages in
// their order.
// Must never: grow beyond its bounds, change the order of one station's messages (their counters rise), or let a station that makes too
// much work keep the others waiting.

namespace Gateway.County;

/// <summary>
/// A queue a station, and two lines of stations that wait: those with something urgent, and the others. A station is served up to its
/// urgent message, or one message at a time, so that neither a flood nor a long catching-up of one station delays the others. A station
/// whose messages cost more than its share is passed over until its account is even. Any thread adds, one takes.
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
    private int _turn;
    private long _takenRunMs;

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

            if (queue.Account.IsEven(_takenRunMs))
            {
                _some.Set();
            }

            return true;
        }
    }

    /// <summary>
    /// What the messages of stations cost: those that have used up their share wait. Gives those of which that is to be told.
    /// </summary>
    public IReadOnlyList<uint> Charge(IReadOnlyDictionary<uint, int> work, long runMs)
    {
        List<uint> told = [];
        lock (_gate)
        {
            foreach ((uint station, int units) in work)
            {
                if (_stations.TryGetValue(station, out StationQueue? queue) && queue.Account.Charge(units, runMs))
                {
                    told.Add(station);
                }
            }
        }

        return told;
    }

    /// <summary>Waits a moment for the first message and a few ms for its company; empty when none came.</summary>
    public IReadOnlyList<SignedMessage> Take(int max, int companyMs, TimeProvider time, CancellationToken stop)
    {
        // Those of stations that are passed over set nothing: they are looked at after each wait.
        if (!_some.IsSet && WaitHandle.WaitAny([_some.WaitHandle, stop.WaitHandle], IdleMs) != 0 && Count == 0)
        {
            return [];
        }

        if (Interlocked.Exchange(ref _woken, 0) == 0 && Volatile.Read(ref _count) < max)
        {
            stop.WaitHandle.WaitOne(companyMs);
        }

        return TakeNow(max, Instant.Now(time).RunMs);
    }

    /// <summary>All that may be taken now, up to a number.</summary>
    /// <param name="max">At most so many.</param>
    /// <param name="runMs">Now, on the clock that never steps; at the end of the work none is passed over any more.</param>
    public IReadOnlyList<SignedMessage> TakeNow(int max, long runMs = 0)
    {
        List<SignedMessage> taken = [];
        lock (_gate)
        {
            _turn++;
            _takenRunMs = runMs;
            TakeUrgent(taken, max);
            TakeOthers(taken, max);
            if ((_count == 0 || taken.Count == 0) && _woken == 0)
            {
                _some.Reset();
            }
        }

        return taken;
    }

    private void TakeUrgent(List<SignedMessage> taken, int max)
    {
        for (int left = _urgent.Count; left > 0 && taken.Count < max; left--)
        {
            StationQueue queue = _urgent.Peek();
            while (queue.UntilUrgent > 0 && taken.Count < max && MayTake(queue))
            {
                taken.Add(Next(queue));
            }

            queue.InUrgent = queue.UntilUrgent > 0;
            if (queue.InUrgent && taken.Count == max)
            {
                // It is the first one next time.
                return;
            }

            _urgent.Dequeue();
            if (queue.InUrgent)
            {
                _urgent.Enqueue(queue);
            }
        }
    }

    private void TakeOthers(List<SignedMessage> taken, int max)
    {
        int passed = 0;
        while (taken.Count < max && passed < _others.Count && _others.TryDequeue(out StationQueue? queue))
        {
            bool takes = queue.Messages.Count > 0 && MayTake(queue);
            if (takes)
            {
                taken.Add(Next(queue));
            }

            queue.InOthers = queue.Messages.Count > 0;
            if (queue.InOthers)
            {
                _others.Enqueue(queue);
                passed = takes ? 0 : passed + 1;
            }
        }
    }

    private bool MayTake(StationQueue queue)
    {
        if (queue.Turn != _turn)
        {
            queue.Turn = _turn;
            queue.Units = 0;
        }

        return queue.Units < CountyLimits.GroupUnitsOfStationMax && queue.Account.IsEven(_takenRunMs);
    }

    private SignedMessage Next(StationQueue queue)
    {
        _count--;
        queue.UntilUrgent = Math.Max(0, queue.UntilUrgent - 1);
        SignedMessage message = queue.Messages.Dequeue();
        queue.Units += message.Units;
        return message;
    }

    private sealed class StationQueue
    {
        public Queue<SignedMessage> Messages { get; } = new();

        public WorkAccount Account { get; } = new();

        /// <summary>The turn in which it was last looked at, and what was taken in it.</summary>
        public int Turn { get; set; }

        public int Units { get; set; }

        /// <summary>How many messages stand up to and including the last urgent one.</summary>
        public int UntilUrgent { get; set; }

        public bool InUrgent { get; set; }

        public bool InOthers { get; set; }
    }
}
