// Owns: which rules hold, so that one that goes on after a restart does not pulse, sound or report as if it began.
// Must never: keep back what a rule does that ended and began anew.

namespace Gateway.Core
{
    /// <summary>Bits of the rules by their place in the text, two words; of another text they are other rules.</summary>
    public sealed class RulesBefore
    {
        private const int Half = 32;

        private readonly RuleTable _rules;
        private readonly byte[] _holds;
        private int _beforeLow;
        private int _beforeHigh;

        /// <param name="holds">Which rules hold, kept up by the engine.</param>
        public RulesBefore(RuleTable rules, byte[] holds)
        {
            _rules = rules;
            _holds = holds;
        }

        /// <summary>True when a rule that sounds, holds or pulses began or ended: the journal is to know of it at once.</summary>
        public bool Changed;

        /// <summary>True when what the journal has is no longer so.</summary>
        public bool Moved = true;

        /// <summary>True while some rule is awaited that held before the last start.</summary>
        public bool Awaits
        {
            get { return (_beforeLow | _beforeHigh) != 0; }
        }

        /// <summary>True once for a rule that held before the last start: it goes on, and does not begin.</summary>
        public bool WasBefore(int r)
        {
            bool before = Before(r);
            Drop(r);
            return before;
        }

        /// <summary>
        /// Awaits no longer what has ended: a rule that does not hold though its time is known and none of its zones is on its way.
        /// Called behind the rules, so that what holds in this step is known.
        /// </summary>
        /// <param name="active">Zones whose input is active, or not seen yet.</param>
        public void Look(ZoneSet active, bool clockKnown)
        {
            for (int r = 0; Awaits && r < _rules.Count; r++)
            {
                bool timed = false;
                bool ended = Before(r) && (_rules.ZonesBehind(r, null, out timed) & active) == 0;
                if (ended && (clockKnown || !timed))
                {
                    Drop(r);
                }
            }
        }

        /// <summary>A reset: whatever begins from now on is new.</summary>
        public void Forget()
        {
            _beforeLow = 0;
            _beforeHigh = 0;
            Changed = true;
            Moved = true;
        }

        /// <summary>Bits of a half of the rules, for the journal.</summary>
        public int Bits(int half)
        {
            int bits = half == 0 ? _beforeLow : _beforeHigh;
            for (int i = 0; i < Half && half * Half + i < _rules.Count; i++)
            {
                int r = half * Half + i;
                bits |= _holds[r] != 0 ? 1 << i : 0;
            }

            return bits;
        }

        /// <summary>Goes on after a restart.</summary>
        public void Restore(int low, int high)
        {
            _beforeLow = low;
            _beforeHigh = high;
        }

        /// <summary>True while a rule is awaited that held before the last start.</summary>
        public bool Before(int r)
        {
            return ((r < Half ? _beforeLow : _beforeHigh) & (1 << (r % Half))) != 0;
        }

        private void Drop(int r)
        {
            Moved = true;
            _beforeLow &= r < Half ? ~(1 << r) : -1;
            _beforeHigh &= r < Half ? -1 : ~(1 << (r - Half));
        }
    }
}
