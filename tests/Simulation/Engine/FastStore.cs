// Owns: the county's store in memory, for runs that need speed more than a database.
// Must never: keep anything of a transaction that was not committed.

using Gateway.Contract;
using Gateway.County;

namespace Gateway.Simulation;

/// <summary>Rows in dictionaries, with an undo list a transaction and copies for "restored from an old backup".</summary>
public sealed class FastStore : IEventStore
{
    private readonly List<StationRegistration> _stations;
    private readonly SortedDictionary<EventKey, StoredEvent> _events = new(Comparer<EventKey>.Create(Compare));
    private readonly Dictionary<LaneKey, LaneState> _lanes = [];
    private readonly List<Gap> _gaps = [];
    private readonly List<Gateway.County.Loss> _losses = [];
    private readonly Dictionary<BootKey, BootClock> _clocks = [];
    private readonly Dictionary<uint, StationState> _states = [];
    private readonly Dictionary<(uint Station, uint Epoch), SessionState> _sessions = [];

    public FastStore(params StationRegistration[] stations) => _stations = [.. stations];

    /// <summary>True: the next commit throws and keeps nothing.</summary>
    public bool FailNextCommit { get; set; }

    public IReadOnlyCollection<StoredEvent> Events => _events.Values;

    public IReadOnlyList<Gap> AllGaps => _gaps;

    public IReadOnlyList<Gateway.County.Loss> AllLosses => _losses;

    public IReadOnlyDictionary<LaneKey, LaneState> Lanes => _lanes;

    public long Conflicts { get; private set; }

    public long RegistryVersion() => 1;

    public IReadOnlyList<StationRegistration> Stations() => _stations;

    public IReadOnlyList<StationState> States() => [.. _states.Values];

    public IStoreTransaction Begin() => new Transaction(this);

    public void AddRefusals(IReadOnlyList<RefusalCount> counts)
    {
    }

    public void Dispose()
    {
    }

    /// <summary>A copy as a backup would be.</summary>
    public FastStore Copy()
    {
        FastStore copy = new([.. _stations]) { Conflicts = Conflicts };
        foreach (KeyValuePair<EventKey, StoredEvent> e in _events)
        {
            copy._events.Add(e.Key, Clone(e.Value));
        }

        foreach (KeyValuePair<LaneKey, LaneState> l in _lanes)
        {
            copy._lanes.Add(l.Key, new LaneState { Held = l.Value.Held, Highest = l.Value.Highest });
        }

        copy._gaps.AddRange(_gaps);
        copy._losses.AddRange(_losses);
        foreach (KeyValuePair<BootKey, BootClock> c in _clocks)
        {
            copy._clocks.Add(c.Key, c.Value);
        }

        foreach (KeyValuePair<uint, StationState> s in _states)
        {
            copy._states.Add(s.Key, Clone(s.Value));
        }

        foreach (KeyValuePair<(uint, uint), SessionState> s in _sessions)
        {
            copy._sessions.Add(s.Key, Clone(s.Value));
        }

        return copy;
    }

    private static int Compare(EventKey a, EventKey b)
    {
        int c = a.Station.CompareTo(b.Station);
        c = c != 0 ? c : a.Epoch.CompareTo(b.Epoch);
        c = c != 0 ? c : a.Lane.CompareTo(b.Lane);
        return c != 0 ? c : a.Sequence.CompareTo(b.Sequence);
    }

    private static StoredEvent Clone(StoredEvent e) => new()
    {
        Record = e.Record,
        Raw = e.Raw,
        County = e.County,
        Township = e.Township,
        Village = e.Village,
        ReceivedMs = e.ReceivedMs,
        TimeMs = e.TimeMs,
        TimeQuality = e.TimeQuality,
    };

    private static SessionState Clone(SessionState s) => new()
    {
        Station = s.Station,
        Epoch = s.Epoch,
        Boot = s.Boot,
        Session = s.Session,
        Counter = s.Counter,
        WillBoot = s.WillBoot,
        WillSession = s.WillSession,
    };

    private static StationState Clone(StationState s)
    {
        StationState copy = new() { Station = s.Station };
        foreach (System.Reflection.PropertyInfo p in s_stateProperties)
        {
            p.SetValue(copy, p.GetValue(s));
        }

        s.Last.CopyTo(copy.Last, 0);
        s.ToldHeld.CopyTo(copy.ToldHeld, 0);
        return copy;
    }

    private static readonly System.Reflection.PropertyInfo[] s_stateProperties =
        [.. typeof(StationState).GetProperties().Where(p => p.CanWrite && p.Name != nameof(StationState.Station))];

    private sealed class Transaction(FastStore store) : IStoreTransaction
    {
        private readonly List<Action> _undo = [];

