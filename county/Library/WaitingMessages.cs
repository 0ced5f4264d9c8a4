// Owns: the messages between the broker's thread and the working thread, and how that one is woken.
// Must never: grow beyond its bounds.

namespace Gateway.County;

/// <summary>Messages that wait for the store, in fair turns. Any thread adds, one takes.</summary>
internal sealed class WaitingMessages
{
    private readonly FairQueue<SignedMessage> _queue = new(m => m.From.Station, m => m.Urgent, m => m.Units);
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _some = new(initialState: false);
    private int _woken;

    /// <summary>How many wait.</summary>
    public int Count => _queue.Count;

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
            bool added = _queue.Add(message, CountyLimits.WaitingOfStationMax, CountyLimits.WaitingMessagesMax);
            if (added && _queue.IsServed(message.From.Station))
            {
                _some.Set();
            }

            return added;
        }
    }

    /// <summary>
    /// What the messages of stations cost: those that have used up their share wait. Gives those of which that is to be told.
    /// </summary>
    public IReadOnlyList<uint> Charge(IReadOnlyDictionary<uint, int> work, long runMs) => _queue.Charge(work, runMs);

    /// <summary>Waits a moment for the first message and a few ms for its company; empty when none came.</summary>
    public IReadOnlyList<SignedMessage> Take(int max, int companyMs, TimeProvider time, CancellationToken stop)
    {
        // Those of stations that are passed over set nothing: they are looked at after each wait.
        if (!_some.IsSet && WaitHandle.WaitAny([_some.WaitHandle, stop.WaitHandle], CountyLimits.WaitingIdleMs) != 0 && Count == 0)
        {
            return [];
        }

        if (Interlocked.Exchange(ref _woken, 0) == 0 && Count < max)
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
        lock (_gate)
        {
            List<SignedMessage> taken = _queue.Take(max, runMs);
            if ((Count == 0 || taken.Count == 0) && _woken == 0)
            {
                _some.Reset();
            }

            return taken;
        }
    }
}
