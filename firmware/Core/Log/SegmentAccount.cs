// Owns: how far the account of a segment that has to go has come.
// Must never: go on where the county has said something new, or for another segment.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Counts a segment's records before it is given up. Lanes share it: one that another interrupted starts again.</summary>
    public sealed class SegmentAccount
    {
        private Lane _lane = Lane.None;
        private uint _segment;
        private uint _held;

        /// <summary>What the county does not hold of the segment, so far.</summary>
        public readonly Loss Sum = new Loss();

        /// <summary>True when the last part of an account did not come to its end, or waits for another lane's.</summary>
        public bool GoesOn;

        /// <summary>
        /// True when a lane may go on with its account or begin one: what is begun is ended first, but for a lane before it.
        /// </summary>
        public bool Yields(Lane lane)
        {
            GoesOn = _lane != Lane.None && lane > _lane;
            return !GoesOn;
        }

        /// <summary>Records counted so far.</summary>
        public int Index;

        /// <summary>True when it is the account of this segment, reckoned from what the county holds now.</summary>
        public bool Is(Lane lane, uint segment, uint held)
        {
            return _lane == lane && _segment == segment && _held == held;
        }

        public void Begin(Lane lane, uint segment, uint held)
        {
            _lane = lane;
            _segment = segment;
            _held = held;
            Index = 0;
            Sum.Clear();
        }

        public void End()
        {
            _lane = Lane.None;
        }
    }
}