        public bool[] Insert(IReadOnlyList<StoredEvent> events)
        {
            bool[] added = new bool[events.Count];
            for (int i = 0; i < added.Length; i++)
            {
                EventKey key = events[i].Key;
                added[i] = store._events.TryAdd(key, events[i]);
                if (added[i])
                {
                    _undo.Add(() => store._events.Remove(key));
                }
            }

            return added;
        }

        public byte[]? RawOf(EventKey key) => store._events.TryGetValue(key, out StoredEvent? e) ? e.Raw : null;

        public void AddConflict(EventKey key, byte[] raw, long nowMs)
        {
            store.Conflicts++;
            _undo.Add(() => store.Conflicts--);
        }

        public LaneState? Lane(LaneKey key) =>
            store._lanes.TryGetValue(key, out LaneState? s) ? new LaneState { Held = s.Held, Highest = s.Highest } : null;

        public void Put(LaneKey key, LaneState state)
        {
            LaneState? before = store._lanes.GetValueOrDefault(key);
            store._lanes[key] = new LaneState { Held = state.Held, Highest = state.Highest };
            _undo.Add(() => Restore(store._lanes, key, before));
        }

        public IReadOnlyList<Gap> Gaps(LaneKey key, uint first, uint last) =>
            [.. store._gaps.Where(g => g.Lane == key && g.First <= last && g.Last >= first).OrderBy(g => g.First)];

        public void Add(Gap gap)
        {
            store._gaps.Add(gap);
            _undo.Add(() => store._gaps.Remove(gap));
        }

        public void Remove(Gap gap)
        {
            int at = store._gaps.FindIndex(g => g.Lane == gap.Lane && g.First == gap.First);
            Gap was = store._gaps[at];
            store._gaps.RemoveAt(at);
            _undo.Add(() => store._gaps.Add(was));
        }

        public IReadOnlyList<Gateway.County.Loss> Losses(LaneKey key, uint first, uint last) =>
            [.. store._losses.Where(l => l.Lane == key && l.First <= last && l.Last >= first).OrderBy(l => l.Sequence)];

        public void Add(Gateway.County.Loss loss)
        {
            store._losses.Add(loss);
            _undo.Add(() => store._losses.Remove(loss));
        }

        public BootClock? Clock(BootKey key) => store._clocks.TryGetValue(key, out BootClock c) ? c : null;

        public void Put(BootClock clock)
        {
            bool had = store._clocks.TryGetValue(clock.Boot, out BootClock before);
            store._clocks[clock.Boot] = clock;
            _undo.Add(() =>
            {
                if (had)
                {
                    store._clocks[clock.Boot] = before;
                }
                else
                {
                    store._clocks.Remove(clock.Boot);
                }
            });
        }

        public void UpdateTime(StoredEvent stored)
        {
            StoredEvent before = store._events[stored.Key];
            store._events[stored.Key] = stored;
            _undo.Add(() => store._events[stored.Key] = before);
        }

        public void BackFill(BootKey key, long startMs)
        {
            foreach (StoredEvent e in store._events.Values)
            {
                long time = startMs + e.Record.UptimeMs;
                if (e.BootKey == key && e.Record.UtcQuality == UtcQuality.Unknown && time > 0)
                {
                    (long timeBefore, int qualityBefore) = (e.TimeMs, e.TimeQuality);
                    e.TimeMs = time;
                    e.TimeQuality = UtcQuality.BackFilled;
                    _undo.Add(() => (e.TimeMs, e.TimeQuality) = (timeBefore, qualityBefore));
                }
            }
        }

        public StationState? State(uint station) => store._states.TryGetValue(station, out StationState? s) ? Clone(s) : null;

        public void Put(StationState state)
        {
            StationState? before = store._states.GetValueOrDefault(state.Station);
            store._states[state.Station] = state;
            _undo.Add(() => Restore(store._states, state.Station, before));
        }

        public SessionState? Session(uint station, uint epoch) =>
            store._sessions.TryGetValue((station, epoch), out SessionState? s) ? Clone(s) : null;

        public void Put(SessionState session)
        {
            (uint, uint) key = (session.Station, session.Epoch);
            SessionState? before = store._sessions.GetValueOrDefault(key);
            store._sessions[key] = Clone(session);
            _undo.Add(() => Restore(store._sessions, key, before));
        }

        public void Commit()
        {
            if (store.FailNextCommit)
            {
                store.FailNextCommit = false;
                throw new IOException("the store failed");
            }

            _undo.Clear();
        }

        public void Dispose()
        {
            for (int i = _undo.Count - 1; i >= 0; i--)
            {
                _undo[i]();
            }
        }

        private static void Restore<TKey, TValue>(Dictionary<TKey, TValue> rows, TKey key, TValue? before)
            where TKey : notnull
            where TValue : class
        {
            if (before is null)
            {
                rows.Remove(key);
            }
            else
            {
                rows[key] = before;
            }
        }
    }
}
