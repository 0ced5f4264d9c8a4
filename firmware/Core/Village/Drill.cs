// Owns: whether a drill (演练) is on, which zones it has, its warning and its end, and call points that were not put back after it.
// Must never: take in a zone that it did not name, or last without an end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Events of its zones and of the drill itself carry the flag, its zones have a sound of their own, and relays rest for them unless
    /// the settings allow them. Every other zone stays real. A minute before its end it warns: a call point that is pressed then and is
    /// not let go until the end was not put back (they latch until reset by key), and that is a fault; all else that signals is a fire.
    /// </summary>
    public sealed class Drill
    {
        private long _endMs;
        private int _standing;
        private bool _warned;

        /// <summary>Zones of the drill, by index; 0 when none is on.</summary>
        public int Zones { get; private set; }

        /// <summary>Call points that are pressed since before the end of the last drill, by index: a fault and no fire.</summary>
        public int NotPutBack { get; private set; }

        /// <summary>When the last minute's sign or the sign of a drill broken off ends.</summary>
        public long SignEndMs { get; private set; }

        /// <summary>See <see cref="DrillEnd"/>; how the last drill ended, 0 before.</summary>
        public int LastEnd { get; private set; }

        public bool On
        {
            get { return Zones != 0; }
        }

        /// <summary>True in the last minute.</summary>
        public bool Ending
        {
            get { return On && _warned; }
        }

        public long DueMs
        {
            get
            {
                return On ? (_warned ? _endMs : _endMs - Limits.DrillWarnMs) : long.MaxValue;
            }
        }

        /// <param name="zones">By index; not 0.</param>
        /// <param name="numbers">The same by number, for the record.</param>
        public void Begin(int zones, int numbers, int minutes, bool linkage, int origin, PanelEvents events, long nowMs)
        {
            Zones = zones;
            LastEnd = DrillEnd.Unknown;
            SignEndMs = 0;
            _warned = false;
            _standing = 0;
            _endMs = nowMs + minutes * (long)Limits.MinuteMs;
            events.DrillZones = zones;
            events.Begin(EventKind.DrillBegan, -1, nowMs);
            events.Flag(EventFlags.Drill);
            events.Details(origin, numbers);
            events.Value(minutes * 60, Unit.Second);
            events.Message(linkage ? 1 : 0);
        }

        /// <summary>Lets time pass. True when the drill's time is over.</summary>
        /// <param name="pressed">Call points that are pressed.</param>
        /// <param name="unseen">Zones of which nothing can be said yet after a start.</param>
        public bool Step(int pressed, int unseen, PanelEvents events, long nowMs)
        {
            NotPutBack &= pressed | unseen;
            if (!On)
            {
                return false;
            }

            _standing &= pressed | unseen;
            if (!_warned && nowMs >= _endMs - Limits.DrillWarnMs)
            {
                _warned = true;
                _standing = (pressed | unseen) & Zones;
                SignEndMs = nowMs + Limits.LampTestMs;
                events.Begin(EventKind.DrillEnding, -1, nowMs);
                events.Flag(EventFlags.Drill);
                events.Value((int)((_endMs - nowMs + 999) / 1000), Unit.Second);
            }

            return nowMs >= _endMs && unseen == 0;
        }

        /// <summary>Ends it. What follows carries the flag no more.</summary>
        /// <param name="how">See <see cref="DrillEnd"/>.</param>
        /// <param name="zone">The zone whose fire broke it off, by index; -1 for none.</param>
        public void End(int how, int zone, int origin, PanelEvents events, long nowMs)
        {
            events.Begin(EventKind.DrillEnded, zone, nowMs);
            events.Flag(EventFlags.Drill);
            events.Details(origin, how);
            events.DrillZones = 0;
            NotPutBack |= how == DrillEnd.Time ? _standing : 0;
            SignEndMs = how == DrillEnd.TestKey ? nowMs + Limits.LampTestMs : 0;
            LastEnd = how;
            Zones = 0;
        }

        /// <summary>Minutes left, for the journal; 0 when none is on.</summary>
        public int RemainingMin(long nowMs)
        {
            int left = (int)((_endMs - nowMs + Limits.MinuteMs - 1) / Limits.MinuteMs);
            return !On ? 0
                : left < 1 ? 1
                : left;
        }

        /// <summary>
        /// Call points that must be known over a restart: not put back after a drill, or pressed since before the warning of this one.
        /// </summary>
        public int Kept
        {
            get { return NotPutBack | (Ending ? _standing : 0); }
        }

        /// <summary>Goes on after a restart, which costs it a minute. Its last minute goes on until every input was looked at.</summary>
        public void Restore(int zones, int remainingMin, int kept, PanelEvents events, long nowMs)
        {
            Zones = remainingMin > 0 ? zones : 0;
            events.DrillZones = Zones;
            _endMs = nowMs + (remainingMin - 1) * (long)Limits.MinuteMs;
            _warned = remainingMin == 1;
            _standing = _warned ? kept & zones : 0;
            NotPutBack = On && !_warned ? kept : kept & ~zones;
        }
    }
}
