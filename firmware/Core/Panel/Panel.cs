// Owns: the panel's step: take every zone in first, then decide once, then tell rules, outputs and the log.
// Must never: read a clock or an input, or let a fault sound as fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Conditions as in EN 54-2 and GB 4717. Stepped when an input changed or something is due; quiet otherwise.</summary>
    public sealed partial class Panel
    {
        private readonly PanelState _state;
        private readonly PanelReports _reports;
        private readonly OutputPlan _plan;
        private readonly PanelKeys _keys;
        private readonly ZoneSet _faultKinds;
        private long _pulsesMs;
        private long _minuteMs;
        private long _clockOffsetMs;

        /// <summary>Latched zones that signal anew in this step.</summary>
        private ZoneSet _anew;

        public Panel(
            Settings settings,
            ZoneScan scan,
            OutputDriver outputs,
            WallClock clock,
            PanelPart[] parts,
            long nowMs
        )
        {
            _state = new PanelState(settings, scan, clock, parts);
            _reports = new PanelReports(_state);
            _plan = new OutputPlan(_state, outputs);
            _faultKinds = settings.ZonesMeaning(ZoneMeaning.Fault);
            _pulsesMs = nowMs + Limits.FirstLookMs;
            _state.SettledMs = nowMs + Limits.SettleMs;
            Commands = new PanelCommands(_state, _reports);
            _keys = new PanelKeys(this);
            _state.DueMs = nowMs;
            _state.Stages.Begin(0, 0, nowMs);
        }

        /// <summary>What keys and the county can do. After a command the panel steps at the next tick.</summary>
        public PanelCommands Commands { get; }

        /// <summary>For showing and saving; only the panel and its commands write to it.</summary>
        public PanelState State
        {
            get { return _state; }
        }

        /// <summary>When the panel must step though no input changed.</summary>
        public long DueMs
        {
            get { return _state.DueMs; }
        }

        /// <summary>Zones latched in fire, by index.</summary>
        public ZoneSet Latched
        {
            get { return _state.Latched; }
        }

        /// <summary>Zones in fault, by index.</summary>
        public ZoneSet Faults
        {
            get { return _state.Conditions.Zones[Conditions.Fault]; }
        }

        public ZoneSet Supervisory
        {
            get { return _state.Conditions.Zones[Conditions.Supervisory]; }
        }

        public bool Silenced
        {
            get { return _state.Silenced; }
        }

        public int FirstZone
        {
            get { return _state.First; }
        }

        public int LatestZone
        {
            get { return _state.Latest; }
        }

        public BoxFault PanelFaults
        {
            get { return _state.BoxFaults; }
        }

        public ConditionBits ConditionSummary
        {
            get
            {
                PanelState s = _state;
                ConditionBits bits = s.Shown;
                bits |= s.Latched != 0 ? ConditionBits.Fire : 0;
                bits |= ((int)Faults | (int)s.BoxFaults) != 0 ? ConditionBits.Fault : 0;
                bits |= s.Disabled != 0 ? ConditionBits.Disabled : 0;
                bits |= s.Tested != 0 ? ConditionBits.Test : 0;
                bits |= Supervisory != 0 ? ConditionBits.Supervisory : 0;
                bits |= s.Silenced ? ConditionBits.Silenced : 0;
                return bits | ((s.BoxFaults & BoxFault.NoCountyAnswer) != 0 ? ConditionBits.NoCountyAnswer : 0);
            }
        }

        /// <summary>
        /// True when local time is to be looked at in the next step: at each of its minutes, and when the clock was set, which wakes the
        /// panel.
        /// </summary>
        public bool TimeIsDue(long nowMs)
        {
            return nowMs >= _minuteMs || TimeMoved;
        }

        /// <summary>Makes the panel step at the next tick, after a command or a restored state.</summary>
        public void Wake()
        {
            _state.DueMs = 0;
        }

        /// <summary>One step. True when it was work enough for one tick: rules were gone over, or much is to be recorded.</summary>
        public bool Step(long nowMs)
        {
            PanelState s = _state;
            int events = s.Events.Count;
            s.Stages.Step(s.Scan, s.Scan.ChangedZones, s.Disabled | s.Tested, nowMs);
            if (TimeIsDue(nowMs))
            {
                PassMinute(nowMs);
            }

            if (s.Latched != 0 && s.Signals.Step(s.Stages, nowMs))
            {
                Resound();
            }

            _keys.Step(s.Scan.PressedButtons, s.Scan.RestedButtons, nowMs);
            StepParts(nowMs);
            ZoneSet newFires = Gather(nowMs);
            bool first = newFires != 0 && s.Latched == newFires;
            bool goneOver = StepRules(nowMs);
            if ((newFires | _anew) != 0)
            {
                _reports.Fires(newFires, _anew, first, nowMs);
                if (first)
                {
                    s.Fire(FireMoment.Began, 0, nowMs);
                }
            }

            _reports.Changes(nowMs);
            long due = Judge(nowMs);
            _plan.Decide(nowMs);
            Plan(due, nowMs);
            return goneOver || s.Events.Count - events > Limits.EventsPerTick;
        }

        private bool TimeMoved
        {
            get { return _state.Clock.OffsetMs != _clockOffsetMs; }
        }

        /// <summary>What lasts is judged by the parts; when the next of them is due.</summary>
        private long Judge(long nowMs)
        {
            PanelState s = _state;
            long due = nowMs < s.SettledMs ? s.SettledMs : long.MaxValue;
            for (PanelPart part = s.Parts; part != null; part = part.Next)
            {
                part.Judge(s, nowMs);
                if (part.DueMs < due)
                {
                    due = part.DueMs;
                }
            }

            return due;
        }

        private bool StepRules(long nowMs)
        {
            PanelState s = _state;
            int held = s.Rules.Held;
            bool goneOver = s.Rules.Step(s.Conditions, s.Stages, s.Events.DrillZones, s.Events, nowMs);
            if (nowMs >= _pulsesMs && s.Scan.Looked)
            {
                bool awaits = s.Rules.LookBack(s.Stages.Active | s.Stages.Unseen, s.Conditions.Minute >= 0);
                _pulsesMs = awaits ? nowMs + Limits.MinuteMs : long.MaxValue;
            }

            s.Version += held != s.Rules.Held || s.Rules.Before.Changed ? 1 : 0;
            s.Rules.Before.Changed = false;
            s.SilenceBuzzer(s.BuzzerSilenced && !s.Rules.SoundBegan);
            return goneOver;
        }

        /// <summary>What the link lamp shows, from the uplink.</summary>
        public void ShowLink(Pattern pattern)
        {
            if (_state.LinkLamp != pattern)
            {
                _state.LinkLamp = pattern;
                _plan.ShowLink();
            }
        }

        /// <summary>Everything that ends or begins by itself.</summary>
        private void StepParts(long nowMs)
        {
            PanelState s = _state;
            bool any = false;
            for (PanelPart part = s.Parts; part != null; part = part.Next)
            {
                if (nowMs >= part.DueMs)
                {
                    part.Step(s, nowMs);
                    any = true;
                }
            }

            if (any)
            {
                s.Contribute();
            }
        }

        /// <summary>Local time acts in the tick in which it becomes known or moves, and then with each of its minutes.</summary>
        private void PassMinute(long nowMs)
        {
            PanelState s = _state;
            long utcMs = s.Clock.UtcMs(nowMs);

            // The next look is at the next minute of the clock, so that a window opens and closes to the second.
            _clockOffsetMs = s.Clock.OffsetMs;
            _minuteMs = nowMs + Limits.MinuteMs - utcMs % Limits.MinuteMs;
            int minute = LocalTime.MinuteOfDay(utcMs, s.Settings.UtcOffsetMin);
            bool becameKnown = s.Conditions.Minute < 0;
            bool looksBack = becameKnown && minute >= 0 && s.Scan.Looked && _pulsesMs != long.MaxValue;
            _pulsesMs = looksBack ? nowMs : _pulsesMs;
            s.Conditions.Minute = minute;
            s.Conditions.Weekday = LocalTime.WeekdayBit(utcMs, s.Settings.UtcOffsetMin);
            int day = LocalTime.Day(utcMs, s.Settings.UtcOffsetMin);
            for (PanelPart part = s.Parts; part != null; part = part.Next)
            {
                part.SetTime(s, day, becameKnown, nowMs);
            }

            s.Contribute();
        }

        private void Plan(long due, long nowMs)
        {
            PanelState s = _state;
            due = Earlier(due, s.FiresWaiting != 0 ? nowMs : _minuteMs);
            due = Earlier(due, s.Stages.DueMs);
            due = Earlier(due, _pulsesMs);
            due = Earlier(due, s.Signals.DueMs);
            due = Earlier(due, s.Rules.DueMs);
            s.DueMs = Earlier(due, _keys.DueMs);
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
