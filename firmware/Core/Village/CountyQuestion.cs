// Owns: what is common to questions of the county: asked for so many minutes, then answered by the key, or missed.
// Must never: sound on after its limit, or be answered by anything but a key.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Its end is a monotonic time; the journal keeps what remains in seconds.</summary>
    public abstract class CountyQuestion : PanelPart
    {
        private long _askedMs;

        /// <summary>True while the box sounds and waits for the answer.</summary>
        public bool Asked
        {
            get { return DueMs != long.MaxValue; }
        }

        public override int SaveMs
        {
            get { return Asked ? Limits.ClockSaveMs : Limits.StateSaveMs; }
        }

        protected abstract Question Asks { get; }

        public override void Answer(PanelState s, Question answered, long nowMs)
        {
            if ((answered & Asks) != 0)
            {
                End();
                Answered(s.Events, WaitedMs(nowMs), nowMs);
            }
        }

        public override void Step(PanelState s, long nowMs)
        {
            Missed(s.Events, WaitedMs(nowMs), nowMs);
            End();
            s.Version++;
        }

        /// <summary>Seconds left; 0 when nothing is asked.</summary>
        public int RemainingS(long nowMs)
        {
            return Asked ? (int)((DueMs - nowMs + 999) / 1000) : 0;
        }

        protected abstract void Answered(PanelEvents events, long waitedMs, long nowMs);

        protected abstract void Missed(PanelEvents events, long waitedMs, long nowMs);

        protected void Begin(int minutes, long nowMs)
        {
            _askedMs = nowMs;
            DueMs = nowMs + minutes * (long)Limits.MinuteMs;
        }

        /// <summary>Goes on after a restart, which costs it as much as is between two savings.</summary>
        protected void GoOn(int remainingS, long nowMs)
        {
            long leftMs = remainingS * 1000L - Limits.ClockSaveMs;
            _askedMs = nowMs;
            DueMs = nowMs + (leftMs > 0 ? leftMs : 0);
        }

        protected long WaitedMs(long nowMs)
        {
            return nowMs - _askedMs;
        }

        protected virtual void End()
        {
            DueMs = long.MaxValue;
        }
    }
}
