// Owns: the county under test: the real desk over a store, and how it may fail.
// Must never: answer what was not committed; that would be the county library's own fault, and one of the planted ones.

using Gateway.County;

namespace Gateway.Simulation;

/// <summary>When the county's process dies.</summary>
public enum CrashMode
{
    /// <summary>Between commits: what waits was never begun.</summary>
    Before,

    /// <summary>In the middle of a commit.</summary>
    Inside,

    /// <summary>After the commit and before any answer.</summary>
    After,
}

/// <summary>Takes messages, commits them in groups after a while, hands back answers; asks commands of its station.</summary>
public sealed class SimCounty : ICountyObserver, IDisposable
{
    private const int LookMs = 1_000;

    private readonly Rng _rng;
    private readonly List<SignedMessage> _waiting = [];
    private readonly List<(long At, ISimStore Copy)> _backups = [];
    private CountyDesk? _desk;
    private long _commitAtMs = long.MaxValue;
    private long _lookAtMs;
    private long _upAtMs;

    public SimCounty(Rng rng, ISimStore store)
    {
        _rng = rng;
        Store = store;
        _desk = new CountyDesk(store, this, new CountyOptions());
    }

    public ISimStore Store { get; private set; }

    /// <summary>The county's clock minus the true one, ms.</summary>
    public long ClockErrorMs { get; set; }

    /// <summary>True ms since 1970 at the world's time 0.</summary>
    public required long UtcAtZeroMs { get; init; }

    /// <summary>Gets each answer and command to publish.</summary>
    public required Action<Outgoing> Publish { get; init; }

    /// <summary>Told of each event when it was committed for the first time in this store's life.</summary>
    public Action<StoredEvent>? FirstStored { get; set; }

    /// <summary>Told of each station that came, left or fell silent.</summary>
    public Action<uint, PresenceChange>? PresenceChanged { get; set; }

    /// <summary>Told of each alarm that begins to wait for an answer, rises or ends.</summary>
    public Action<Escalation>? Escalated { get; set; }

    /// <summary>Told of each station of which a record came under a taken name.</summary>
    public Action<uint>? ConflictFound { get; set; }

    /// <summary>Nothing has come that is not committed.</summary>
    public bool Idle => _waiting.Count == 0;

    /// <summary>Told of each command whose state changed.</summary>
    public Action<StationCommand>? CommandChanged { get; set; }

    public bool Up => _desk is not null;

    /// <summary>When what waits is committed, or when it looks for commands next.</summary>
    public long DueMs => _desk is null ? _upAtMs : Math.Min(_commitAtMs, _lookAtMs);

    public bool SlowCommits { get; set; }

    public void Receive(string topic, byte[] payload, long nowMs)
    {
        if (_desk?.Open(topic, payload, Clock(nowMs)) is { } message)
        {
            _waiting.Add(message);
            _commitAtMs = Math.Min(_commitAtMs, nowMs + (SlowCommits ? _rng.Range(20, 3000) : 20));
        }
    }

    public void Step(long nowMs)
    {
        if (_desk is null)
        {
            if (nowMs >= _upAtMs)
            {
                _desk = new CountyDesk(Store, this, new CountyOptions());
                _lookAtMs = nowMs;
            }

            return;
        }

        if (nowMs >= _commitAtMs)
        {
            Commit(nowMs, answer: true);
        }

        if (nowMs >= _lookAtMs)
        {
            _lookAtMs = nowMs + LookMs;
            Look(nowMs);
        }
    }

    /// <summary>Someone at the county asks something of the station. Null when the county is down or its store failed.</summary>
    public StationCommand? Ask(CommandRequest request, long nowMs)
    {
        try
        {
            return _desk?.Queue(request, Clock(nowMs));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Dies, and comes back after a while.</summary>
    public void Crash(long nowMs, CrashMode mode, long downMs)
    {
        if (_desk is null)
        {
            return;
        }

        if (mode != CrashMode.Before && _waiting.Count > 0)
        {
            Store.DieInCommit = mode == CrashMode.Inside;
            Commit(nowMs, answer: false);
        }

        Store.DieInCommit = false;
        Store.Die();
        _waiting.Clear();
        _commitAtMs = long.MaxValue;
        _desk = null;
        _upAtMs = nowMs + downMs;
    }

    public void Backup(long nowMs)
    {
        _backups.Add((nowMs, Store.Copy()));
        if (_backups.Count > 4)
        {
            int gone = _rng.Below(_backups.Count);
            _backups[gone].Copy.Dispose();
            _backups.RemoveAt(gone);
        }
    }

    /// <summary>Comes back with an older copy of its database. False when there is none.</summary>
    public bool RestoreBackup(long nowMs, long downMs)
    {
        if (_backups.Count == 0)
        {
            return false;
        }

        Crash(nowMs, CrashMode.Before, downMs);
        Store.Dispose();
        Store = _backups[_rng.Below(_backups.Count)].Copy.Copy();
        return true;
    }

    public void Dispose()
    {
        Store.Dispose();
        _backups.ForEach(b => b.Copy.Dispose());
    }

    void ICountyObserver.Stored(StationRegistration station, StoredEvent stored) => FirstStored?.Invoke(stored);

    void ICountyObserver.PresenceChanged(StationRegistration station, PresenceChange change) =>
        PresenceChanged?.Invoke(station.Station, change);

    void ICountyObserver.ConflictFound(StationRegistration station, EventKey key) => ConflictFound?.Invoke(station.Station);

    void ICountyObserver.Escalated(StationRegistration station, Escalation escalation) => Escalated?.Invoke(escalation);

    void ICountyObserver.CommandChanged(StationRegistration station, StationCommand command) => CommandChanged?.Invoke(command);

    private Instant Clock(long nowMs) => new(UtcAtZeroMs + nowMs + ClockErrorMs, nowMs);

    /// <summary>What the county does a few times a second beside taking messages.</summary>
    private void Look(long nowMs)
    {
        try
        {
            _desk!.Tick(Clock(nowMs));
            foreach (Outgoing outgoing in _desk.Commands(Clock(nowMs)))
            {
                Publish(outgoing);
            }
        }
        catch (IOException)
        {
            // The store failed; what is due is due again.
        }
    }

    private void Commit(long nowMs, bool answer)
    {
        _commitAtMs = long.MaxValue;
        List<SignedMessage> group = [.. _waiting];
        _waiting.Clear();
        try
        {
            foreach (Outgoing outgoing in _desk!.Commit(group, Clock(nowMs)))
            {
                if (answer)
                {
                    Publish(outgoing);
                }
            }
        }
        catch (IOException)
        {
            // The store failed; nothing was stored and nothing is answered.
        }
    }
}
