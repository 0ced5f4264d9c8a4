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
        private readonly ZoneScan _scan;
        private readonly OutputPlan _plan;
        private readonly PanelKeys _keys;
        private readonly WallClock _clock;
        private readonly int _fireKinds;
        private readonly int _faultKinds;
        private readonly int _supervisoryKinds;
        private readonly int _powerKinds;
        private readonly int _callPoints;
        private readonly long _casesFromMs;
        private long _pulsesMs;
        private long _minuteMs;
        private long _clockOffsetMs;

        /// <summary>Latched zones that signal anew in this step.</summary>
        private int _anew;

        public Panel(Settings settings, ZoneScan scan, OutputDriver outputs, WallClock clock, long nowMs)
        {
            _state = new PanelState(settings);
            _reports = new PanelReports(_state, scan);
            _scan = scan;
            _plan = new OutputPlan(_state, outputs);
            _clock = clock;
            _fireKinds = settings.ZonesMeaning(ZoneMeaning.Fire);
            _faultKinds = settings.ZonesMeaning(ZoneMeaning.Fault);
            _supervisoryKinds = settings.ZonesMeaning(ZoneMeaning.Supervisory);
            _powerKinds = settings.ZonesOfKind(ZoneKind.Mains) | settings.ZonesOfKind(ZoneKind.Battery);
            _callPoints = settings.ZonesOfKind(ZoneKind.CallPoint);
            _pulsesMs = nowMs + Limits.FirstLookMs;
            _casesFromMs = nowMs + Limits.SettleMs;
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
        public int Latched
        {
            get { return _state.Latched; }
        }

        /// <summary>Zones in fault, by index.</summary>
        public int Faults
        {
            get { return _state.Conditions.Zones[Conditions.Fault]; }
        }

        public int Supervisory
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

        public int PanelFaults
        {
            get { return _state.BoxFaults; }
        }

        /// <summary>Zones that are active now, by index.</summary>
        public int ActiveZones
        {
            get { return _state.Stages.Active; }
        }

        /// <summary>See <see cref="ConditionBits"/>.</summary>
        public int ConditionSummary
        {
            get
            {
                PanelState s = _state;
                int bits = s.Latched != 0 ? ConditionBits.Fire : 0;
                bits |= s.Groups.PreAlarm != 0 || s.Delay.Holding ? ConditionBits.PreAlarm : 0;
                bits |= (Faults | s.BoxFaults) != 0 ? ConditionBits.Fault : 0;
                bits |= s.Disabled != 0 || s.Delay.On ? ConditionBits.Disabled : 0;
                bits |= s.Tests.Bits != 0 ? ConditionBits.Test : 0;
                bits |= Supervisory != 0 ? ConditionBits.Supervisory : 0;
                bits |= s.Drill.On ? ConditionBits.Drill : 0;
                bits |= s.Silenced ? ConditionBits.Silenced : 0;
                bits |= s.Duty.Asked ? ConditionBits.DutyCheck : 0;
                bits |= s.HotWork.Zones != 0 ? ConditionBits.HotWork : 0;
                bits |= s.Delay.On ? ConditionBits.DelayOn : 0;
                bits |= (s.BoxFaults & BoxFault.NoCountyAnswer) != 0 ? ConditionBits.NoCountyAnswer : 0;
                return bits | (s.Patrols.Open != 0 ? ConditionBits.Patrol : 0);
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
            s.Stages.Step(_scan, _scan.ChangedZones, s.Disabled | s.Tests.Bits, nowMs);
            if (TimeIsDue(nowMs))
            {
                PassMinute(nowMs);
            }

            if (s.Latched != 0 && s.Signals.Step(s.Stages, nowMs))
            {
                Resound();
            }

            _keys.Step(_scan.PressedButtons, _scan.RestedButtons, nowMs);
            PassTime(nowMs);
            int newFires = Gather(nowMs);
            bool first = newFires != 0 && s.Latched == newFires;
            bool goneOver = StepRules(nowMs);
            if ((newFires | _anew) != 0)
            {
                _reports.Fires(newFires, _anew, first, nowMs);
                if (first)
                {
                    s.Clocks.OfDrill = s.DrillLatched != 0;
                    s.Clocks.Start(s.Events, nowMs);
                }
            }

            _reports.Changes(nowMs);
            if (nowMs >= _casesFromMs)
            {
                StepCases(nowMs);
            }

            _plan.Decide(nowMs);
            Plan(nowMs);
            return goneOver || s.Events.Count - events > Limits.EventsPerTick;
        }

        private bool TimeMoved
        {
            get { return _clock.OffsetMs != _clockOffsetMs; }
        }

        private void StepCases(long nowMs)
        {
            PanelState s = _state;
            int open = s.Cases.Open;
            StationCode code = s.SelfTests.Code;

            // After a start, a zone that is not seen yet or waits for its delay closes no case.
            int pending = s.Cases.Open & (s.Stages.Unseen | (s.Stages.Active & ~s.Stages.ConfirmedZones));
            int troubles = s.FaultsNow | (s.Stages.ConfirmedZones & _supervisoryKinds) | pending;
            s.Cases.Step(troubles, s.Tests.Bits | s.Drill.Zones, s.Events, nowMs);
            s.SelfTests.Step(s.Cases, s.Events, nowMs);
            s.Version += open != s.Cases.Open || code != s.SelfTests.Code ? 1 : 0;
        }

        private bool StepRules(long nowMs)
        {
            PanelState s = _state;
            int held = s.Rules.Held;
            bool goneOver = s.Rules.Step(s.Conditions, s.Stages, s.Drill.Zones, s.Events, nowMs);
            if (nowMs >= _pulsesMs && _scan.Looked)
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
        public void ShowLink(Pattern pattern, long nowMs)
        {
            if (_state.LinkLamp != pattern)
            {
                _state.LinkLamp = pattern;
                _plan.ShowLink(nowMs);
            }
        }

        /// <summary>The bits of a self-test's failed parts, from what the panel sees.</summary>
        public int TestParts(long nowMs)
        {
            PanelState s = _state;
            int failed = (s.BoxFaults & BoxFault.Flash) != 0 ? SelfTestPart.Flash : 0;
            failed |= (s.BoxFaults & (BoxFault.Link | BoxFault.NoCountyAnswer)) != 0 ? SelfTestPart.Link : 0;
            failed |= _clock.Quality == UtcQuality.Unknown ? SelfTestPart.Clock : 0;
            failed |= s.Stages.Broken != 0 ? SelfTestPart.Inputs : 0;
            return failed | ((s.Stages.ConfirmedZones & _powerKinds) != 0 ? SelfTestPart.Power : 0);
        }

        /// <summary>Everything that ends or begins by itself.</summary>
        private void PassTime(long nowMs)
        {
            PanelState s = _state;
            Ended(s.Shields.Step(nowMs), EventKind.ShieldEnded, nowMs);
            Ended(s.Tests.Step(nowMs), EventKind.TestEnded, nowMs);
            if (nowMs >= s.HotWork.DueMs)
            {
                s.HotWork.Step(s.Events, nowMs);
                s.Version++;
            }

            if (nowMs >= s.Duty.DueMs)
            {
                s.Duty.Step(s.Events, nowMs);
                s.Version++;
            }

            if (nowMs >= s.Clocks.DueMs)
            {
                s.Clocks.Step(s.Events, nowMs);
                s.Version++;
            }

            int expired = s.Delay.Step(nowMs);
            if (expired != 0)
            {
                s.Events.Begin(EventKind.DelayExpired, -1, nowMs);
                s.Events.Details(expired, s.Settings.NumberBits(s.Latched));
                s.Events.Value(expired == 1 ? s.Settings.DelayT1S : s.Settings.DelayT2S, Unit.Second);
                s.Events.Grade(Severity.General);
                s.Events.Flag(s.DrillLatched != 0 ? EventFlags.Drill : 0);
                s.AskForAnswer(nowMs);
                s.Version++;
            }

            int kept = s.Drill.Kept;
            bool warned = s.Drill.Ending;
            if (s.Drill.Step(s.Stages.ConfirmedZones & _callPoints, s.Stages.Unseen, s.Events, nowMs))
            {
                Commands.EndDrill(DrillEnd.Time, -1, Origin.Timer, nowMs);
            }

            s.Version += kept != s.Drill.Kept || warned != s.Drill.Ending ? 1 : 0;
        }

        /// <summary>Local time acts in the tick in which it becomes known or moves, and then with each of its minutes.</summary>
        private void PassMinute(long nowMs)
        {
            PanelState s = _state;
            long utcMs = _clock.UtcMs(nowMs);

            // The next look is at the next minute of the clock, so that a window opens and closes to the second.
            _clockOffsetMs = _clock.OffsetMs;
            _minuteMs = nowMs + Limits.MinuteMs - utcMs % Limits.MinuteMs;
            int minute = LocalTime.MinuteOfDay(utcMs, s.Settings.UtcOffsetMin);
            int weekday = LocalTime.WeekdayBit(utcMs, s.Settings.UtcOffsetMin);
            bool becameKnown = s.Conditions.Minute < 0;
            bool looksBack = becameKnown && minute >= 0 && _scan.Looked && _pulsesMs != long.MaxValue;
            _pulsesMs = looksBack ? nowMs : _pulsesMs;
            s.Conditions.Minute = minute;
            s.Conditions.Weekday = weekday;
            s.Delay.SetTime(minute, weekday);
            if (minute >= 0 && s.Delay.On != s.Reported.DelayOn)
            {
                s.Events.Begin(s.Delay.On ? EventKind.DelayOn : EventKind.DelayOff, -1, nowMs);
                s.Events.Details(Origin.Timer, 0);
                if (s.Delay.On)
                {
                    s.Events.Value(s.Settings.DelayT1S + s.Settings.DelayT2S, Unit.Second);
                }
                else
                {
                    s.Events.Flag(becameKnown ? EventFlags.AfterRestart : 0);
                }

                s.Reported.DelayOn = s.Delay.On;
                s.Told();
            }

            int localDay = LocalTime.Day(utcMs, s.Settings.UtcOffsetMin);
            s.Version += s.Patrols.SetTime(localDay, minute, weekday, s.Events, nowMs) ? 1 : 0;

            // Without a clock a day is one of running time, numbered so that it can't be mistaken for a local one.
            int runningDay = (int)(nowMs / Limits.DayMs);
            int day =
                minute >= 0 ? localDay
                : runningDay > 0 ? 1 << 24 | runningDay
                : -1;
            if (s.SelfTests.DailyDue(day, minute < 0 ? Limits.DayMinutes : minute, s.Settings.SelfTestHour))
            {
                s.SelfTestFailed = TestParts(nowMs);
                s.SelfTests.Done(s.SelfTestFailed, false, s.Events, nowMs);
                s.Version++;
            }
        }

        private void Ended(int zones, EventKind kind, long nowMs)
        {
            for (int i = 0; zones != 0; i++)
            {
                int bit = 1 << i;
                if ((zones & bit) != 0)
                {
                    zones &= ~bit;
                    _state.Events.Begin(kind, i, nowMs);
                    _state.Events.Details(Origin.Timer, 0);
                    _state.Version++;
                }
            }
        }

        private void Plan(long nowMs)
        {
            PanelState s = _state;
            long due = s.FiresWaiting != 0 ? nowMs : _minuteMs;
            due = Earlier(due, s.Stages.DueMs);
            due = Earlier(due, s.Shields.DueMs);
            due = Earlier(due, s.Tests.DueMs);
            due = Earlier(due, s.HotWork.DueMs);
            due = Earlier(due, s.Duty.DueMs);
            due = Earlier(due, s.Clocks.DueMs);
            due = Earlier(due, s.Delay.DueMs);
            due = Earlier(due, s.Drill.DueMs);
            due = Earlier(due, _pulsesMs);
            due = nowMs < s.Drill.SignEndMs ? Earlier(due, s.Drill.SignEndMs) : due;
            due = Earlier(due, s.Groups.DueMs);
            due = Earlier(due, s.Signals.DueMs);
            due = Earlier(due, s.Rules.DueMs);
            due = Earlier(due, _keys.DueMs);
            due = Earlier(due, nowMs < _casesFromMs ? _casesFromMs : Earlier(s.Cases.DueMs, s.SelfTests.DueMs));
            s.DueMs = nowMs < s.LampTestEndMs ? Earlier(due, s.LampTestEndMs) : due;
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
