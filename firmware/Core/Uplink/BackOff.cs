// Owns: the pauses between connection attempts.
// Must never: let many stations come back in step; that is what the jitter is for.

namespace Gateway.Core
{
    /// <summary>Doubles from one second to a minute; each pause is between half and all of that, by a generator of its own.</summary>
    public sealed class BackOff
    {
        private uint _random;
        private int _pauseMs = Limits.BackOffFirstMs;

        /// <param name="seed">Differs between stations and starts.</param>
        public BackOff(uint seed)
        {
            _random = seed | 1;
        }

        public void Reset()
        {
            _pauseMs = Limits.BackOffFirstMs;
        }

        public int NextMs()
        {
            // Xorshift32 (Marsaglia 2003): enough to spread stations, and the same on every platform.
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            int half = _pauseMs / 2;
            int pause = half + (int)(_random % (uint)half);
            _pauseMs = _pauseMs >= Limits.BackOffMaxMs / 2 ? Limits.BackOffMaxMs : _pauseMs * 2;
            return pause;
        }
    }
}
