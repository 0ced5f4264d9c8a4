// Owns: what is remembered of boxes between transactions, and may be forgotten with the process.
// Must never: decide whether an event is stored, but for how often the same complaint is told.

namespace Gateway.County.Gb26875;

/// <summary>What of a box could not be read and is not told yet.</summary>
/// <param name="ToldRunMs">When the last was told.</param>
/// <param name="Count">How many came since.</param>
/// <param name="Newest">The newest of them.</param>
internal readonly record struct Unread(long ToldRunMs, int Count, ReceivedFrame? Newest);

/// <summary>
/// Complaints told and duty checks open, by station. Used by the county's working thread alone. A transaction that fails takes back what it
/// changed here.
/// </summary>
internal sealed class PeerMemory
{
    private readonly Table<uint, Unread> _unread = new();
    private readonly Table<uint, bool> _trailing = new();
    private readonly Table<uint, (long AskedRunMs, long EndRunMs)> _duty = new();
    private readonly Table<DangerKey, Trouble> _dangers = new();

    // Not later than the first that is due.
    private long _dangersDueRunMs = long.MinValue;

    /// <summary>One more that cannot be read; how many are to be told with it: 0 when it is not time yet, and it waits.</summary>
    public int Unreadable(ReceivedFrame frame, long runMs)
    {
        uint station = frame.Peer.Station;
        bool due = !_unread.Rows.TryGetValue(station, out Unread unread) || runMs - unread.ToldRunMs >= PeerLimits.UnreadableApartMs;
        _unread.Put(station, due ? new Unread(runMs, 0, null) : unread with { Count = unread.Count + 1, Newest = frame });
        return due ? unread.Count + 1 : 0;
    }

    /// <summary>What waited long enough to be told.</summary>
    public IReadOnlyList<(ReceivedFrame Newest, int Count)> UnreadDue(long runMs)
    {
        List<(ReceivedFrame, int)> due = [];
        foreach (Unread unread in _unread.Rows.Values)
        {
            if (unread.Newest is { } newest && runMs - unread.ToldRunMs >= PeerLimits.UnreadableApartMs)
            {
                due.Add((newest, unread.Count));
            }
        }

        return due;
    }

    public void UnreadTold(uint station, long runMs) => _unread.Put(station, new Unread(runMs, 0, null));

    /// <summary>True once a station: a box that sends too many bytes does so every time.</summary>
    public bool FirstTrailing(uint station) => !_trailing.Rows.ContainsKey(station) && _trailing.Put(station, value: true);

    public void DutyAsked(uint station, int minutes, long runMs) => _duty.Put(station, (runMs, runMs + (minutes * 60_000L)));

    /// <summary>Seconds until the answer; 0 when nobody asked.</summary>
    public int DutyAnswered(uint station, long runMs)
    {
        int seconds = _duty.Rows.TryGetValue(station, out (long AskedRunMs, long) duty) ? (int)((runMs - duty.AskedRunMs) / 1000) : 0;
        _duty.Remove(station);
        return seconds;
    }

    /// <summary>Stations whose time to answer is over, with the seconds waited.</summary>
    public IReadOnlyList<(uint Station, int Seconds)> DutyMissed(long runMs) =>
        [.. _duty.Rows.Where(one => runMs >= one.Value.EndRunMs)
            .Select(one => (one.Key, (int)((one.Value.EndRunMs - one.Value.AskedRunMs) / 1000)))];

    /// <summary>The miss is told.</summary>
    public void DutyEnded(uint station) => _duty.Remove(station);

    /// <summary>The box is registered no more, or its number is another box's by now. Not within a transaction.</summary>
    public void Forget(uint station)
    {
        _unread.Remove(station);
        _trailing.Remove(station);
        _duty.Remove(station);
        foreach (DangerKey key in _dangers.Rows.Keys.Where(key => key.Station == station).ToArray())
        {
            _dangers.Remove(key);
        }

        Keep();
    }

    /// <summary>Troubles that last, and dangers that are open.</summary>
    public IReadOnlyDictionary<DangerKey, Trouble> Dangers => _dangers.Rows;

    public void PutDanger(DangerKey key, Trouble trouble)
    {
        _dangers.Put(key, trouble);
        _dangersDueRunMs = Math.Min(_dangersDueRunMs, trouble.DueRunMs);
    }

    public void RemoveDanger(DangerKey key) => _dangers.Remove(key);

    /// <summary>Whether any may be due.</summary>
    public bool MayBeDue(long runMs) => runMs >= _dangersDueRunMs && _dangers.Rows.Count > 0;

    /// <summary>Those that are due.</summary>
    public IReadOnlyList<KeyValuePair<DangerKey, Trouble>> DangersDue(long runMs)
    {
        if (!MayBeDue(runMs))
        {
            return [];
        }

        KeyValuePair<DangerKey, Trouble>[] due = [.. _dangers.Rows.Where(one => runMs >= one.Value.DueRunMs)];
        _dangersDueRunMs = _dangers.Rows.Values.Where(one => runMs < one.DueRunMs).Select(one => one.DueRunMs)
            .DefaultIfEmpty(long.MaxValue).Min();
        return due;
    }

    /// <summary>A transaction was committed.</summary>
    public void Keep()
    {
        _unread.Keep();
        _trailing.Keep();
        _duty.Keep();
        _dangers.Keep();
    }

    /// <summary>A transaction failed: what was told in it was not told.</summary>
    public void TakeBack()
    {
        _unread.TakeBack();
        _trailing.TakeBack();
        _duty.TakeBack();
        _dangers.TakeBack();
        _dangersDueRunMs = long.MinValue;
    }

    /// <summary>Rows by their keys, with those of before the transaction beside them.</summary>
    private sealed class Table<TKey, T>
        where TKey : struct
        where T : struct
    {
        private readonly Dictionary<TKey, T> _rows = [];
        private readonly Dictionary<TKey, T?> _before = [];

        public IReadOnlyDictionary<TKey, T> Rows => _rows;

        public bool Put(TKey key, T value)
        {
            _before.TryAdd(key, _rows.TryGetValue(key, out T known) ? known : null);
            _rows[key] = value;
            return true;
        }

        public void Remove(TKey key)
        {
            if (_rows.Remove(key, out T known))
            {
                _before.TryAdd(key, known);
            }
        }

        public void Keep() => _before.Clear();

        public void TakeBack()
        {
            foreach ((TKey key, T? value) in _before)
            {
                if (value is { } known)
                {
                    _rows[key] = known;
                }
                else
                {
                    _rows.Remove(key);
                }
            }

            _before.Clear();
        }
    }
}
