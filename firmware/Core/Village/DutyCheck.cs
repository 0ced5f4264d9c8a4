// Owns: the county's question who is on duty (查岗).
// Must never: sound on after its limit, or be answered by anything but a key.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Asked, then answered or missed. A new question takes the place of the old one, which is said.</summary>
    public sealed class DutyCheck : CountyQuestion
    {
        protected override Question Asks
        {
            get { return Question.Duty; }
        }

        /// <summary>The county asks who is on duty, for so many minutes.</summary>
        public override CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
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
                events.DutyCheckReplaced(s.Origin, WaitedMs(nowMs), nowMs);
            }

            Begin(a, nowMs);
            events.DutyCheckAsked(s.Origin, a * 60, nowMs);
            return s.Noted(true);
        }

        public override void Contribute(PanelState s)
        {
            if (Asked)
            {
                s.Shown |= ConditionBits.DutyCheck;
                s.Questions |= Question.Duty;
                s.Sounds(Pattern.DutyCheck);
            }
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            Saved.Put(journal, SavedField.DutyS, RemainingS(nowMs));
        }

        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            int remainingS = Saved.Get(journal, SavedField.DutyS);
            if (remainingS > 0)
            {
                GoOn(remainingS, nowMs);
            }
        }

        protected override void Answered(PanelEvents events, long waitedMs, long nowMs)
        {
            events.DutyCheckAnswered(waitedMs, nowMs);
        }

        protected override void Missed(PanelEvents events, long waitedMs, long nowMs)
        {
            events.DutyCheckMissed(waitedMs, nowMs);
        }
    }
}
