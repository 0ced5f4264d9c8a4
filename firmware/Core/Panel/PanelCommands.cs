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
        public Origin Origin
        {
            get { return _state.Origin; }
            set { _state.Origin = value; }
        }

        /// <summary>
        /// Silences the siren and the buzzer, and nothing else: who silences has not acknowledged. While a delay holds the sounders back
        /// there is nothing to silence, and a later general alarm must sound.
        /// </summary>
        public CommandOutcome Silence(long nowMs)
        {
            PanelState s = _state;
            s.SilenceBuzzer(true);
            bool done = s.Latched != 0 && !s.Silenced && !s.Holding;
            if (done)
            {
                s.Silenced = true;
                s.Events.Silenced(Origin, s.DrillFlag, nowMs);
            }

            return s.Noted(done);
        }

        /// <summary>Silences the box's own buzzer; sounders outside go on, and a new alarm or trouble is heard again.</summary>
        public CommandOutcome Mute()
        {
            _state.SilenceBuzzer(true);
            _state.Noted(false);
            return CommandOutcome.NothingToDo;
        }

        /// <summary>Ends the fire condition, unless a zone is still in it; that zone is named.</summary>
        public CommandOutcome Reset(long nowMs)
        {
            PanelState s = _state;
            if (s.Latched == 0 && s.PreAlarm == 0)
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
            ZoneSet unseen = s.Stages.Unseen == 0 ? 0 : s.Stages.Unseen & s.Settings.IndexBits(-1);
            ZoneSet still = (s.Latched | s.PreAlarm) & (s.Stages.Active | unseen) & ~s.Disabled;
            still |= s.FiresWaiting;
            for (int i = 0; still != 0; i++)
            {
                if (Bits.Has(still, i))
                {
                    s.Events.ResetRefused(i, nowMs);
                    return CommandOutcome.ZoneStillActive;
                }
            }

            _reports.FireSignals(nowMs);
            _reports.LetGo(s.Latched & s.Disabled, nowMs);
            s.Events.Reset(s.Latched, s.DrillFlag, nowMs);
            s.EndFire(ZoneSet.All, nowMs);
            s.Rules.Reset();
            return s.Noted(true);
        }

        /// <summary>The answer key: what one press answers is in <see cref="AnswerKey"/>.</summary>
        public CommandOutcome Answer(long nowMs)
        {
            PanelState s = _state;
            Question answered = AnswerKey.OnePress((s.Unacknowledged ? Question.Fire : 0) | s.Questions);
            if ((answered & Question.Fire) != 0)
            {
                Acknowledge(nowMs);
            }

            for (PanelPart part = s.Parts; part != null; part = part.Next)
            {
                part.Answer(s, answered, nowMs);
            }

            return s.Noted(answered != 0);
        }

        /// <summary>A key that is some part's. Who has come has acknowledged too.</summary>
        /// <param name="button">See <see cref="Button"/>.</param>
        public CommandOutcome Key(Button button, long nowMs)
        {
            PanelState s = _state;
            bool came = s.Unacknowledged && (button == Button.Scene || button == Button.Joined);
            if (came)
            {
                Acknowledge(nowMs);
            }

            CommandOutcome outcome = CommandOutcome.Unknown;
            for (PanelPart part = s.Parts; part != null && outcome == CommandOutcome.Unknown; part = part.Next)
            {
                outcome = part.Key(s, button, nowMs);
            }

            return came ? s.Noted(true)
                : outcome == CommandOutcome.Unknown ? CommandOutcome.NothingToDo
                : outcome;
        }

        /// <summary>A command that is some part's.</summary>
        /// <param name="code">See <see cref="CommandCode"/>, which says what A and B are.</param>
        public CommandOutcome Run(CommandCode code, int a, int b, long nowMs)
        {
            CommandOutcome outcome = CommandOutcome.Unknown;
            for (PanelPart part = _state.Parts; part != null && outcome == CommandOutcome.Unknown; part = part.Next)
            {
                outcome = part.Command(_state, code, a, b, nowMs);
            }

            return outcome;
        }

        /// <summary>On record and upward with or without clocks and delay: the county stops its own clock by it.</summary>
        private void Acknowledge(long nowMs)
        {
            PanelState s = _state;
            long waitedMs = s.UnacknowledgedMs > 0 ? nowMs - s.UnacknowledgedMs : -1;
            s.Events.Acknowledged(s.Latched, Origin, s.DrillFlag, waitedMs, nowMs);
            s.UnacknowledgedMs = 0;

            // A delay's buzzer has called somebody; a later general alarm sounds all the same.
            s.SilenceBuzzer(s.BuzzerSilenced || s.Holding);
            s.Fire(FireMoment.Acknowledged, 0, nowMs);
        }
    }
}
