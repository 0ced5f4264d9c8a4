// Owns: the 135 clocks of an alarm, in either of the two readings that the counties have.
// Must never: count from anything but the local alarm, or run without a fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Three clocks, each met by a key or missed; what is missed goes up a level: village, township, county. Who comes after the limit is
    /// on record all the same. First reading: answered, on the scene, joined. Second reading (from the scene): own station on the scene,
    /// neighbours, brigade.
    /// </summary>
    public sealed class ResponseClocks
    {
        public const int Clocks = 3;

        private readonly Settings _settings;
        private long _startMs;

        public ResponseClocks(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>Bits of the clocks that run: neither met nor missed.</summary>
        public int Running { get; private set; }

        /// <summary>Bits of the clocks that nobody has met yet, missed or not.</summary>
        public int Unmet { get; private set; }

        /// <summary>True for the alarm of a drill: their events carry its flag.</summary>
        public bool OfDrill;

        /// <summary>Level that has been told: 0 nobody, 1 village, 2 township, 3 county.</summary>
        public int Level { get; private set; }

        /// <summary>When the next clock runs out; far away when none runs.</summary>
        public long DueMs { get; private set; } = long.MaxValue;

        /// <summary>Starts the clocks that the settings ask for.</summary>
        public void Start(PanelEvents events, long nowMs)
        {
            _startMs = nowMs;
            Level = 0;
            Running = 0;
            for (int clock = 0; clock < Clocks; clock++)
            {
                if (_settings.ClockS[clock] > 0)
                {
                    Running |= 1 << clock;
                    events.Begin(EventKind.ClockStarted, -1, nowMs);
                    events.Flag(OfDrill ? EventFlags.Drill : 0);
                    events.Details(clock + 1, 0);
                    events.Value(_settings.ClockS[clock], Unit.Second);
                }
            }

            Unmet = Running;
            Plan();
        }

        /// <summary>Somebody answered at the box. In the second reading that is no clock yet. True when a clock was met.</summary>
        public bool Answered(PanelEvents events, long nowMs)
        {
            return !_settings.ClocksFromScene && Met(0, events, nowMs);
        }

        /// <summary>The key for "on the scene". Who is there has answered too. True when a clock was met.</summary>
        public bool OnScene(PanelEvents events, long nowMs)
        {
            return Met(_settings.ClocksFromScene ? 0 : 1, events, nowMs);
        }

        /// <summary>
        /// The key for "joined". In the second reading the first press is the neighbours', the next the brigade's. True when a clock was
        /// met.
        /// </summary>
        public bool Joined(PanelEvents events, long nowMs)
        {
            return Met(_settings.ClocksFromScene && (Unmet & 2) != 0 ? 1 : 2, events, nowMs);
        }

        public void Step(PanelEvents events, long nowMs)
        {
            if (nowMs < DueMs)
            {
                return;
            }

            for (int c = 0; c < Clocks; c++)
            {
                if ((Running & (1 << c)) != 0 && nowMs >= _startMs + _settings.ClockS[c] * 1000L)
                {
                    Running &= ~(1 << c);
                    Level = c + 1 > Level ? c + 1 : Level;
                    events.Begin(EventKind.ClockMissed, -1, nowMs);
                    events.Flag(OfDrill ? EventFlags.Drill : 0);
                    events.Details(c + 1, Level);
                    events.Value(_settings.ClockS[c], Unit.Second);
                    events.Grade(
                        Level == 1 ? Severity.General
                        : Level == 2 ? Severity.Larger
                        : Severity.Major
                    );
                }
            }

            Plan();
        }

        /// <summary>The alarm was reset: what still runs has no meaning any more.</summary>
        public void Stop()
        {
            Running = 0;
            Unmet = 0;
            Level = 0;
            DueMs = long.MaxValue;
        }

        /// <summary>Seconds since the alarm, for the journal; at most 9 hours.</summary>
        public int ElapsedS(long nowMs)
        {
            long elapsedS = (nowMs - _startMs) / 1000;
            return Unmet == 0 ? 0
                : elapsedS > short.MaxValue ? short.MaxValue
                : (int)elapsedS;
        }

        /// <summary>Goes on after a restart.</summary>
        public void Restore(int running, int unmet, int level, int elapsedS, long nowMs)
        {
            int known = 0;
            for (int c = 0; c < Clocks; c++)
            {
                known |= _settings.ClockS[c] > 0 ? 1 << c : 0;
            }

            Running = running & known;
            Unmet = unmet & known;
            Level = level;
            _startMs = nowMs - elapsedS * 1000L;
            Plan();
        }

        private bool Met(int clock, PanelEvents events, long nowMs)
        {
            bool any = false;
            for (int c = 0; c <= clock; c++)
            {
                if ((Unmet & (1 << c)) != 0)
                {
                    Unmet &= ~(1 << c);
                    Running &= ~(1 << c);
                    any = true;
                    events.Begin(EventKind.ClockMet, -1, nowMs);
                    events.Flag(OfDrill ? EventFlags.Drill : 0);
                    events.Details(c + 1, 0);
                    events.Value((int)((nowMs - _startMs) / 1000), Unit.Second);
                    events.Flag(EventFlags.ByPerson);
                }
            }

            Plan();
            return any;
        }

        private void Plan()
        {
            DueMs = long.MaxValue;
            for (int c = 0; c < Clocks; c++)
            {
                long due = _startMs + _settings.ClockS[c] * 1000L;
                if ((Running & (1 << c)) != 0 && due < DueMs)
                {
                    DueMs = due;
                }
            }
        }
    }
}
