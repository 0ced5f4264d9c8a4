// Owns: the county's call for somebody to set out for a fire elsewhere (增援).
// Must never: sound as a fire of this station, sound on after its limit, or be answered by anything but a key.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Asked, then answered (出动), missed, or taken back. A new one takes the place of the old one, which is said.</summary>
    public sealed class CallOut : PanelPart
    {
        private long _askedMs;

        /// <summary>Where to; "" when nobody is called.</summary>
        public string Place { get; private set; } = "";

        /// <summary>True while the box sounds and waits for the answer.</summary>
        public bool Asked
        {
            get { return Place.Length != 0; }
        }

        public override int SaveMs
        {
            get { return Asked ? Limits.ClockSaveMs : Limits.StateSaveMs; }
        }

        /// <summary>The county calls, or takes it back.</summary>
        /// <param name="a">Minutes to answer, 0 ends it; the place is the command's text.</param>
        public override int Command(PanelState s, int code, int a, int b, long nowMs)
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
                s.Events.CallOutEnded(calls ? CallOutEnd.Replaced : CallOutEnd.Command, s.Origin, nowMs - _askedMs, nowMs);
            }
            else if (!calls)
            {
                return CommandOutcome.NothingToDo;
            }

            End();
            if (calls)
            {
                Place = s.Text;
                _askedMs = nowMs;
                DueMs = nowMs + a * (long)Limits.MinuteMs;
                s.Events.CallOutAsked(s.Origin, a * 60, nowMs);
            }

            return s.Noted(true);
        }

        public override void Contribute(PanelState s)
        {
            if (Asked)
            {
                s.Shown |= ConditionBits.CallOut | Question.CallOut;
                s.Sounds(Pattern.CallOut);
            }
        }

        public override void Answer(PanelState s, int answered, long nowMs)
        {
            if ((answered & Question.CallOut) != 0)
            {
                End();
                s.Events.CallOutAnswered(nowMs - _askedMs, nowMs);
            }
        }

        public override void Step(PanelState s, long nowMs)
        {
            s.Events.CallOutMissed(nowMs - _askedMs, nowMs);
            End();
            s.Version++;
        }

        /// <summary>Seconds left; 0 when nobody is called.</summary>
        public int RemainingS(long nowMs)
        {
            return Asked ? (int)((DueMs - nowMs + 999) / 1000) : 0;
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
                byte[] place = new byte[ContractLimits.PlaceBytesMax];
                byte[] text = Encoding.UTF8.GetBytes(Place);
                System.Array.Copy(text, place, text.Length);
                for (int word = 0; word < place.Length / 4; word++)
                {
                    Saved.Put(journal, Saved.At(SavedField.CallOutPlace, word), Bytes.I32(place, word * 4));
                }
            }
        }

        /// <summary>Goes on after a restart, which costs it as much as is between two savings.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            int remainingS = Saved.Get(journal, SavedField.CallOutS);
            if (remainingS <= 0)
            {
                return;
            }

            byte[] place = new byte[ContractLimits.PlaceBytesMax];
            int length = 0;
            for (int word = 0; word < place.Length / 4; word++)
            {
                Bytes.PutI32(place, word * 4, Saved.Get(journal, Saved.At(SavedField.CallOutPlace, word)));
            }

            while (length < place.Length && place[length] != 0)
            {
                length++;
            }

            Place = Utf8.Line(place, 0, length, place.Length);
            _askedMs = nowMs;
            long leftMs = remainingS * 1000L - Limits.ClockSaveMs;
            DueMs = Asked ? nowMs + (leftMs > 0 ? leftMs : 0) : long.MaxValue;
        }

        private void End()
        {
            Place = "";
            DueMs = long.MaxValue;
        }
    }
}
