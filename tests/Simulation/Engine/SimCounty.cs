// Owns: the county under test: the real desk over a store, and how it may fail.
// Must never: answer what was not committed; that would be the county library's own fault, and one of the planted ones.

using Gateway.County;

namespace Gateway.Simulation;

/// <summary>Takes messages, commits them in groups after a while, hands back answers.</summary>
public sealed class SimCounty : ICountyObserver
{
    private readonly Rng _rng;
    private readonly List<SignedMessage> _waiting = [];
    private readonly List<(long At, FastStore Copy)> _backups = [];
    private CountyDesk? _desk;
    private long _commitAtMs = long.MaxValue;
    private long _upAtMs;

    public SimCounty(Rng rng, FastStore store)
    {
        _rng = rng;
        Store = store;
        _desk = new CountyDesk(store, this, new CountyOptions());
    }

    public FastStore Store { get; private set; }

    /// <summary>The county's clock minus the true one, ms.</summary>
    public long ClockErrorMs { get; set; }

    /// <summary>True ms since 1970 at the world's time 0.</summary>
    public required long UtcAtZeroMs { get; init; }

    /// <summary>Gets each answer to publish.</summary>
    public required Action<Outgoing> Publish { get; init; }

    /// <summary>Told of each event when it was committed for the first time in this store's life.</summary>
    public Action<StoredEvent>? FirstStored { get; set; }

    public bool Up => _desk is not null;

    /// <summary>When what waits is committed.</summary>
    public long DueMs => _desk is null ? _upAtMs : _commitAtMs;

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
            }

            return;
        }

        if (nowMs >= _commitAtMs)
        {
            Commit(nowMs, answer: true);
        }
    }

    /// <summary>Dies: before the commit, or after the commit and before any answer; comes back after a while.</summary>
    public void Crash(long nowMs, bool afterCommit, long downMs)
    {
        if (_desk is null)
        {
            return;
        }

        if (afterCommit && _waiting.Count > 0)
        {
            Commit(nowMs, answer: false);
        }

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
            _backups.RemoveAt(_rng.Below(_backups.Count));
        }
    }

    /// <summary>Comes back with an older copy of its database. False when there is none.</summary>
    public bool RestoreBackup(long nowMs, long downMs)
    {
        if (_backups.Count == 0)
        {
            return false;
        }

        Crash(nowMs, afterCommit: false, downMs);
        Store = _backups[_rng.Below(_backups.Count)].Copy.Copy();
        return true;
    }

    void ICountyObserver.Stored(StationRegistration station, StoredEvent stored) => FirstStored?.Invoke(stored);

    private long Clock(long nowMs) => UtcAtZeroMs + nowMs + ClockErrorMs;

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
