// Owns: the county's question who is on duty (查岗).
// Must never: sound on after its limit, or be answered by anything but a key.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Asked, then answered or missed. A new question takes the place of the old one, which is said.</summary>
    public sealed class DutyCheck : PanelPart
    {
        private long _askedMs;

        /// <summary>True while the box sounds and waits for the answer.</summary>
        public bool Asked { get; private set; }

        public override int SaveMs
        {
            get { return Asked ? Limits.ClockSaveMs : Limits.StateSaveMs; }
        }

        /// <summary>The county asks who is on duty, for so many minutes.</summary>
        public override int Command(PanelState s, int code, int a, int b, long nowMs)
        {
            if (code != CommandCode.DutyCheck)
            {
                return CommandOutcome.Unknown;
            }

            if (a < 1 || a > Limits.DutyCheckMinutesMax)
            {
                return CommandOutcome.OutOfRange;
            }

            PanelEvents events = s.Events;
            if (Asked)
            {
                events.DutyCheckReplaced(s.Origin, nowMs - _askedMs, nowMs);
            }

            Asked = true;
            _askedMs = nowMs;
            DueMs = nowMs + a * (long)Limits.MinuteMs;
            events.DutyCheckAsked(s.Origin, a * 60, nowMs);
            return s.Noted(true);
        }

        public override void Contribute(PanelState s)
        {
            if (Asked)
            {
                s.Shown |= ConditionBits.DutyCheck | Question.Duty;
                s.Sounds(Pattern.DutyCheck);
            }
        }

        public override void Answer(PanelState s, int answered, long nowMs)
        {
            if ((answered & Question.Duty) != 0)
            {
                End();
                s.Events.DutyCheckAnswered(nowMs - _askedMs, nowMs);
            }
        }

        public override void Step(PanelState s, long nowMs)
        {
            s.Events.DutyCheckMissed(nowMs - _askedMs, nowMs);
            End();
            s.Version++;
        }

        /// <summary>Seconds left; 0 when nothing is asked.</summary>
        public int RemainingS(long nowMs)
        {
            return Asked ? (int)((DueMs - nowMs + 999) / 1000) : 0;
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            Saved.Put(journal, SavedField.DutyS, RemainingS(nowMs));
        }

        /// <summary>Goes on after a restart, which costs it as much as is between two savings.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            int remainingS = Saved.Get(journal, SavedField.DutyS);
            Asked = remainingS > 0;
            _askedMs = nowMs;
            long leftMs = remainingS * 1000L - Limits.ClockSaveMs;
            DueMs = Asked ? nowMs + (leftMs > 0 ? leftMs : 0) : long.MaxValue;
        }

        private void End()
        {
            Asked = false;
            DueMs = long.MaxValue;
        }
    }
}
