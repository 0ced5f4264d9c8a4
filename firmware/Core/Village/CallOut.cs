// Owns: the county's call for somebody to set out for a fire elsewhere (增援).
// Must never: sound as a fire of this station, sound on after its limit, or be answered by anything but a key.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Asked, then answered (出动), missed, or taken back. A new one takes the place of the old one, which is said.</summary>
    public sealed class CallOut : CountyQuestion
    {
        /// <summary>As the journal keeps it: zero bytes behind the text. Null when nobody is called.</summary>
        private byte[] _kept;

        /// <summary>Where to; "" when nobody is called.</summary>
        public string Place { get; private set; } = "";

        protected override Question Asks
        {
            get { return Question.CallOut; }
        }

        /// <summary>The county calls, or takes it back.</summary>
        /// <param name="a">Minutes to answer, 0 ends it; the place is the command's text.</param>
        public override CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
        {
            if (code != CommandCode.CallOut)
            {
                return CommandOutcome.Unknown;
            }

            if (!s.Settings.TakesCallOuts)
            {
                return CommandOutcome.NotAllowed;
            }

            bool calls = a != 0;
            if (a < 0 || a > Limits.CallOutMinutesMax || (calls && s.Text.Length == 0))
            {
                return CommandOutcome.OutOfRange;
            }

            if (Asked)
            {
                s.Events.CallOutEnded(calls ? CallOutEnd.Replaced : CallOutEnd.Command, s.Origin, WaitedMs(nowMs), nowMs);
            }
            else if (!calls)
            {
                return CommandOutcome.NothingToDo;
            }

            End();
            if (calls)
            {
                Place = s.Text;
                byte[] text = Encoding.UTF8.GetBytes(Place);
                _kept = new byte[ContractLimits.PlaceBytesMax];
                System.Array.Copy(text, _kept, text.Length);
                Begin(a, nowMs);
                s.Events.CallOutAsked(s.Origin, a * 60, nowMs);
            }

            return s.Noted(true);
        }

        public override void Contribute(PanelState s)
        {
            if (Asked)
            {
                s.Shown |= ConditionBits.CallOut;
                s.Questions |= Question.CallOut;
                s.Sounds(Pattern.CallOut);
            }
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            // Nobody called and none kept: the entry stays as it is, which spares a box that is never called its write.
            if (Asked || Saved.Get(journal, SavedField.CallOutS) != 0)
            {
                Saved.Put(journal, SavedField.CallOutS, RemainingS(nowMs));
            }

            if (Asked)
            {
                for (int word = 0; word < _kept.Length / 4; word++)
                {
                    Saved.Put(journal, Saved.At(SavedField.CallOutPlace, word), Bytes.I32(_kept, word * 4));
                }
            }
        }

        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            int remainingS = Saved.Get(journal, SavedField.CallOutS);
            if (remainingS <= 0)
            {
                return;
            }

            int length = 0;
            _kept = new byte[ContractLimits.PlaceBytesMax];
            for (int word = 0; word < _kept.Length / 4; word++)
            {
                Bytes.PutI32(_kept, word * 4, Saved.Get(journal, Saved.At(SavedField.CallOutPlace, word)));
            }

            while (length < _kept.Length && _kept[length] != 0)
            {
                length++;
            }

            Place = Utf8.Line(_kept, 0, length, _kept.Length);
            if (Place.Length != 0)
            {
                GoOn(remainingS, nowMs);
            }
        }

        protected override void Answered(PanelEvents events, long waitedMs, long nowMs)
        {
            events.CallOutAnswered(waitedMs, nowMs);
        }

        protected override void Missed(PanelEvents events, long waitedMs, long nowMs)
        {
            events.CallOutMissed(waitedMs, nowMs);
        }

        protected override void End()
        {
            Place = "";
            _kept = null;
            base.End();
        }
    }
}
