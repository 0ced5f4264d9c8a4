// Owns: how far the account of a segment that has to go has come.
// Must never: go on where the county has said something new, or for another segment.

namespace Gateway.Core
{
    /// <summary>One for all lanes: an account that another lane's interrupts begins anew.</summary>
    public sealed class SegmentAccount
    {
        private int _lane = -1;
        private uint _segment;
        private uint _held;

        /// <summary>What the county does not hold of the segment, so far.</summary>
        public readonly Loss Sum = new Loss();

        /// <summary>True when the last part of an account did not come to its end, or waits for another lane's.</summary>
        public bool GoesOn;

        /// <summary>
        /// True when a lane may go on with its account or begin one: what is begun is ended first, but for a lane before it.
        /// </summary>
        public bool Yields(int lane)
        {
            GoesOn = _lane >= 0 && lane > _lane;
            return !GoesOn;
        }

        /// <summary>Records gone over.</summary>
        public int Index;

        /// <summary>True when it is the account of this segment, reckoned from what the county holds now.</summary>
        public bool Is(int lane, uint segment, uint held)
        {
            return _lane == lane && _segment == segment && _held == held;
        }

        public void Begin(int lane, uint segment, uint held)
        {
            _lane = lane;
            _segment = segment;
            _held = held;
            Index = 0;
            Sum.Clear();
        }

        public void End()
        {
            _lane = -1;
        }
    }
}
