// Owns: when a part is tried, and when it counts as lost.
// Must never: try a part twice in a tick, or believe a reading of a part that has stopped answering.

namespace Gateway.Esp32
{
    /// <summary>
    /// A part of the board. It begins by being set up whole, wanted outputs before directions, and again so after every failure, since a
    /// part that did not answer may have been reset. One failure may be a disturbance: what was read before holds for a few ticks. The
    /// second makes the part lost.
    /// </summary>
    public abstract class I2cPart
    {
        private readonly I2cGuard _guard;
        private bool _begun;
        private int _failures;
        private int _waitTicks;
        private int _pauseTicks = EspLimits.BusPauseTicks;

        protected I2cPart(I2cPort port, I2cGuard guard)
        {
            Port = port;
            _guard = guard;
            Lost = true;
        }

        /// <summary>Nothing that it says holds. True until it has answered once.</summary>
        public bool Lost { get; private set; }

        /// <summary>What is said of it was found out: it has answered, or failed often enough.</summary>
        public bool Tried { get; private set; }

        protected I2cPort Port { get; }

        /// <summary>Once a tick.</summary>
        public void Step()
        {
            if (_waitTicks > 0)
            {
                _waitTicks--;
                return;
            }

            if (!_guard.MayTry())
            {
                return;
            }

            bool good = (_begun || Begin()) && Work();
            _guard.Note(good);
            _begun = good;
            if (good)
            {
                Lost = false;
                Tried = true;
                _failures = 0;
                _pauseTicks = EspLimits.BusPauseTicks;
                return;
            }

            _failures++;
            if (_failures < EspLimits.PartFailuresMax)
            {
                _waitTicks = EspLimits.PartRetryTicks;
                return;
            }

            Lost = true;
            Tried = true;
            _waitTicks = _pauseTicks;
            _pauseTicks = I2cGuard.Longer(_pauseTicks);
        }

        /// <summary>A bit as it was last read.</summary>
        public virtual bool High(int bit)
        {
            return false;
        }

        /// <summary>Sets a bit that is an output; it goes out with the next step, and again whenever the part begins anew.</summary>
        public virtual void Set(int bit, bool high)
        {
        }

        /// <summary>Counts of a channel, -1 before its first conversion.</summary>
        public virtual int Count(int channel)
        {
            return -1;
        }

        /// <summary>Sets the part up and finds out whether it is what it should be; false at the first transfer that fails.</summary>
        protected abstract bool Begin();

        /// <summary>The work of a tick.</summary>
        protected abstract bool Work();
    }
}
