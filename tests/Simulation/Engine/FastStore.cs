// Owns: the county's store in memory, for runs that need speed more than a database.
// Must never: keep anything of a transaction that was not committed.

using Gateway.Contract;
using Gateway.County;

namespace Gateway.Simulation;

/// <summary>Rows in dictionaries, with an undo list a transaction and copies for "restored from an old backup".</summary>
public sealed partial class FastStore : ISimStore
{
    private readonly List<StationRegistration> _stations;
    private readonly SortedDictionary<EventKey, StoredEvent> _events = new(Comparer<EventKey>.Create(Compare));
    private readonly Dictionary<LaneKey, LaneState> _lanes = [];
    private readonly List<Gap> _gaps = [];
    private readonly List<Loss> _losses = [];
    private readonly HashSet<(EventKey, string)> _conflicts = [];
    private readonly Dictionary<BootKey, BootClock> _clocks = [];
    private readonly Dictionary<uint, StationState> _states = [];
    private readonly Dictionary<(uint Station, uint Epoch), SessionState> _sessions = [];
    private readonly SortedDictionary<(uint Station, uint Number), StationCommand> _commands = [];
    private readonly Dictionary<EventKey, Escalation> _escalations = [];
    private readonly Dictionary<(uint Station, uint Crc, int Part), NamesRow> _names = [];

    public FastStore(params StationRegistration[] stations) => _stations = [.. stations];

    /// <summary>True: the next commit throws and keeps nothing.</summary>
    public bool FailNextCommit { get; set; }

    /// <summary>As <see cref="FailNextCommit"/>: what was not committed lies nowhere.</summary>
    public bool DieInCommit { get; set; }

    public IReadOnlyCollection<StoredEvent> Events => _events.Values;

    public IReadOnlyList<Gap> AllGaps => _gaps;

    public IReadOnlyList<Loss> AllLosses => _losses;

    public uint Held(LaneKey lane) => _lanes.GetValueOrDefault(lane)?.Held ?? 0;

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
    public ISimStore Copy()
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

        copy._conflicts.UnionWith(_conflicts);
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

        foreach (KeyValuePair<(uint, uint), StationCommand> c in _commands)
        {
            copy._commands.Add(c.Key, Clone(c.Value));
        }

        foreach (KeyValuePair<EventKey, Escalation> e in _escalations)
        {
            copy._escalations.Add(e.Key, Clone(e.Value));
        }

        foreach (KeyValuePair<(uint, uint, int), NamesRow> n in _names)
        {
            copy._names.Add(n.Key, n.Value);
        }

        return copy;
    }

    public void Die()
    {
        // Everything committed is there; nothing else ever was.
    }

    private static int Compare(EventKey a, EventKey b)
    {
        int c = a.Station.CompareTo(b.Station);
        c = c != 0 ? c : a.Epoch.CompareTo(b.Epoch);
        c = c != 0 ? c : ((int)a.Lane).CompareTo((int)b.Lane);
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

    private static StationCommand Clone(StationCommand c) => new()
    {
        Station = c.Station,
        Number = c.Number,
        Code = c.Code,
        A = c.A,
        B = c.B,
        C = c.C,
        Text = c.Text,
        QueuedMs = c.QueuedMs,
        ExpiresMs = c.ExpiresMs,
        State = c.State,
        Result = c.Result,
        SentMs = c.SentMs,
        Times = c.Times,
        AnsweredMs = c.AnsweredMs,
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
        KeyId = s.KeyId,
        Abilities = s.Abilities,
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
}
