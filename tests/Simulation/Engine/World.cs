// Owns: one run: the clock, the order of events, the faults as they come, and the checks of every tick.
// Must never: draw from anything but its seed, so that a failing seed fails again in the same way.

using System.Globalization;
using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

/// <summary>What a run came to.</summary>
public sealed class RunResult
{
    public long SimulatedMs { get; set; }

    public long Ticks { get; set; }

    public long Events { get; set; }

    public long Alarms { get; set; }

    public long Starts { get; set; }

    public long MemoryLives { get; set; }

    public SortedDictionary<string, long> Faults { get; } = new(StringComparer.Ordinal);

    public string? Violation { get; set; }

    public long ViolationAtMs { get; set; }
}

/// <summary>A gateway, its world and its county, from one seed.</summary>
public sealed partial class World : IDisposable
{
    /// <summary>The gateway's number.</summary>
    public const uint Station = 7;

    private const long CalmMs = 60_000;
    private const int ShownTicksMax = 20;

    /// <summary>After so many samples in a row without a bounce, the next finds any zone settled.</summary>
    private const int SettlesTicksMax = 9;
    private const int DurableTicksMax = 60;
    private const long ClockErrorMaxMs = 6_000;
    private const long LivenessMs = 90 * 60_000;

    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly Swarm _swarm;
    private readonly Rng _rng;
    private readonly Rng _chance;
    private readonly Rng _people;
    private readonly Rng _calls;
    private readonly SimBoard _board = new();
    private readonly Topics _topics = new("c", "t", "v", Station);
    private readonly SimInputs _inputs;
    private readonly SimNetwork _network;
    private readonly SimCounty _county;
    private readonly Truth _truth;
    private readonly RunResult _result = new();
    private readonly List<Fault> _faults = [];
    private readonly List<(long DueMs, ShownAlarm Alarm)> _expected = [];
    private readonly HashSet<uint> _lifeEpochs = [];
    private readonly Dictionary<(uint Epoch, uint Boot, uint Session, Lane Lane), uint> _told = [];
    private uint _sessionNow;
    private readonly uint[] _heldSeen = new uint[Lanes.Count];
    private readonly List<uint> _bootsOfStart = [];
    private readonly Settings _settings;
    private readonly StringBuilder? _trace;
    private MainLoop? _loop;
    private long _nowMs;
    private long _bootedAtMs;
    private long _busyUntilMs;
    private long _startAtMs;
    private long _lastFaultMs;
    private long _cutAtMs = long.MaxValue;
    private int _latched;
    private int _quiet;
    private long _memoryMoves;
    private bool _sirenWasOn;
    private bool _held;
    private long _heldSinceMs;
    private int _latchedDurable;
    private int _latchedSince;
    private uint _fireSent;
    private uint _epochShown;
    private uint _bootShown;
    private uint _bootMax;
    private long _alarmAtMs = long.MinValue / 2;
    private int _undurableTicks;
    private int _allocations;
    private bool _flashBehind;
    private bool _silencedInFire;
    private bool _silencedDurable;
    private bool _wasDurable;
    private bool _formatted;

    /// <param name="seed">Everything follows from it.</param>
    /// <param name="swarm">The options; null = those of the seed.</param>
    /// <param name="trace">Gets a line for everything of note, or null.</param>
    public World(ulong seed, Swarm? swarm = null, StringBuilder? trace = null)
    {
        _swarm = swarm ?? Swarm.From(seed);
        _trace = trace;
        _rng = new Rng(seed);
        _chance = _rng.Split();
        _people = new Rng(seed ^ 0x9E09_1E09_1E09);
        _calls = new Rng(seed ^ 0xCA11_0CA1_10CA);
        _names = new Rng(seed ^ 0x4A4E_0A4E_0A4E);
        _settingsFlash = new SimFlash(_names.Split());
        Flash = new SimFlash(_rng.Split()) { Lies = _swarm.Lies };
        _truth = new Truth(_swarm);
        Flash.Tried = (area, _, bytes) =>
        {
            _truth.Tried(area, bytes);
            Note(area, bytes);
        };
        Flash.Written = (area, _, bytes) =>
        {
            _truth.Written((FlashArea)area, bytes);
            SeeJournal((FlashArea)area, bytes.Span);
        };
        StationRegistration registration = new()
        {
            Station = Station,
            County = "c",
            Township = "t",
            Village = "v",
            Name = "sim",
            Key = new StationKey(s_key),
        };
        StationRegistration[] stations = _swarm.Hostile ? [registration, Other()] : [registration];
        ISimStore store = _swarm.Sqlite ? new SqliteStore(stations) : new FastStore(stations);
        _county = new SimCounty(_rng.Split(), store)
        {
            CommandChanged = CommandChanged,
            UtcAtZeroMs = _swarm.UtcAtZeroMs,
            Publish = Publish,
            FirstStored = Stored,
            SlowCommits = _swarm.SlowCommits,
        };
        _network = new SimNetwork(_rng.Split(), _topics, _county) { GatewaySends = GatewaySends };
        _inputs = new SimInputs(_rng.Split(), _swarm);
        byte[] text = Encoding.UTF8.GetBytes(SimInputs.Settings(_swarm, Station));
        SettingsErrors errors = new();
        _settings = SettingsParser.Parse(text, text.Length, SimBoard.Shape(), errors)
            ?? throw new InvalidOperationException("the simulation's settings are refused: " + errors.Text(0, "sim"));
        AddFaults();
    }

