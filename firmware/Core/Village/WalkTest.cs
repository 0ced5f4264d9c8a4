// Owns: the walk test (逐点测试): zones that a technician sets off one after the other, what was seen of each, and outputs that he tries.
// Must never: hide a fire: a second zone at once, or one that lasts, ends the test and is real.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Only a technician at the console begins it. Its zones are in test, each activation chirps once, and it ends by itself; a restart
    /// ends it too. What was tested, and what was not, goes into the log as the record of commissioning.
    /// </summary>
    public sealed class WalkTest : PanelPart
    {
        /// <summary>Made with the first test: a box that has none spares it.</summary>
        private WalkState _walk;

        /// <summary>Zones of the test, by index; 0 = none is on.</summary>
        public ZoneSet Zones
        {
            get { return _walk == null ? 0 : _walk.Zones; }
        }

        /// <summary>Zones of the last test, by index, also when it is over.</summary>
        public ZoneSet Asked
        {
            get { return _walk == null ? 0 : _walk.Asked; }
        }

        /// <summary>Of these, the ones that were set off.</summary>
        public ZoneSet Seen
        {
            get { return _walk == null ? 0 : _walk.Seen; }
        }

        /// <summary>Outputs that were seen to work, by role.</summary>
        public int Worked
        {
            get { return _walk == null ? 0 : _walk.Worked; }
        }

        /// <summary>True when it ended because of what may be a fire.</summary>
        public bool EndedByFire
        {
            get { return _walk != null && _walk.EndedByFire; }
        }

        /// <summary>Seconds until it ends by itself.</summary>
        public int LeftS(long nowMs)
        {
            return Zones == 0 || nowMs >= _walk.EndMs ? 0 : (int)((_walk.EndMs - nowMs + 999) / 1000);
        }

        /// <summary>Begins, with zones by index.</summary>
        public CommandOutcome Begin(PanelState s, ZoneSet zones, int minutes, long nowMs)
        {
            if (Zones != 0 || zones == 0 || minutes < 1 || minutes > Limits.WalkTestMinutesMax)
            {
                return CommandOutcome.OutOfRange;
            }

            if (s.Latched != 0 || s.PreAlarm != 0 || s.FiresWaiting != 0)
            {
                return CommandOutcome.FireIsLatched;
            }

            if ((s.Stages.Active & zones & s.FireKinds) != 0)
            {
                return CommandOutcome.ZoneStillActive;
            }

            WalkState walk = new WalkState();
            walk.Zones = zones;
            walk.Asked = zones;
            walk.Active = s.Stages.Active & zones;
            walk.EndMs = nowMs + minutes * (long)Limits.MinuteMs;
            _walk = walk;
            for (ZoneSet rest = zones; rest != 0; rest &= rest - 1)
            {
                s.Events.TestBegan(Bits.Lowest(rest), Origin.Technician, minutes * 60, nowMs);
            }

            Plan();
            return s.Noted(true);
        }

        /// <summary>Ends it, and writes what came of it.</summary>
        public CommandOutcome End(PanelState s, Origin origin, long nowMs)
        {
            if (Zones == 0)
            {
                return CommandOutcome.NothingToDo;
            }

            Close(s, origin, nowMs);
            return s.Noted(true);
        }

        /// <summary>Lets an output work for some seconds; never beside a fire.</summary>
        public CommandOutcome Try(PanelState s, OutputRole role, long nowMs)
        {
            if (Zones == 0 || role > OutputRole.Buzzer || s.Settings.OutputOf[(int)role] < 0)
            {
                return CommandOutcome.OutOfRange;
            }

            s.TriedOutput = (int)role + 1;
            _walk.TryEndMs = nowMs + Limits.OutputTryMs;
            Plan();
            return s.Noted(true);
        }

        /// <summary>The technician has seen or heard an output, or has not.</summary>
        public void Judged(OutputRole role, bool worked)
        {
            int bit = 1 << (int)role;
            _walk.Worked = worked ? Worked | bit : Worked & ~bit;
        }

        /// <summary>Its time, a chirp's or an output's is over; or one zone has lasted for too long.</summary>
        public override void Step(PanelState s, long nowMs)
        {
            WalkState walk = _walk;
            walk.ChirpEndMs = nowMs < walk.ChirpEndMs ? walk.ChirpEndMs : 0;
            if (nowMs >= walk.TryEndMs)
            {
                walk.TryEndMs = 0;
                s.TriedOutput = 0;
            }

            if (walk.Zones != 0 && (nowMs >= walk.FireMs || nowMs >= walk.EndMs))
            {
                walk.EndedByFire = nowMs >= walk.FireMs;
                Close(s, walk.EndedByFire ? Origin.Input : Origin.Timer, nowMs);
            }

            Plan();
        }

        /// <summary>What its zones show now.</summary>
        public override void Judge(PanelState s, long nowMs)
        {
            if (Zones == 0)
            {
                return;
            }

            WalkState walk = _walk;
            ZoneSet active = s.Stages.Active & walk.Zones;
            ZoneSet began = active & ~walk.Active;
            ZoneSet fires = active & s.FireKinds;
            walk.Active = active;
            if (began != 0)
            {
                walk.Seen |= began;
                walk.ChirpEndMs = nowMs + Limits.ChirpMs;
            }

            bool many = (fires & (fires - 1)) != 0;
            bool fresh = (began & fires) != 0 || walk.FireMs == long.MaxValue;
            walk.FireMs = fires == 0 ? long.MaxValue : many ? nowMs : fresh ? nowMs + Limits.WalkTestActiveMs : walk.FireMs;
            Plan();
            s.Contribute();
        }

        public override void Contribute(PanelState s)
        {
            s.Tested |= Zones;
            if (_walk != null && _walk.ChirpEndMs != 0)
            {
                s.Sounds(Pattern.Test);
            }
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            Saved.PutWord(journal, SavedField.WalkZones, s.Settings.NumberBits(Zones));
        }

        /// <summary>A restart ends it: nobody knows whether somebody still stands there.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            ZoneSet zones = s.Settings.IndexBits(Saved.Get(journal, SavedField.WalkZones));
            for (ZoneSet rest = zones; rest != 0; rest &= rest - 1)
            {
                s.Events.TestEnded(Bits.Lowest(rest), Origin.Timer, nowMs);
            }

            s.Version += zones != 0 ? 1 : 0;
        }

        private void Close(PanelState s, Origin origin, long nowMs)
        {
            // Lamps show themselves in a self-test.
            int outputs = 0;
            for (OutputRole role = OutputRole.Siren; role <= OutputRole.Buzzer; role++)
            {
                outputs |= s.Settings.OutputOf[(int)role] >= 0 ? 1 << (int)role : 0;
            }

            // First, so that it has its place where many zones end their test at once.
            s.Events.Commissioned(s.Settings.NumberBits(Asked), s.Settings.NumberBits(Seen), outputs & ~Worked, Worked, nowMs);
            for (ZoneSet rest = Zones; rest != 0; rest &= rest - 1)
            {
                s.Events.TestEnded(Bits.Lowest(rest), origin, nowMs);
            }

            _walk.Zones = 0;
            _walk.TryEndMs = 0;
            s.TriedOutput = 0;
            s.Version++;
        }

        private void Plan()
        {
            WalkState walk = _walk;
            long due = walk.Zones == 0 ? long.MaxValue : walk.EndMs < walk.FireMs ? walk.EndMs : walk.FireMs;
            due = walk.ChirpEndMs != 0 && walk.ChirpEndMs < due ? walk.ChirpEndMs : due;
            DueMs = walk.TryEndMs != 0 && walk.TryEndMs < due ? walk.TryEndMs : due;
        }

        /// <summary>A test, while it is on and until the next.</summary>
        private sealed class WalkState
        {
            public ZoneSet Zones;
            public ZoneSet Asked;
            public ZoneSet Seen;
            public int Worked;
            public ZoneSet Active;
            public bool EndedByFire;
            public long EndMs;

            /// <summary>When what is active is a fire; far away without.</summary>
            public long FireMs = long.MaxValue;

            /// <summary>0 = no chirp, no output.</summary>
            public long ChirpEndMs;
            public long TryEndMs;
        }
    }
}
