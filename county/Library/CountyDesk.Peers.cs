// Owns: other makers' boxes at the county's desk: their transactions, their presence, and who is told.
// Must never: tell of what was not committed.

namespace Gateway.County;

public sealed partial class CountyDesk
{
    private IReadOnlyDictionary<uint, PeerRegistration> _peers = new Dictionary<uint, PeerRegistration>();
    private uint _boot;

    /// <summary>Rooms that write with every transaction that stores events.</summary>
    public IReadOnlyList<ICountyRoom> Rooms { get; set; } = [];

    /// <summary>All registered boxes by their number; another object after each change of the registry.</summary>
    public IReadOnlyDictionary<uint, PeerRegistration> Peers => _peers;

    /// <summary>Takes a registry over that was changed since the last look, before what boxes sent is stored.</summary>
    public void LookAtBoxes() => LookAtRegistry();

    /// <summary>Commands of boxes that are queued or sent, as of the last look.</summary>
    public IReadOnlyList<StationCommand> PeerCommands { get; private set; } = [];

    /// <summary>Whether this machine's clock may set others.</summary>
    public bool ClockIsTrusted => _clock.Good;

    /// <summary>Works in one transaction; when it returns, what was added is stored, told, and may be answered.</summary>
    /// <exception cref="Exception">The store's own, when it failed: then nothing is stored or told.</exception>
    public void Enter(Action<PeerEntry> work, Instant now)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_boot == 0)
        {
            _clock.Judge(now);
            _boot = RisingNumber.AtLeast(_clock.TrustedMs(now), uint.MaxValue - 1);
        }

        PeerEntry entry;
        EscalationBook escalations;
        IReadOnlyList<CaseChange> cases;
        using (IStoreTransaction rows = _store.Begin())
        {
            entry = new PeerEntry(rows, rows as IPeerRows ?? throw new NotSupportedException("this store keeps no boxes"), _boot, now);
            escalations = new EscalationBook(rows, _options, _alarmWaits, now);
            work(entry);
            entry.Finish();
            StoredEvent[] stored = [.. entry.Stored.Select(one => one.Stored)];
            escalations.Arrived(stored, []);
            Storing(rows, stored);
            cases = EnterCases(rows, stored, entry.Heard.Keys, now);
            rows.Commit();
        }

        Tell(entry, now);
        TellCases(cases);
        foreach (Escalation escalation in escalations.Changed)
        {
            if (Find(escalation.Alarm.Station) is { } station)
            {
                _observer.Escalated(station, escalation);
            }
        }
    }

    /// <summary>Works on rows that are no events: what leaves the county, and how that goes.</summary>
    /// <exception cref="Exception">The store's own, when it failed: then nothing of it is kept.</exception>
    public void Keep(Action<IStoreTransaction> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using IStoreTransaction rows = _store.Begin();
        work(rows);
        rows.Commit();
    }

    /// <summary>A station's or a box's registration, or null.</summary>
    public StationRegistration? Registered(uint station) => Find(station);

    /// <summary>Tells that a centre's link changed.</summary>
    public void TellCentre(CentreState centre) => _observer.CentreChanged(centre);

    /// <summary>Tells what a centre is not told.</summary>
    public void TellCentreLoss(CentreLoss lost) => _observer.CentreLost(lost, Find(lost.Station));

    /// <summary>Keeps senders of frames that are not registered; at most once a second.</summary>
    public void AddStrangers(IReadOnlyList<PeerStranger> strangers) => _store.AddStrangers(strangers);

    /// <summary>How many such senders are listed.</summary>
    public int CountStrangers() => _store.CountStrangers();

    /// <summary>How many boxes are heard, have fallen silent, and were never heard.</summary>
    public (int Present, int Silent, int Never) PeersHeard()
    {
        int silent = _peers.Keys.Count(_quiet.Contains);
        int never = _peers.Keys.Count(station => !_heardRunMs.ContainsKey(station));
        return (_peers.Count - silent - never, silent, never);
    }

    private void Storing(IStoreTransaction rows, IReadOnlyList<StoredEvent> stored)
    {
        if (stored.Count > 0)
        {
            foreach (ICountyRoom room in Rooms)
            {
                room.Storing(rows, stored);
            }
        }
    }

    private StationRegistration? Find(uint station) => _gate.Find(station) ?? _peers.GetValueOrDefault(station)?.AsStation;

    private void AdmitPeers() => _peers = _store.Peers().ToDictionary(peer => peer.Station);

    private void Tell(PeerEntry entry, Instant now)
    {
        foreach (PeerRegistration heard in entry.Heard.Values)
        {
            bool first = _heardRunMs.TryAdd(heard.Station, now.RunMs);
            _heardRunMs[heard.Station] = now.RunMs;
            if (_quiet.Remove(heard.Station) || first)
            {
                _observer.PresenceChanged(heard.AsStation, PresenceChange.Online);
            }
        }

        foreach (PeerRegistration twin in entry.Twins)
        {
            TellEpoch(twin.AsStation, EpochChange.Twins, now);
        }

        entry.Stored.ForEach(one => _observer.Stored(one.From.AsStation, one.Stored));
        entry.Commands.ForEach(one => _observer.CommandChanged(one.From.AsStation, one.Command));
    }
}