    /// <summary>From a shown alarm to its row at the county, when nothing is lost on the way: the delays that the options have.</summary>
    private long LateMs => 4_000 + RoundTripMs + (12 * _swarm.SlowFlashMs)
        + (_swarm.NoRoomPercent > 0 ? 2_000 : 0);

    private long RoundTripMs => (2 * _swarm.NetDelayMs) + (_swarm.SlowCommits ? 3_000 : 0);

    public SimFlash Flash { get; }

    public SimInputs Inputs => _inputs;

    public SimCounty County => _county;

    public SimNetwork Network => _network;

    public Truth Truth => _truth;

    public MainLoop? Loop => _loop;

    public long NowMs => _nowMs;

    public RunResult Result => _result;

    /// <summary>Power cuts to come, one a start.</summary>
    public Queue<PlannedCut> Cuts { get; } = [];

    /// <summary>A step of a script, run before the tick of its time.</summary>
    public SortedList<long, Action<World>> Script { get; } = [];

    /// <summary>Runs the time of faults, then the time without, then judges. The violation, if any, is in the result.</summary>
    public RunResult Run()
    {
        try
        {
            RunFor(_swarm.FaultsForMs);
            StopFaults();
            BecomeLive();
            CheckClock();
            CheckCommands();
            CheckNames();
            _truth.Judge(_county.Store, _swarm.Hostile ? _conflicts : _county.Store.Conflicts, _network.LongestWaitMs);
        }
        catch (ViolationException e)
        {
            _result.Violation = e.Message;
            _result.ViolationAtMs = _nowMs;
        }

        _result.SimulatedMs = _nowMs;
        _result.Events = _truth.RecordsWritten;
        _result.Alarms = _truth.Alarms.Count;
        return _result;
    }

    public void Dispose() => _county.Dispose();

    private static StationRegistration Other() => new()
    {
        Station = HostileNumber,
        County = "c",
        Township = "t",
        Village = "v",
        Name = "other",
        Key = new StationKey(s_hostileKey),
    };

    /// <summary>Lets a time pass.</summary>
    public void RunFor(long ms)
    {
        long end = _nowMs + ms;
        while (_nowMs < end)
        {
            _nowMs = NextMs(end);
            Faults();
            RunScript();
            _inputs.Apply(_nowMs, _board.Raw);
            _network.Step(_nowMs);
            _county.Step(_nowMs);
            Gateway();
            CheckCounty();
            bool stirred = _inputs.TakeStirred() | _network.Stirred;
            if (stirred || _inputs.DueMs <= _nowMs + Limits.TickMs)
            {
                _busyUntilMs = _nowMs + 400;
            }
        }
    }

    /// <summary>No more faults: whatever is broken is mended.</summary>
    public void StopFaults()
    {
        Trace("faults end");
        _faults.Clear();
        _cutAtMs = long.MaxValue;
        Flash.CutAtWrite = -1;
        Flash.Refuses = false;
        Flash.Full = false;
        Flash.ReadFailsPercent = 0;
        Flash.Lies = false;
        NetworkFaults net = _network.Faults;
        net.DelayMsMax = 20;
        net.LossPercent = 0;
        net.RepeatPercent = 0;
        net.StaleAnswerPercent = 0;
        net.OpenFailsPercent = 0;
        net.NoRoomPercent = 0;
        net.ReplayPercent = 0;
        _strangePercent = 0;
        _network.SetBroker(up: true, forgets: false);
        _county.ClockErrorMs = 0;
        _county.SlowCommits = false;
        _inputs.Quiet = true;
        StopHostile();
        _lastFaultMs = _nowMs;
    }

    /// <summary>
    /// Everything that the gateway has must be held by the county within a time; a gateway in memory is then started again, as its
    /// technician would.
    /// </summary>
    public void BecomeLive()
    {
        // At least one heartbeat: only its answer tells a quiet gateway that the county was restored from a copy.
        long until = _nowMs + LivenessMs;
        RunFor(60_000);
        while (!AllHeld() && _nowMs < until)
        {
            RunFor(5_000);
            if (_loop is { } loop && loop.Log.InMemory && Held(loop) && loop.Uplink.State == UplinkState.Online)
            {
                Trace("restart out of memory");
                Stop();
            }
        }

        if (!AllHeld())
        {
            string lanes = LanesIn(_loop?.Log);
            int? state = (int?)_loop?.Uplink.State;
            throw new ViolationException($"not live {LivenessMs / 60_000} min after the faults ({lanes}, state {state})");
        }
    }
}
