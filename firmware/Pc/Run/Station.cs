// Owns: Core on the virtual board: one pass of the loop, what was done to the board, and telling the watchers what changed.
// Must never: hold a rule, or be used by two threads.

using System.Diagnostics.CodeAnalysis;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;

namespace Gateway.Pc.Run;

/// <summary>What a station is made of.</summary>
public sealed class StationParts
{
    /// <summary>Null starts in the visible state "not configured".</summary>
    public required Settings? Settings { get; init; }

    public required FlashPort Flash { get; init; }

    public required LinkPort Link { get; init; }

    /// <summary>Tries the broker that is not in use; null without a second one.</summary>
    public LinkPort? Probe { get; init; }

    /// <summary>Null only without settings.</summary>
    public required Mac? Key { get; init; }

    public required MonotonicClock Clock { get; init; }

    /// <summary>Random, not 0.</summary>
    public required uint NewEpoch { get; init; }

    /// <summary>Where the settings come from; null when they are given and stay.</summary>
    public SettingsTrial? Trial { get; init; }

    /// <summary>
    /// Gives the parts for going on after a restart, with a settings file that somebody put on the box meanwhile, or null; null = it goes
    /// on as it is.
    /// </summary>
    public Func<string?, StationParts>? Renew { get; init; }

    public IReadOnlyList<Watcher> Watchers { get; init; } = [];
}

/// <summary>One gateway on one virtual board.</summary>
public sealed class Station
{
    /// <summary>ASCII, at most 24 characters.</summary>
    public const string Firmware = "pc-0.1.0";

    private readonly MonotonicClock _clock;
    private readonly List<Watcher> _watchers;
    private LinkTap _link;
    private FlashTap _flash;
    private readonly Pattern[] _pattern = new Pattern[OutputRoles.Count];
    private readonly InputClass[] _settled = new InputClass[Limits.ZonesMax];
    private readonly uint[] _held = new uint[Lanes.Count];
    private readonly Queue<EventTrace> _durable = [];
    private readonly Queue<EventTrace> _sent = [];
    private UplinkState _uplink;
    private Func<string?, StationParts>? _renew;
    private SettingsTrial? _trial;
    private FlashPort? _partition;

    /// <summary>Made when the first byte comes.</summary>
    private TechnicianConsole? _console;

    public Station(StationParts parts)
    {
        _clock = parts.Clock;
        _watchers = [.. parts.Watchers];
        Board = new VirtualBoard(parts.Clock, Troubles);
        Display = new VirtualDisplay(Troubles);
        Tail = parts.Settings is null ? new EventTail() : EventTail.Load(parts.Flash);
        Start(parts);
    }

    /// <summary>Begins, or begins again with other parts: what was in memory is gone, the wires stay as they are.</summary>
    [MemberNotNull(nameof(Settings), nameof(Loop), nameof(_link), nameof(_flash))]
    private void Start(StationParts parts)
    {
        _renew = parts.Renew;
        _trial = parts.Trial;
        _partition = parts.Flash;
        _console = null;
        Settings = parts.Settings ?? new Settings(VirtualBoard.Shape());
        Board.Wire(Settings);
        _link = new LinkTap(parts.Link, Sent);
        Array.Fill(_settled, InputClass.Normal);
        _flash = new FlashTap(new TroubledFlash(parts.Flash, Troubles), Durable);
        var ports = new Ports
        {
            Board = Board,
            Display = Display,
            Shape = VirtualBoard.Shape(),
            Flash = _flash,
            Link = _link,
            Probe = parts.Probe,
            Key = parts.Key,
            Firmware = Firmware,
            Trial = parts.Trial,
        };
        Loop = new MainLoop(ports, parts.Settings, parts.NewEpoch, parts.Clock.NowMs);
        for (Lane lane = Lane.Fire; Loop.Configured && (int)lane < Lanes.Count; lane++)
        {
            _held[(int)lane] = Loop.Log.At(lane).Held;
            Tail.Held(lane, _held[(int)lane], 0);
        }
    }

    public VirtualBoard Board { get; }

    /// <summary>The small display; dark where the settings have none.</summary>
    public VirtualDisplay Display { get; }

    /// <summary>What the board does as a device does.</summary>
    public Troubles Troubles { get; } = new();

    public MainLoop Loop { get; private set; }

    public EventTail Tail { get; }

    /// <summary>The settings in force, or ones without zones.</summary>
    public Settings Settings { get; private set; }

    /// <summary>Where the technician's console is; null without one.</summary>
    public TerminalPort? Port { get; init; }

    public long NowMs => _clock.NowMs;

    /// <summary>Milliseconds of the longest tick so far, flash included.</summary>
    public long LongestTickMs { get; private set; }

    /// <summary>True when every event is in flash and the county has said that it holds all of them.</summary>
    public bool CountyHoldsAll
    {
        get
        {
            bool all = Loop.Configured && !Loop.Log.Waiting && Loop.Panel.State.Events.Count == 0;
            for (Lane lane = Lane.Fire; all && (int)lane < Lanes.Count; lane++)
            {
                LaneLog log = Loop.Log.At(lane);
                all = log.Pending == 0 && log.Last <= log.Held;
            }

            return all;
        }
    }

    public bool Online => Loop.Configured && Loop.Uplink.State == UplinkState.Online;

    /// <summary>True while a connection is being made, or something sent to the county has no answer yet.</summary>
    public bool Awaits
    {
        get
        {
            bool awaits = Loop.Configured && (!Online || _link.Asked);
            for (Lane lane = Lane.Fire; Loop.Configured && !awaits && (int)lane < Lanes.Count; lane++)
            {
                awaits = _link.Through(lane) > Loop.Log.At(lane).Held;
            }

            return awaits;
        }
    }

