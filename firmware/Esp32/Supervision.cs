// Owns: whether every supervised thread has shown progress, and so whether the watchdog may be fed.
// Must never: be used by more than the loop's thread, or allocate after its making.

namespace Gateway.Esp32
{
    /// <summary>Threads show progress by a counter that moves; each has a longest time for which it may stand still.</summary>
    public sealed class Supervision
    {
        private readonly string[] _name = new string[EspLimits.ThreadsMax];
        private readonly int[] _silentMaxMs = new int[EspLimits.ThreadsMax];
        private readonly int[] _counter = new int[EspLimits.ThreadsMax];
        private readonly long[] _movedMs = new long[EspLimits.ThreadsMax];
        private int _count;
        private long _silentSinceMs = -1;

        /// <summary>True while all threads move; only then the watchdog is fed.</summary>
        public bool Healthy
        {
            get { return _silentSinceMs < 0; }
        }

        /// <summary>The thread that stood still at the last look, or null.</summary>
        public string Silent { get; private set; }

        /// <summary>Adds a thread; gives its place for <see cref="Look"/>. At most 4, all added before the loop starts.</summary>
        public int Add(string name, int silentMaxMs, long nowMs)
        {
            _name[_count] = name;
            _silentMaxMs[_count] = silentMaxMs;
            _movedMs[_count] = nowMs;
            return _count++;
        }

        /// <summary>Takes a thread's counter; any change is progress, so a wrap is too.</summary>
        public void Look(int place, int counter, long nowMs)
        {
            if (counter != _counter[place])
            {
                _counter[place] = counter;
                _movedMs[place] = nowMs;
            }
        }

        /// <summary>Judges after all counters were taken.
        /// Returns for how long there has been a silent thread, in ms; 0 when there is none.</summary>
        public long Judge(long nowMs)
        {
            for (int i = 0; i < _count; i++)
            {
                if (nowMs - _movedMs[i] > _silentMaxMs[i])
                {
                    Silent = _name[i];
                    _silentSinceMs = _silentSinceMs < 0 ? nowMs : _silentSinceMs;
                    return nowMs - _silentSinceMs;
                }
            }

            Silent = null;
            _silentSinceMs = -1;
            return 0;
        }
    }
}
