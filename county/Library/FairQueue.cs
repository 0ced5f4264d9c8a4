// Owns: whose turn it is of those that wait for the store: who has something urgent first, then one thing each.
// Must never: change the order of one station's things (their counters rise), or let a station that makes too much work keep the others
// waiting.

namespace Gateway.County;

/// <summary>
/// A queue a station, and two lines of stations that wait: those with something urgent, and the others. A station is served up to its
/// urgent thing, or one thing at a time, so that neither a flood nor a long catching-up of one station delays the others. A station that
/// has cost more than its share is passed over until its account is even. Any thread adds, one takes.
/// </summary>
/// <param name="stationOf">Whose a thing is, however many connections it has.</param>
/// <param name="isUrgent">Whether it goes before others.</param>
/// <param name="unitsOf">What it costs at least.</param>
internal sealed class FairQueue<T>(Func<T, uint> stationOf, Predicate<T> isUrgent, Func<T, int> unitsOf)
{
    private readonly Dictionary<uint, OfStation> _stations = [];
    private readonly Queue<OfStation> _urgent = new();
    private readonly Queue<OfStation> _others = new();
    private readonly Lock _gate = new();
    private int _count;
    private int _turn;
    private long _takenRunMs;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>False when there is no room.</summary>
    /// <param name="one">What waits.</param>
    /// <param name="ofStationMax">So many of its station at most.</param>
    /// <param name="max">And so many in all.</param>
    public bool Add(T one, int ofStationMax = int.MaxValue, int max = int.MaxValue)
    {
        lock (_gate)
        {
            uint station = stationOf(one);
            if (!_stations.TryGetValue(station, out OfStation? queue))
            {
                queue = new OfStation();
                _stations.Add(station, queue);
            }

            if (queue.Waiting.Count >= ofStationMax || _count >= max)
            {
                return false;
            }

            queue.Waiting.Enqueue(one);
            _count++;
            if (isUrgent(one))
            {
                queue.UntilUrgent = queue.Waiting.Count;
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

            return true;
        }
    }

    /// <summary>Whether the station was not passed over when it was last looked at.</summary>
    public bool IsServed(uint station)
    {
        lock (_gate)
        {
            return !_stations.TryGetValue(station, out OfStation? queue) || queue.Account.IsEven(_takenRunMs);
        }
    }

    /// <summary>
    /// What the things of stations cost: those that have used up their share wait. Gives those of which that is to be told.
    /// </summary>
    public IReadOnlyList<uint> Charge(IReadOnlyDictionary<uint, int> work, long runMs)
    {
        List<uint> told = [];
        lock (_gate)
        {
            foreach ((uint station, int units) in work)
            {
                if (_stations.TryGetValue(station, out OfStation? queue) && queue.Account.Charge(units, runMs))
                {
                    told.Add(station);
                }
            }
        }

        return told;
    }

    /// <summary>All that may be taken now, up to a number.</summary>
    /// <param name="max">At most so many.</param>
    /// <param name="runMs">Now, on the clock that never steps; at the end of the work none is passed over any more.</param>
    public List<T> Take(int max, long runMs = 0)
    {
        List<T> taken = [];
        lock (_gate)
        {
            _turn++;
            _takenRunMs = runMs;
            TakeUrgent(taken, max);
            TakeOthers(taken, max);
        }

        return taken;
    }

    private void TakeUrgent(List<T> taken, int max)
    {
        for (int left = _urgent.Count; left > 0 && taken.Count < max; left--)
        {
            OfStation queue = _urgent.Peek();
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

    private void TakeOthers(List<T> taken, int max)
    {
        int passed = 0;
        while (taken.Count < max && passed < _others.Count && _others.TryDequeue(out OfStation? queue))
        {
            bool takes = queue.Waiting.Count > 0 && MayTake(queue);
            if (takes)
            {
                taken.Add(Next(queue));
            }

            queue.InOthers = queue.Waiting.Count > 0;
            if (queue.InOthers)
            {
                _others.Enqueue(queue);
                passed = takes ? 0 : passed + 1;
            }
        }
    }

    private bool MayTake(OfStation queue)
    {
        if (queue.Turn != _turn)
        {
            queue.Turn = _turn;
            queue.Units = 0;
        }

        return queue.Units < CountyLimits.GroupUnitsOfStationMax && queue.Account.IsEven(_takenRunMs);
    }

    private T Next(OfStation queue)
    {
        _count--;
        queue.UntilUrgent = Math.Max(0, queue.UntilUrgent - 1);
        T one = queue.Waiting.Dequeue();
        queue.Units += unitsOf(one);
        return one;
    }

    private sealed class OfStation
    {
        public Queue<T> Waiting { get; } = new();

        public WorkAccount Account { get; } = new();

        /// <summary>The turn in which it was last looked at, and what was taken in it.</summary>
        public int Turn { get; set; }

        public int Units { get; set; }

        /// <summary>How many stand up to and including the last urgent one.</summary>
        public int UntilUrgent { get; set; }

        public bool InUrgent { get; set; }

        public bool InOthers { get; set; }
    }
}
