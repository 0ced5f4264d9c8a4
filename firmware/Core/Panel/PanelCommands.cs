// Owns: what a person's key or the county's command does to the panel.
// Must never: change anything without an event, or reset a fire from afar.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Why a command was not done; 0 = done.</summary>
    public static class CommandResult
    {
        public const int Done = 0;
        public const int NothingToDo = 1;
        public const int ZoneStillActive = 2;
        public const int UnknownZone = 3;
        public const int OutOfRange = 4;
        public const int FireIsLatched = 5;
        public const int NotAllowed = 6;
        public const int Count = 7;

        private static readonly string[] s_names =
        {
            "done",
            "nothing-to-do",
            "zone-still-active",
            "unknown-zone",
            "out-of-range",
            "fire-is-latched",
            "not-allowed",
        };

        public static string Name(int result)
        {
            return result >= 0 && result < Count ? s_names[result] : "?";
        }
    }

    /// <summary>Commands on the panel's state. Each returns a <see cref="CommandResult"/>.</summary>
    public sealed class PanelCommands
    {
        private readonly PanelState _state;
        private readonly PanelReports _reports;

        public PanelCommands(PanelState state, PanelReports reports)
        {
            _state = state;
            _reports = reports;
        }

        /// <summary>
        /// Acknowledge and silence: the siren and the buzzer; the first answer within t1 of a delay; the first 135 clock.
        /// </summary>
        public int Silence(long nowMs)
        {
            PanelState s = _state;
            s.BuzzerSilenced = true;
            s.Clocks.Met(0, s.Events, nowMs);
            bool holding = s.Delay.Holding;
            s.Delay.Answered(nowMs);
            if (s.Latched == 0 || s.Silenced || holding)
            {
                // While the delay holds the sounders back there is nothing to silence, and a later general alarm must sound.
                s.Version++;
                return s.Latched == 0 ? CommandResult.NothingToDo : CommandResult.Done;
            }

            s.Silenced = true;
            s.Version++;
            s.Events.Begin(EventKind.Silenced, -1, nowMs);
            s.Events.Flag(EventFlags.ByPerson);
            return CommandResult.Done;
        }

        /// <summary>Ends the fire condition, unless a zone is still in it; that zone is named.</summary>
        public int Reset(long nowMs)
        {
            PanelState s = _state;
            if (s.Latched == 0 && s.Groups.PreAlarm == 0)
            {
                return CommandResult.NothingToDo;
            }

            int still = (s.Latched | s.Groups.PreAlarm) & s.Stages.Active & ~s.Disabled;
            for (int i = 0; still != 0; i++)
            {
                if ((still & (1 << i)) != 0)
                {
                    _reports.Zone(EventKind.ResetRefused, i, Severity.None, InputClass.Active, nowMs);
                    s.Events.Flag(EventFlags.ByPerson);
                    return CommandResult.ZoneStillActive;
                }
            }

            s.Events.Begin(EventKind.Reset, -1, nowMs);
            s.Events.Flag(EventFlags.ByPerson);
            s.Events.Details(s.Settings.NumberBits(s.Latched), 0);
            Unlatch();
            return CommandResult.Done;
        }

        /// <summary>The answer key: a duty check, a last look, the first 135 clock.</summary>
        public int Answer(long nowMs)
        {
            bool any = _state.Duty.Answer(_state.Events, nowMs);
            any |= _state.HotWork.Looked(_state.Events, nowMs);
            return Noted(any | _state.Clocks.Met(0, _state.Events, nowMs));
        }

        /// <summary>The 135 clock of a key: 1 on the scene, 2 joined.</summary>
        public int Arrived(int clock, long nowMs)
        {
            return Noted(_state.Clocks.Met(clock, _state.Events, nowMs));
        }

        /// <summary>The county asks who is on duty.</summary>
        public int DutyCheck(int minutes, long nowMs)
        {
            if (minutes < 1 || minutes > Limits.DutyCheckMinutesMax)
            {
                return CommandResult.OutOfRange;
            }

            _state.Duty.Ask(minutes, _state.Events, nowMs);
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

        /// <summary>Opens a hot-work permit for zones; 0 minutes ends it.</summary>
        /// <param name="numbers">Bits by zone number.</param>
        public int HotWork(int numbers, int minutes, long nowMs)
        {
            if (minutes == 0)
            {
                return Noted(_state.HotWork.End(_state.Events, nowMs, true));
            }

            int zones = _state.Settings.IndexBits(numbers);
            if (zones == 0 || _state.Settings.NumberBits(zones) != numbers)
            {
                return CommandResult.UnknownZone;
            }

            if (minutes < 0 || minutes > Limits.HotWorkMinutesMax)
            {
                return CommandResult.OutOfRange;
            }

            _state.HotWork.Begin(zones, minutes, _state.Events, nowMs);
            return Noted(true);
        }

        /// <summary>Starts a drill; 0 minutes ends it.</summary>
        public int Drill(int minutes, long nowMs)
        {
            PanelState s = _state;
            if (minutes == 0)
            {
                if (!s.Drill.On)
                {
                    return CommandResult.NothingToDo;
                }

                EndDrill(nowMs, true);
                return Noted(true);
            }

            if (minutes < 0 || minutes > s.Settings.DrillMaxMin)
            {
                return CommandResult.OutOfRange;
            }

            if (s.Latched != 0)
            {
                return CommandResult.FireIsLatched;
            }

            s.Drill.Begin(minutes, s.Events, nowMs);
            return Noted(true);
        }

        /// <summary>
        /// After a drill its latched zones are let go. A zone that still signals fire then is a fire: the panel's step raises it anew,
        /// without the drill's flag.
        /// </summary>
        public void EndDrill(long nowMs, bool byPerson)
        {
            PanelState s = _state;
            s.Drill.End(s.Events, nowMs, byPerson);
            s.Latched &= ~s.DrillLatched;
            s.DrillLatched = 0;
            if (s.Latched == 0)
            {
                Unlatch();
            }
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
            PanelState s = _state;
            s.Latched = 0;
            s.DrillLatched = 0;
            s.Silenced = false;
            s.First = -1;
            s.Latest = -1;
            s.Delay.Clear(false);
            s.Groups.Clear();
            s.Rules.Reset();
            s.Clocks.Stop();
            s.Version++;
        }

        private int Timed(Expiries expiries, int number, int minutes, int minutesMax, int began, int ended, long nowMs)
        {
            int zone = _state.Settings.IndexOf(number);
            if (zone < 0)
            {
                return CommandResult.UnknownZone;
            }

            if (minutes < 0 || minutes > minutesMax)
            {
                return CommandResult.OutOfRange;
            }

            if (minutes == 0)
            {
                if ((expiries.Bits & (1 << zone)) == 0)
                {
                    return CommandResult.NothingToDo;
                }

                expiries.Clear(zone);
            }
            else
            {
                expiries.Set(zone, nowMs + minutes * (long)Limits.MinuteMs);
            }

            _state.Events.Begin(minutes == 0 ? ended : began, zone, nowMs);
            _state.Events.Details(minutes == 0 ? 1 : 0, minutes);
            _state.Events.Flag(EventFlags.ByPerson);
            return Noted(true);
        }

        private int Noted(bool done)
        {
            _state.Version += done ? 1 : 0;
            return done ? CommandResult.Done : CommandResult.NothingToDo;
        }
    }
}
