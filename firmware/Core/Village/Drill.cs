// Owns: whether a drill (演练) is on and when it ends by itself.
// Must never: begin while a fire is latched, or last without an end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// While a drill is on every event carries the flag, the siren has its own sound, and relays rest unless the settings allow them.
    /// </summary>
    public sealed class Drill
    {
        public bool On { get; private set; }

        public long DueMs { get; private set; } = long.MaxValue;

        public void Begin(int minutes, bool linkage, int origin, PanelEvents events, long nowMs)
        {
            On = true;
            DueMs = nowMs + minutes * (long)Limits.MinuteMs;
            events.CommonFlags |= EventFlags.Drill;
            events.Begin(EventKind.DrillBegan, -1, nowMs);
            events.Details(origin, linkage ? 1 : 0);
            events.Value(minutes * 60, Unit.Second);
        }

        /// <summary>Ends it; the event still carries the flag, what follows does not.</summary>
        public void End(int origin, PanelEvents events, long nowMs)
        {
            events.Begin(EventKind.DrillEnded, -1, nowMs);
            events.Details(origin, 0);
            events.CommonFlags &= ~EventFlags.Drill;
            On = false;
            DueMs = long.MaxValue;
        }

        /// <summary>Minutes left, for the journal; 0 when none is on.</summary>
        public int RemainingMin(long nowMs)
        {
            return On ? (int)((DueMs - nowMs + Limits.MinuteMs - 1) / Limits.MinuteMs) : 0;
        }

        /// <summary>Goes on after a restart, which costs it a minute.</summary>
        public void Restore(int remainingMin, PanelEvents events, long nowMs)
        {
            On = remainingMin > 0;
            if (On)
            {
                DueMs = nowMs + (remainingMin - 1) * (long)Limits.MinuteMs;
                events.CommonFlags |= EventFlags.Drill;
            }
        }
    }
}
