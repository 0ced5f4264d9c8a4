// Owns: the order of a start and of a tick.
// Must never: wait for anything, or hold a rule of its own.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The gateway: ports in, one <see cref="Tick"/> every <see cref="Limits.TickMs"/>.</summary>
    public sealed class MainLoop
    {
        private readonly int[] _raw = new int[Limits.InputsMax];

        /// <summary>Holds the longest message. Lent for the length of a call, to the log and to the uplink in turn.</summary>
        private readonly byte[] _buffer = new byte[ContractLimits.MessageBytesMax];
        private readonly BoardPort _board;
        private readonly PanelStore _store;
        private readonly StartLevels _levels;
        private readonly PanelState _state;
        private readonly SettingsTrial _trial;

        private const int Nothing = 0;
        private const int WhatSettled = 1;
        private const int TurnOfUplink = 2;

        /// <summary>
        /// What the next tick does instead of taking samples. Samples of many inputs, a step of the panel, storing and the uplink each fill
        /// a tick. So inputs that settled while many were counted are taken in the next tick, and the uplink, which waits for rules and
        /// storing, gets a tick of its own before it has waited too long. A change of the local minute fills a tick too.
        /// </summary>
        private int _instead;

        /// <summary>Since when the uplink has stood back; far away while it has not.</summary>
        private long _waitsSinceMs = long.MaxValue;

        private bool _partLost;

        /// <summary>What a small display shows; null without one.</summary>
        private readonly DisplayText _display;

        /// <summary>When it is to be drawn or looked at; far away without one.</summary>
        private long _pictureMs = long.MaxValue;

        /// <param name="ports">The board, the flash, the link and the key.</param>
        /// <param name="settings">Checked settings; null starts in the visible state "not configured", without log and uplink.</param>
        /// <param name="newEpoch">A random number for the case that the flash is empty; not 0.</param>
        /// <param name="nowMs">Monotonic milliseconds since the start.</param>
        public MainLoop(Ports ports, Settings settings, uint newEpoch, long nowMs)
        {
            _board = ports.Board;
            Clock.Begin(ports.UtcMs, nowMs);
            Settings = settings ?? new Settings(ports.Shape);
            Outputs = new OutputDriver(_board, Settings);
            Scan = new ZoneScan(Settings);
            Configured = settings != null;
            _trial = ports.Trial;
            if (!Configured)
            {
                OutputPlan.ShowUnconfigured(Outputs);
                return;
            }

            Journal journal = new Journal(ports.Flash);
            journal.Recover();
            FireTail tail = new FireTail(
                (uint)Saved.Get(journal, SavedField.Covers),
                Saved.Get(journal, SavedField.Latched),
                Saved.Get(journal, SavedField.Silenced) != 0,
                Saved.Get(journal, SavedField.Acknowledged) != 0
            );
            tail.Quiet = Saved.Get(journal, SavedField.Quiet);
            tail.Burning = Saved.Get(journal, SavedField.Burning);
            tail.Unheard = Saved.Get(journal, SavedField.Unheard);
            LogPlan plan = ports.Plan ?? LogPlan.For(ports.Flash.CapacityBytes());
            Log = new EventLog(ports.Flash, journal, plan, Clock, Settings.Station);
            Log.Recover(newEpoch, tail, nowMs);
            // Zones that were latched under other settings get their places before tables are made by their number.
            Settings.LatchBits(tail.Latched);
            Panel = new Panel(Settings, Scan, Outputs, Clock, VillageParts.Of(Settings), nowMs);
            _state = Panel.State;
            _store = new PanelStore(journal, _state);
            _store.Restore(tail, nowMs);
            _levels = new StartLevels(journal, Outputs, Settings);
            _partLost = (Panel.PanelFaults & BoxFault.Part) != 0;
            if (Settings.Display && ports.Display != null)
            {
                _display = new DisplayText(ports.Display, _state);
                _pictureMs = _display.DueMs;
            }
            else
            {
                Panel.SetFault(BoxFault.Display, false, nowMs);
            }

            UplinkMessages messages = new UplinkMessages(ports.Key, Log, Panel, ports.Firmware);
            StandbyPath idle = ports.Probe == null || !Settings.TwoPaths ? null : new StandbyPath(ports.Probe, Panel);
            if (idle == null)
            {
                // Whether the second path works is no question any more where there is none.
                Panel.SetFault(BoxFault.StandbyPath, false, nowMs);
            }

            Uplink = new Uplink(ports.Link, idle, Log, Panel, messages, journal, ports.Trial, nowMs);

            Box = new BoxState(Log);
            if (Log.StoreIsNew)
            {
                Log.NewStore(nowMs);
            }

            Log.Started(ports.StartReason, Settings.TextCrc, nowMs);
            if (_trial != null)
            {
                _trial.Begin(Log, nowMs);
            }
        }

        /// <summary>True when the platform is to restart in order, with other settings than now.</summary>
        public bool RestartWanted
        {
            get { return _trial != null && _trial.RestartWanted; }
        }

        /// <summary>False when there were no good settings; then only the lamps work.</summary>
        public readonly bool Configured;

        public readonly Settings Settings;

        public readonly WallClock Clock = new WallClock();

        public readonly ZoneScan Scan;

        public readonly OutputDriver Outputs;

        public readonly Panel Panel;

        public readonly EventLog Log;

        public readonly Uplink Uplink;

        /// <summary>What the platform has seen of the box itself; null when not configured.</summary>
        public readonly BoxState Box;

        /// <summary>One pass. Outputs come before storage, since writing to flash stops every thread of the device.</summary>
        public void Tick(long nowMs)
        {
            // Without settings too: with its inputs a board reaches the parts that its lamps hang on.
            _board.ReadInputs(_raw);
            if (!Configured)
            {
                Outputs.Drive(nowMs);
                _board.FeedWatchdog();
                return;
            }

            if (_board.PartLost != _partLost)
            {
                _partLost = _board.PartLost;
                Panel.SetFault(BoxFault.Part, _partLost, nowMs);
            }

            bool worked = false;
            bool due = nowMs >= _state.DueMs;
            if (_instead != Nothing || (due && Panel.TimeIsDue(nowMs)))
            {
                due |= Rest();
            }
            else if (Scan.Scan(_raw, nowMs) || due)
            {
                due = !Scan.Worked;
                _instead = due ? Nothing : WhatSettled;
            }

            if (due)
            {
                worked = Panel.Step(nowMs);
                _levels.Stepped();
                if (_display != null)
                {
                    _display.Stepped();
                    _pictureMs = _display.DueMs;
                }
            }

            Outputs.Drive(nowMs);
            bool busy = (_instead != TurnOfUplink || worked) && Store(worked, nowMs);
            Uplink.Watch(nowMs);
            if (busy && !UplinkBeside(worked))
            {
                _waitsSinceMs = _waitsSinceMs == long.MaxValue ? nowMs : _waitsSinceMs;
                _instead = nowMs - _waitsSinceMs >= Limits.UplinkWaitMs && _instead == Nothing ? TurnOfUplink : _instead;
            }
            else if (_waitsSinceMs != long.MaxValue)
            {
                _waitsSinceMs = long.MaxValue;
                _instead = _instead == TurnOfUplink ? Nothing : _instead;
                Uplink.Step(_buffer, nowMs);
            }
            else if (nowMs < _pictureMs || !Picture(busy || worked, nowMs))
            {
                Uplink.Step(_buffer, nowMs);
            }

            if (_trial != null)
            {
                Uplink.Desk.Step(nowMs);
                _trial.Step(Log, _state.Latched != 0, _state.Events.Count, Uplink.State == UplinkState.Online, nowMs);
            }

            _board.FeedWatchdog();
        }

        /// <summary>A tick without samples. True when the panel has to take what settled in the last one.</summary>
        private bool Rest()
        {
            bool settled = _instead == WhatSettled;
            if (settled)
            {
                _instead = Nothing;
            }
            else
            {
                Scan.Rest();
            }

            return settled;
        }

        /// <summary>True when a picture was made: the uplink stands back for a tick, if it has not done so already.</summary>
        /// <param name="full">This tick has done enough already.</param>
        private bool Picture(bool full, long nowMs)
        {
            if (full)
            {
                return false;
            }

            bool made = _display.Step(nowMs);
            _pictureMs = _display.DueMs;
            Panel.SetFault(BoxFault.Display, _display.Lost, nowMs);
            return made;
        }

        /// <summary>
        /// True where a tick that has stored has room for the uplink too: a single event goes up to the county in the tick in which it
        /// became durable, and its answer is taken in the next, if nothing else is under way and there are not many rules.
        /// </summary>
        private bool UplinkBeside(bool worked)
        {
            return !(worked && _state.Rules.Many) && _state.Events.Count == 0 && !Log.Busy && Uplink.HasLittleToDo;
        }

        /// <summary>
        /// True when the tick has done enough: something was written, or the panel worked. In a tick that evaluated rules it
        /// stores one event, a fire first.
        /// </summary>
        private bool Store(bool worked, long nowMs)
        {
            PanelEvents events = _state.Events;
            if (events.Count != 0 || Log.Waiting)
            {
                bool stored = events.Count != 0;
                events.Flush(Log, worked ? Limits.EventsPerStormTick : Limits.EventsPerTick, nowMs);
                stored |= Log.Commit(_buffer, worked ? Limits.AccountRecordsBeside : Limits.AccountRecordsStoring, nowMs);
                Panel.SetFault(BoxFault.Flash, Log.FlashFails, nowMs);
                if (stored)
                {
                    return true;
                }
            }

            if (worked)
            {
                return true;
            }

            bool moved = nowMs >= _levels.DueMs && !Log.FlashFails && _levels.Put();
            if (_store.Due(nowMs) && !Log.FlashFails)
            {
                // After the records: a cut in between is made good from the fire lane's tail at the next start.
                _store.Save(Log.At(Lane.Fire).Last, Log.At(Lane.Condition).Last, nowMs);
                return true;
            }

            if (moved)
            {
                _levels.Save(nowMs);
                return true;
            }

            if (nowMs >= Box.DueMs)
            {
                Box.Tell(nowMs);
                return true;
            }

            return Log.Tidy(_buffer, nowMs);
        }
    }

    /// <summary>What a platform supplies.</summary>
    public sealed class Ports
    {
        public BoardPort Board;

        /// <summary>The small display; null where the board can have none.</summary>
        public DisplayPort Display;
        public BoardShape Shape;
        public FlashPort Flash;
        public LinkPort Link;

        /// <summary>Tries the broker that is not in use; null = it is not watched.</summary>
        public LinkPort Probe;
        public Mac Key;

        /// <summary>How the flash is shared out; null = reckoned from the partition's size.</summary>
        public LogPlan Plan;

        /// <summary>Where the settings come from, and how new ones are tried; null = they are given and stay.</summary>
        public SettingsTrial Trial;

        /// <summary>Why the platform started, see <see cref="Gateway.Contract.StartReason"/>.</summary>
        public StartReason StartReason;

        /// <summary>The time of day that the board has kept, UTC in ms since 1970; 0 = it has none.</summary>
        public long UtcMs;

        /// <summary>Version of the firmware, at most 24 characters of ASCII.</summary>
        public string Firmware;
    }
}