    /// <summary>True when a message from the county waits for the next tick.</summary>
    public bool HasMail => _link.HasMail;

    public void Watch(Watcher watcher)
    {
        _watchers.Add(watcher);
    }

    /// <summary>One pass of the loop.</summary>
    public void Tick()
    {
        long now = _clock.NowMs;
        Board.LiftKeys(now);
        Troubles.TryBus(now);
        if (Loop.Configured && Troubles.TakeFrozenMs() is > 0 and int frozenMs)
        {
            Loop.Box.NoteGap(frozenMs, now);
        }

        Loop.Tick(now);
        Display.Step();
        StepConsole(now);
        int writeMs = _flash.TakeWriteMs();
        if (Loop.Configured)
        {
            Loop.Log.NoteWriteMs(writeMs);
        }

        LongestTickMs = Math.Max(LongestTickMs, _clock.NowMs - now);
        if (Port is { } console)
        {
            console.LongestMs = (int)LongestTickMs;
        }

        if (Loop.Configured)
        {
            TellZones(now);
        }

        TellOutputs(now);
        if (Loop.Configured)
        {
            TellEvents();
            TellUplink();
        }

        if (Loop.RestartWanted)
        {
            Restart();
        }
    }

    private void StepConsole(long now)
    {
        Port?.Look();
        if (Port is { Waits: true } port)
        {
            _console ??= new TechnicianConsole(port, Loop, _trial, _partition!.CapacityBytes(), now);
        }

        if (_console is { } console && (Port!.Waits || console.Busy))
        {
            console.Step(now);
        }
    }

    /// <summary>Begins anew with what is in flash. False when there is nothing to begin with.</summary>
    /// <param name="settingsFile">Put on the box while it was off; null = none.</param>
    public bool Restart(string? settingsFile = null)
    {
        if (_renew is not { } renew)
        {
            return false;
        }

        Start(renew(settingsFile));
        _watchers.ForEach(w => w.Restarted(_clock.NowMs, Settings));
        return true;
    }

    /// <summary>Jams the bus of the board, or frees it. False when the board has none.</summary>
    public bool Jam(bool jammed)
    {
        if (!Board.HasParts)
        {
            return false;
        }

        Troubles.Jam(jammed, _clock.NowMs);
        return true;
    }

    /// <summary>Does something to the board. False when the settings have no such zone or key.</summary>
    public bool Do(Hand hand)
    {
        bool done;
        if (hand.Key is { } key)
        {
            done = Board.PressKey(key);
        }
        else
        {
            int zone = Settings.IndexOf(hand.Zone);
            done = zone >= 0;
            if (done)
            {
                Board.Set(zone, hand.Move);
            }
        }

        long now = _clock.NowMs;
        _watchers.ForEach(w => w.Moved(now, hand, done));
        return done;
    }

    /// <summary>Tells the watchers how a line of a script came out.</summary>
    public void TellScript(bool? good, string text)
    {
        long now = _clock.NowMs;
        _watchers.ForEach(w => w.Script(now, good, text));
    }

    private void Durable(EventRecord record)
    {
        var trace = new EventTrace(record, _clock.NowMs);
        Tail.Add(trace);
        _durable.Enqueue(trace);
    }

    private void Sent(Lane lane, uint first, uint through)
    {
        // A batch may carry what this very tick has put into flash.
        long now = _clock.NowMs;
        IReadOnlyList<EventTrace> moved = Tail.Sent(lane, first, through, now);
        foreach (EventTrace trace in moved)
        {
            _sent.Enqueue(trace);
        }
    }

    /// <summary>Told after the outputs, in the order in which the loop did it.</summary>
    private void TellEvents()
    {
        while (_durable.TryDequeue(out EventTrace? trace))
        {
            _watchers.ForEach(w => w.Event(trace.InFlashMs, trace, EventStep.InFlash));
        }

        while (_sent.TryDequeue(out EventTrace? trace))
        {
            _watchers.ForEach(w => w.Event(trace.SentMs, trace, EventStep.Sent));
        }
    }

    private void TellOutputs(long tickMs)
    {
        for (OutputRole role = OutputRole.Siren; (int)role < OutputRoles.Count; role++)
        {
            Pattern pattern = Loop.Outputs.PatternOf(role);
            if (pattern != _pattern[(int)role])
            {
                _pattern[(int)role] = pattern;
                int output = Settings.OutputOf[(int)role];
                long ms = output < 0 ? tickMs : Math.Max(tickMs, Board.OutputChangedMs(output));
                _watchers.ForEach(w => w.Output(ms, role, pattern));
            }
        }
    }

    private void TellZones(long tickMs)
    {
        for (int zone = 0; zone < Settings.ZoneCount; zone++)
        {
            InputClass settled = Loop.Scan.Settled(zone);
            if (settled != _settled[zone])
            {
                _settled[zone] = settled;
                int index = zone;
                _watchers.ForEach(w => w.Zone(tickMs, index, settled));
            }
        }
    }

    private void TellUplink()
    {
        if (Loop.Uplink.State != _uplink)
        {
            _uplink = Loop.Uplink.State;
            long now = _clock.NowMs;
            _watchers.ForEach(w => w.Uplink(now, _uplink));
        }

        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            // A lower number comes from a county whose database was restored; what it no longer holds is sent again.
            uint held = Loop.Log.At(lane).Held;
            if (held != _held[(int)lane])
            {
                _held[(int)lane] = held;
                long now = _clock.NowMs;
                foreach (EventTrace trace in Tail.Held(lane, held, now))
                {
                    _watchers.ForEach(w => w.Event(now, trace, EventStep.Held));
                }
            }
        }
    }
}
