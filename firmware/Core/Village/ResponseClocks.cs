// Owns: the 135 clocks of an alarm, in either of the two readings that the counties have.
// Must never: count from anything but the local alarm, or run without a fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Three clocks, each met by a key or missed; what is missed goes up a level: village, township, county. Who comes after the limit is
    /// on record all the same. First reading: acknowledged, on the scene, joined. Second reading (from the scene): own station on the
    /// scene, neighbours, brigade.
    /// </summary>
    public sealed class ResponseClocks : FirePart
    {
        public const int Clocks = 3;

        private long _startMs;

        /// <summary>Bits of the clocks that run: neither met nor missed.</summary>
        public int Running { get; private set; }

        /// <summary>Bits of the clocks that nobody has met yet, missed or not.</summary>
        public int Unmet { get; private set; }

        /// <summary>The <see cref="ClockLevel"/> that has been told.</summary>
        public int Level { get; private set; }

        public override int SaveMs
        {
            get { return Unmet != 0 ? Limits.ClockSaveMs : Limits.StateSaveMs; }
        }

        public override void Fire(PanelState s, FireMoment moment, ZoneSet zones, long nowMs)
        {
            switch (moment)
            {
                case FireMoment.Began:
                    Start(s, nowMs);
                    break;
                case FireMoment.Acknowledged when !s.Settings.ClocksFromScene:
                    // In the second reading an acknowledgement at the box is no clock yet.
                    Met(s, 0, nowMs);
                    break;
                case FireMoment.Ended:
                    // What still runs has no meaning any more.
                    Running = 0;
                    Unmet = 0;
                    Level = 0;
                    DueMs = long.MaxValue;
                    break;
                default:
                    break;
            }
        }

        /// <summary>
        /// The keys for "on the scene" and "joined". Who is there has acknowledged too. In the second reading the first press of "joined"
        /// is the neighbours', the next the brigade's.
        /// </summary>
        public override CommandOutcome Key(PanelState s, Button button, long nowMs)
        {
            bool fromScene = s.Settings.ClocksFromScene;
            switch (button)
            {
                case Button.Scene:
                    return s.Noted(Met(s, fromScene ? 0 : 1, nowMs));
                case Button.Joined:
                    return s.Noted(Met(s, fromScene && (Unmet & 2) != 0 ? 1 : 2, nowMs));
                default:
                    return CommandOutcome.Unknown;
            }
        }

        /// <summary>Starts the clocks that the settings ask for.</summary>
        private void Start(PanelState s, long nowMs)
        {
            PanelEvents events = s.Events;
            Settings settings = s.Settings;
            _startMs = nowMs;
            Level = 0;
            Running = 0;
            long due = long.MaxValue;
            for (int clock = 0; clock < Clocks; clock++)
            {
                int seconds = settings.ClockS(clock);
                if (seconds > 0)
                {
                    long endMs = nowMs + seconds * 1000L;
                    due = endMs < due ? endMs : due;
                    Running |= 1 << clock;
                    events.ClockStarted(clock + 1, seconds, s.DrillFlag, nowMs);
                }
            }

            Unmet = Running;
            DueMs = due;
        }

        public override void Step(PanelState s, long nowMs)
        {
            s.Version++;
            PanelEvents events = s.Events;
            Settings settings = s.Settings;
            for (int c = 0; c < Clocks; c++)
            {
                if ((Running & (1 << c)) != 0 && nowMs >= _startMs + settings.ClockS(c) * 1000L)
                {
                    Running &= ~(1 << c);
                    Level = c + 1 > Level ? c + 1 : Level;
                    events.ClockMissed(c + 1, (ClockLevel)Level, settings.ClockS(c), s.DrillFlag, nowMs);
                }
            }

            Plan(settings);
        }

        /// <summary>Seconds since the alarm, for the journal; at most 9 hours.</summary>
        public int ElapsedS(long nowMs)
        {
            long elapsedS = (nowMs - _startMs) / 1000;
            return Unmet == 0 ? 0
                : elapsedS > short.MaxValue ? short.MaxValue
                : (int)elapsedS;
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            Saved.Put(journal, SavedField.ClocksRunning, Running);
            Saved.Put(journal, SavedField.ClocksUnmet, Unmet);
            Saved.Put(journal, SavedField.ClocksLevel, Level);
            Saved.Put(journal, SavedField.ClocksElapsedS, ElapsedS(nowMs));
        }

        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            int known = 0;
            for (int c = 0; c < Clocks; c++)
            {
                known |= s.Settings.ClockS(c) > 0 ? 1 << c : 0;
            }

            Running = Saved.Get(journal, SavedField.ClocksRunning) & known;
            Unmet = Saved.Get(journal, SavedField.ClocksUnmet) & known;
            Level = Saved.Get(journal, SavedField.ClocksLevel);
            _startMs = nowMs - Saved.Get(journal, SavedField.ClocksElapsedS) * 1000L;
            Plan(s.Settings);
        }

        private bool Met(PanelState s, int clock, long nowMs)
        {
            PanelEvents events = s.Events;
            bool any = false;
            for (int c = 0; c <= clock; c++)
            {
                if ((Unmet & (1 << c)) != 0)
                {
                    Unmet &= ~(1 << c);
                    Running &= ~(1 << c);
                    any = true;
                    events.ClockMet(c + 1, nowMs - _startMs, s.DrillFlag, nowMs);
                }
            }

            Plan(s.Settings);
            return any;
        }

        private void Plan(Settings settings)
        {
            DueMs = long.MaxValue;
            for (int c = 0; c < Clocks; c++)
            {
                long due = _startMs + settings.ClockS(c) * 1000L;
                if ((Running & (1 << c)) != 0 && due < DueMs)
                {
                    DueMs = due;
                }
            }
        }
    }
}
