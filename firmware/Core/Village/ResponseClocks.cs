// Owns: the 135 clocks of an alarm: answered, on the scene, joined.
// Must never: count from anything but the local alarm, or run without a fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Three clocks, each met by a key or missed; what is missed goes up a level: village, township, county.</summary>
    public sealed class ResponseClocks
    {
        public const int Clocks = 3;

        private readonly Settings _settings;
        private long _startMs;

        public ResponseClocks(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>Bits of the clocks that run.</summary>
        public int Running { get; private set; }

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
                    events.Details(clock + 1, _settings.ClockS[clock]);
                }
            }

            Plan();
        }

        /// <summary>A key was pressed: the clock and those before it are met, since who is on the scene has answered.</summary>
        public bool Met(int clock, PanelEvents events, long nowMs)
        {
            bool any = false;
            for (int c = 0; c <= clock; c++)
            {
                if ((Running & (1 << c)) != 0)
                {
                    Running &= ~(1 << c);
                    any = true;
                    events.Begin(EventKind.ClockMet, -1, nowMs);
                    events.Details(c + 1, _settings.ClockS[c]);
                    events.Value((int)((nowMs - _startMs) / 1000), Unit.Second);
                    events.Flag(EventFlags.ByPerson);
                }
            }

            Plan();
            return any;
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
                    Level = c + 1;
                    events.Begin(EventKind.ClockMissed, -1, nowMs);
                    events.Details(c + 1, Level);
                    events.Value(_settings.ClockS[c], Unit.Second);
                    events.Grade(
                        c == 0 ? Severity.General
                        : c == 1 ? Severity.Larger
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
            Level = 0;
            DueMs = long.MaxValue;
        }

        /// <summary>Seconds since the alarm, for the journal.</summary>
        public int ElapsedS(long nowMs)
        {
            return Running == 0 ? 0 : (int)((nowMs - _startMs) / 1000);
        }

        /// <summary>Goes on after a restart.</summary>
        public void Restore(int running, int level, int elapsedS, long nowMs)
        {
            Running = running;
            Level = level;
            _startMs = nowMs - elapsedS * 1000L;
            Plan();
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
