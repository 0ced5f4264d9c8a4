// Owns: a county at a desk with a real SQLite file, and what it told.
// Must never: hide an answer or a line: each test reads them all.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

/// <summary>The county without broker and threads, on a file that can be copied, restored and opened again.</summary>
internal sealed class Rig : IDisposable
{
    private const int StepsMax = 50;

    private readonly string _folder = MemoryFolder.Create("county-");
    private readonly PostgresServer? _server;
    private readonly PostgresFixture? _postgres;
    private readonly List<string> _databases = [];
    private SqlStore _store;
    private long _runMs;
    private long _wallErrorMs;
    private CountyDesk _desk;

    public Rig(params FakeGateway[] gateways)
        : this(postgres: null, gateways)
    {
    }

    public Rig(PostgresFixture? postgres, params FakeGateway[] gateways)
        : this(postgres?.Server, postgres?.NewStore(), gateways) => _postgres = postgres;

    public Rig(PostgresServer server, params FakeGateway[] gateways)
        : this(server, server.NewDatabase(), gateways)
    {
    }

    private Rig(PostgresServer? server, string? address, FakeGateway[] gateways)
    {
        _server = server;
        Address = address ?? EmptyStore.At(Path.Combine(_folder, "county.db"));
        if (address is not null)
        {
            _databases.Add(address);
        }

        _store = SqlStore.Open(Address);
        foreach (FakeGateway gateway in gateways)
        {
            Assert.True(_store.AddStation(gateway.Registration));
        }

        _desk = NewDesk();
    }

    /// <summary>What the desk's transactions cost so far.</summary>
    public Counts Counts { get; private set; } = new();

    /// <summary>What the store is opened with.</summary>
    public string Address { get; private set; }

    public SqlStore Store => _store;

    /// <summary>What the county and people work on: the store, or what a test has put around it.</summary>
    public IEventStore Work => Around is { } around ? around(_store) : _store;

    /// <summary>Put around the store of every desk that is made from now on; null = nothing.</summary>
    public Func<IEventStore, IEventStore>? Around { get; set; }

    public CountyDesk Desk => _desk;

    public Recorder Told { get; } = new();

    /// <summary>The county's wall clock. Setting it lets time pass on both clocks.</summary>
    public long NowMs
    {
        get;
        set
        {
            _runMs += Math.Max(0, value - field);
            field = value;
        }
    } = 1_780_000_000_000;

    public Instant Now => new(NowMs + _wallErrorMs, _runMs);

    /// <summary>Sets the wall clock forwards or back; no time passes.</summary>
    public void StepClock(long byMs) => _wallErrorMs += byMs;

    /// <summary>Lets time pass, with a tick of the desk each second.</summary>
    public void Pass(int seconds)
    {
        for (int passed = 0, step; passed < seconds; passed += step)
        {
            step = Step(seconds, passed);
            NowMs += step * 1_000;
            _desk.Tick(Now);
        }
    }

    /// <summary>Lets time pass, in which a gateway says each second what its conditions are.</summary>
    public void Pass(int seconds, FakeGateway gateway, ConditionBits conditions)
    {
        for (int passed = 0, step; passed < seconds; passed += step)
        {
            step = Step(seconds, passed);
            NowMs += step * 1_000;
            gateway.UptimeMs += step * 1_000;
            Send(gateway.Heartbeat(conditions));
            _desk.Tick(Now);
        }
    }

    // A county that is busy looks later than each second, and a long time in seconds is most of what a test would cost.
    private static int Step(int seconds, int passed) => Math.Min(seconds - passed, Math.Max(1, seconds / StepsMax));

    /// <summary>Hands the messages over as one group.</summary>
    public IReadOnlyList<Outgoing> Send(params Sent[] messages)
    {
        List<SignedMessage> good = [];
        foreach (Sent sent in messages)
        {
            if (_desk.Open(sent.Topic, sent.Payload, Now) is { } message)
            {
                good.Add(message);
            }
        }

        return good.Count == 0 ? [] : _desk.Commit(good, Now);
    }

    /// <summary>Sends and reads the only answer.</summary>
    public Answered SendOne(FakeGateway gateway, Sent message) => Answered.Read(gateway, Assert.Single(Send(message)));

    /// <summary>A new process on the same file.</summary>
    public void Restart(CountyOptions? options = null)
    {
        _store.Dispose();
        _store = SqlStore.Open(Address);
        _runMs = 0;
        _desk = NewDesk(options);
    }

