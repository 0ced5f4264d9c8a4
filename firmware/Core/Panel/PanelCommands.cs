// Owns: what a person's key or the county's command does to the panel.
// Must never: change anything without an event, or reset a fire from afar.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Commands on the panel's state. Each returns a <see cref="CommandOutcome"/>.</summary>
    public sealed class PanelCommands
    {
        private readonly PanelState _state;
        private readonly PanelReports _reports;

        public PanelCommands(PanelState state, PanelReports reports)
        {
            _state = state;
            _reports = reports;
        }

        /// <summary>Who gives the next commands: a key, the county, the technician. See <see cref="Contract.Origin"/>.</summary>
        public int Origin { get; set; } = Contract.Origin.Key;

        /// <summary>
        /// Silences the siren and the buzzer, and nothing else: who silences has not answered. While a delay holds the sounders back there
        /// is nothing to silence, and a later general alarm must sound.
        /// </summary>
        public int Silence(long nowMs)
        {
            PanelState s = _state;
            s.SilenceBuzzer(true);
            bool done = s.Latched != 0 && !s.Silenced && !s.Delay.Holding;
            if (done)
            {
                s.Silenced = true;
                s.Events.Begin(EventKind.Silenced, -1, nowMs);
                s.Events.Details(Origin, 0);
                s.Events.Flag(EventFlags.ByPerson | OfDrill());
            }

            return Noted(done);
        }

        /// <summary>Ends the fire condition, unless a zone is still in it; that zone is named.</summary>
        public int Reset(long nowMs)
        {
            PanelState s = _state;
            if (s.Latched == 0 && s.Groups.PreAlarm == 0)
            {
                if (s.Rules.HoldsAll(s.Conditions, s.Stages, s.Events, nowMs) >= 0)
                {
                    return CommandOutcome.ZoneStillActive;
                }

                if (!s.Rules.Holding)
                {
                    return CommandOutcome.NothingToDo;
                }
            }

            // After a start, a zone in fire whose input has not been looked at yet may well signal.
            int unseen = s.Stages.Unseen == 0 ? 0 : s.Stages.Unseen & s.Settings.IndexBits(-1);
            int still = (s.Latched | s.Groups.PreAlarm) & (s.Stages.Active | unseen) & ~s.Disabled;
            still |= s.FiresWaiting;
            for (int i = 0; still != 0; i++)
            {
                if ((still & (1 << i)) != 0)
                {
                    _reports.Zone(EventKind.ResetRefused, i, Severity.None, nowMs);
                    s.Events.Flag(EventFlags.ByPerson);
                    return CommandOutcome.ZoneStillActive;
                }
            }

            _reports.FireSignals(nowMs);
            _reports.LetGo(s.Latched & s.Disabled, nowMs);
            s.Events.Begin(EventKind.Reset, -1, nowMs);
            s.Events.Flag(EventFlags.ByPerson | OfDrill());
            s.Events.Details(s.Settings.NumberBits(s.Latched), 0);
            Unlatch();
            return Noted(true);
        }

        /// <summary>The answer key: what one press answers is in <see cref="AnswerKey"/>.</summary>
        public int Answer(long nowMs)
        {
            PanelState s = _state;
            int open = s.Unanswered ? Question.Fire : 0;
            open |= s.Duty.Asked ? Question.Duty : 0;
            open |= s.HotWork.LookAsked ? Question.Look : 0;
            int answered = AnswerKey.OnePress(open);
            if ((answered & Question.Fire) != 0)
            {
                AnswerFire(nowMs);
            }

            if ((answered & Question.Duty) != 0)
            {
                s.Duty.Answer(s.Events, nowMs);
            }

            if ((answered & Question.Look) != 0)
            {
                s.HotWork.Looked(s.Events, nowMs);
            }

            return Noted(answered != 0);
        }

        /// <summary>The 135 clock of a key: 1 on the scene, 2 joined. Who has come has answered too.</summary>
        public int Arrived(int clock, long nowMs)
        {
            PanelState s = _state;
            bool any = s.Unanswered;
            if (any)
            {
                AnswerFire(nowMs);
            }

            return Noted(any | (clock == 1 ? s.Clocks.OnScene(s.Events, nowMs) : s.Clocks.Joined(s.Events, nowMs)));
        }

        /// <summary>On record and upward with or without clocks and delay: the county stops its own clock by it.</summary>
        private void AnswerFire(long nowMs)
        {
            PanelState s = _state;
            s.Events.Begin(EventKind.Acknowledged, -1, nowMs);
            s.Events.Details(s.Settings.NumberBits(s.Latched), Origin);
            s.Events.Flag(EventFlags.ByPerson | OfDrill());
            if (s.UnansweredMs > 0)
            {
                s.Events.Value((int)((nowMs - s.UnansweredMs) / 1000), Unit.Second);
            }

            s.UnansweredMs = 0;

            // A delay's buzzer has called somebody; a later general alarm sounds all the same.
            s.SilenceBuzzer(s.BuzzerSilenced || s.Delay.Holding);
            s.Delay.Answered(nowMs);
            s.Clocks.Answered(s.Events, nowMs);
        }

        /// <summary>The county asks who is on duty.</summary>
        public int DutyCheck(int minutes, long nowMs)
        {
            if (minutes < 1 || minutes > Limits.DutyCheckMinutesMax)
            {
                return CommandOutcome.OutOfRange;
            }

            _state.Duty.Ask(minutes, Origin, _state.Events, nowMs);
            return Noted(true);
        }

        /// <summary>Shields a zone for some minutes; 0 ends the shield.</summary>
        /// <param name="number">The zone's number.</param>
        public int Shield(int number, int minutes, long nowMs)
        {
            return Timed(_state.Shields, number, minutes, Limits.ShieldMinutesMax, EventKind.Shielded, EventKind.ShieldEnded, nowMs);
        }

        /// <summary>Puts a zone into test for some minutes; 0 ends the test.</summary>
        public int Test(int number, int minutes, long nowMs)
        {
            return Timed(_state.Tests, number, minutes, Limits.TestMinutesMax, EventKind.TestBegan, EventKind.TestEnded, nowMs);
        }

        /// <summary>
        /// True when somebody who is not there would hide a fire: of a zone that signals it, also while it waits for a second one or for
        /// its delay, or whose line broke while it did. A latched
        /// zone that came to rest may be shielded, so that a flickering detector does not stand in the way of a reset.
        /// </summary>
        private bool Burns(int zones)
        {
            PanelState s = _state;
            return Origin == Contract.Origin.County && (zones & ((s.Latched & ~s.Signals.Quiet) | Waiting())) != 0;
        }

        /// <summary>Zones that signal a fire; of these, the ones that are not latched wait for a second one or for their delay.</summary>
        private int Waiting()
        {
            PanelState s = _state;
            int excused = s.Disabled | s.Tests.Bits | s.Drill.NotPutBack;
            return s.Stages.Active & s.Settings.ZonesMeaning(ZoneMeaning.Fire) & ~excused;
        }

        /// <summary>Opens a hot-work permit for zones; 0 minutes ends it.</summary>
        /// <param name="numbers">Bits by zone number.</param>
        public int HotWork(int numbers, int minutes, long nowMs)
        {
            if (minutes == 0)
            {
                return Noted(_state.HotWork.End(Origin, _state.Events, nowMs));
            }

            int zones = _state.Settings.IndexBits(numbers);
            if (zones == 0 || _state.Settings.NumberBits(zones) != numbers)
            {
                return CommandOutcome.UnknownZone;
            }

            if (minutes < 0 || minutes > Limits.HotWorkMinutesMax)
            {
                return CommandOutcome.OutOfRange;
            }

            if ((zones & _state.Settings.ZonesOfKind(ZoneKind.CallPoint)) != 0)
            {
                // Smoke and sparks are what a permit is for; a hand on a call point means a fire also during hot work.
                return CommandOutcome.NotAllowed;
            }

            if (Burns(zones))
            {
                return CommandOutcome.FireIsLatched;
            }

            _state.HotWork.Begin(zones, minutes, Origin, _state.Events, nowMs);
            return Noted(true);
        }

        /// <summary>Starts a drill, in place of one that is on; 0 minutes ends it.</summary>
        /// <param name="numbers">Its zones, bits by zone number; 0 = every zone.</param>
        public int Drill(int minutes, int numbers, long nowMs)
        {
            PanelState s = _state;
            if (minutes == 0)
            {
                if (!s.Drill.On)
                {
                    return CommandOutcome.NothingToDo;
                }

                EndDrill(Origin == Contract.Origin.Key ? DrillEnd.TestKey : DrillEnd.Command, -1, Origin, nowMs);
                return Noted(true);
            }

            int zones = numbers == 0 ? s.Settings.IndexBits(-1) : s.Settings.IndexBits(numbers);
            if (numbers != 0 && (zones == 0 || s.Settings.NumberBits(zones) != numbers))
            {
                return CommandOutcome.UnknownZone;
            }

            if (minutes < 0 || minutes > s.Settings.DrillMaxMin)
            {
                return CommandOutcome.OutOfRange;
            }

            if (s.Latched != 0 || ((s.Groups.PreAlarm | Waiting()) & zones) != 0)
            {
                return CommandOutcome.FireIsLatched;
            }

            if (s.Drill.On)
            {
                EndDrill(DrillEnd.Replaced, -1, Origin, nowMs);
            }

            s.Drill.Begin(zones, s.Settings.NumberBits(zones), minutes, s.Settings.DrillLinkage, Origin, s.Events, nowMs);
            return Noted(true);
        }

        /// <summary>
        /// After a drill its zones are let go, with what they brought about and nothing else. One that still signals is a fire: the panel's
        /// step raises it anew, without the drill's flag.
        /// </summary>
        /// <param name="how">See <see cref="DrillEnd"/>.</param>
        /// <param name="zone">The zone whose fire broke it off, by index; -1 for none.</param>
        /// <param name="origin">Who ended it, see <see cref="Contract.Origin"/>.</param>
        public void EndDrill(int how, int zone, int origin, long nowMs)
        {
            PanelState s = _state;
            s.AfterDrill = s.Drill.Zones;
            s.FiresWaiting &= ~s.Drill.Zones;
            s.Drill.End(how, zone, origin, s.Events, nowMs);
            s.Groups.Drop(s.AfterDrill);
            s.Rules.EndDrill();
            EndFire();
            Noted(true);
        }

        /// <summary>The flag of a drill, when the fire condition is one of a drill only.</summary>
        private int OfDrill()
        {
            return _state.DrillLatched != 0 ? EventFlags.Drill : 0;
        }

        /// <summary>A test by a person: lamps and sounds show themselves, and what can be tested is tested.</summary>
        /// <param name="failed">Bits of <see cref="SelfTestPart"/>.</param>
        public int SelfTest(int failed, long nowMs)
        {
            _state.SelfTestFailed = failed;
            _state.LampTestEndMs = nowMs + Limits.LampTestMs;
            _state.SelfTests.Done(failed, true, _state.Events, nowMs);
            return Noted(true);
        }

        private void Unlatch()
        {
            EndFire();
            _state.Groups.Clear();
            _state.Rules.Reset();
        }

        private void EndFire()
        {
            PanelState s = _state;
            s.Latched = 0;
            s.Silenced = false;
            s.UnansweredMs = 0;
            s.First = -1;
            s.Latest = -1;
            s.Delay.Clear(false);
            s.Signals.Clear();
            s.Clocks.Stop();
        }

        private int Timed(Expiries expiries, int number, int minutes, int minutesMax, EventKind began, EventKind ended, long nowMs)
        {
            int zone = _state.Settings.IndexOf(number);
            if (zone < 0)
            {
                return CommandOutcome.UnknownZone;
            }

            if (minutes < 0 || minutes > minutesMax)
            {
                return CommandOutcome.OutOfRange;
            }

            if (minutes == 0)
            {
                if ((expiries.Bits & (1 << zone)) == 0)
                {
                    return CommandOutcome.NothingToDo;
                }

                expiries.Clear(zone);
            }
            else if (Burns(1 << zone))
            {
                return CommandOutcome.FireIsLatched;
            }
            else
            {
                expiries.Set(zone, nowMs + minutes * (long)Limits.MinuteMs);
            }

            _state.Events.Begin(minutes == 0 ? ended : began, zone, nowMs);
            _state.Events.Details(Origin, 0);
            _state.Events.Value(minutes * 60, minutes == 0 ? Unit.None : Unit.Second);
            _state.Events.Flag(EventFlags.ByPerson);
            return Noted(true);
        }

        private int Noted(bool done)
        {
            _state.Version += done ? 1 : 0;
            _state.DueMs = 0;
            return done ? CommandOutcome.Done : CommandOutcome.NothingToDo;
        }
    }
}