    public string Backup()
    {
        _store.Dispose();
        string copy = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        if (_server is not null)
        {
            copy = _server.CopyOf(Address);
            _databases.Add(copy);
        }
        else
        {
            File.Copy(Address, copy);
        }

        Restart();
        return copy;
    }

    public void Restore(string copy)
    {
        _store.Dispose();
        if (_server is not null)
        {
            Address = _server.CopyOf(copy);
            _databases.Add(Address);
        }
        else
        {
            foreach (string side in (string[])["", "-wal", "-shm"])
            {
                File.Delete(Address + side);
            }

            File.Copy(copy, Address);
        }

        Restart();
    }

    public List<StoredEvent> Events(FakeGateway gateway) => [.. _store.Events(new EventQuery { Station = gateway.Station })];

    public uint[] Sequences(FakeGateway gateway, Lane lane) =>
        [.. Events(gateway).Where(e => e.Record.LaneNumber == lane).Select(e => e.Record.Sequence).Order()];

    public uint Held(FakeGateway gateway, Lane lane) =>
        _store.Lanes(gateway.Station).SingleOrDefault(l => l.Key == new LaneKey(gateway.Station, gateway.Epoch, lane)).State?.Held ?? 0;

    /// <summary>Refused messages in the table, by reason.</summary>
    public Dictionary<DecodeResult, long> Refusals()
    {
        _desk.Flush();
        return _store.Refusals().GroupBy(r => r.Reason).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));
    }

    public StationState? State(FakeGateway gateway) => _store.States().SingleOrDefault(s => s.Station == gateway.Station);

    private CountyDesk NewDesk(CountyOptions? options = null)
    {
        (IEventStore counted, Counts) = CountedStore.Of(Work);
        return new CountyDesk(counted, Told, options ?? new CountyOptions());
    }

    public void Dispose()
    {
        _store.Dispose();
        foreach (string address in _databases)
        {
            if (_postgres is null)
            {
                _server?.Drop(address);
            }
            else
            {
                _postgres.GiveBack(address);
            }
        }

        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Everything that the county told its observer.</summary>
internal sealed class Recorder : ICountyObserver
{
    public List<StoredEvent> StoredEvents { get; } = [];

    public List<EventKey> Conflicts { get; } = [];

    public List<Gap> Found { get; } = [];

    public List<Gap> Explained { get; } = [];

    public List<(uint Station, PresenceChange Change)> Presence { get; } = [];

    public List<RefusalCount> RefusalLines { get; } = [];

    public List<EpochChange> Epochs { get; } = [];

    /// <summary>As they were when told.</summary>
    public List<(uint Number, CommandState State)> Commands { get; } = [];

    /// <summary>As they were when told: the level, and whether it had ended.</summary>
    public List<(EscalationLevel Level, bool Ended)> Escalations { get; } = [];

    public List<string> Trouble { get; } = [];

    /// <summary>Whether the county's clock was trusted, each time that it was told.</summary>
    public List<bool> Clocks { get; } = [];

    public List<CaseChange> Cases { get; } = [];

    public List<(bool Connected, string Text)> Broker { get; } = [];

    public void Stored(StationRegistration station, StoredEvent stored) => StoredEvents.Add(stored);

    public void ConflictFound(StationRegistration station, EventKey key) => Conflicts.Add(key);

    public void CaseChanged(CaseChange change) => Cases.Add(change);

    public void GapFound(StationRegistration station, Gap gap) => Found.Add(gap);

    public void GapExplained(StationRegistration station, Gap gap) => Explained.Add(gap);

    public void PresenceChanged(StationRegistration station, PresenceChange change) => Presence.Add((station.Station, change));

    public void CommandChanged(StationRegistration station, StationCommand command) => Commands.Add((command.Number, command.State));

    public void Escalated(StationRegistration station, Escalation escalation) =>
        Escalations.Add((escalation.Level, escalation.End != EscalationEnd.None));

    public void EpochChanged(StationRegistration station, EpochChange change) => Epochs.Add(change);

    public void ClockTrusted(bool trusted, long utcMs, long trustedMs) => Clocks.Add(trusted);

    public void Refused(RefusalCount refusal, StationRegistration? claimed) => RefusalLines.Add(refusal);

    public void BrokerChanged(bool connected, string text)
    {
        lock (Broker)
        {
            Broker.Add((connected, text));
        }
    }

    public void InTrouble(string text)
    {
        lock (Trouble)
        {
            Trouble.Add(text);
        }
    }
}
