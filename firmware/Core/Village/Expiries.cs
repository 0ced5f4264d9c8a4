// Owns: states of zones that end by themselves: disablements and tests.
// Must never: hold a state without an end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>A bit and an end a zone. Ends are monotonic, in whole seconds; the journal keeps what remains in minutes.</summary>
    public abstract class Expiries : PanelPart
    {
        private readonly int[] _endS;
        private bool _saved = true;

        protected Expiries(Settings settings)
        {
            _endS = new int[settings.Places];
        }

        /// <summary>Zones in the state, by index.</summary>
        public ZoneSet Zones { get; private set; }

        public override int SaveMs
        {
            get { return Zones != 0 ? Limits.TimedSaveMs : Limits.StateSaveMs; }
        }

        /// <summary>Where its minutes are kept.</summary>
        protected abstract SavedField Field { get; }

        protected abstract int MinutesMax { get; }

        /// <summary>Minutes that remain, rounded up; 0 when the zone is not in the state.</summary>
        public int RemainingMin(int zone, long nowMs)
        {
            if (!Bits.Has(Zones, zone))
            {
                return 0;
            }

            long left = _endS[zone] * 1000L - nowMs;
            return left <= 0 ? 1 : (int)((left + Limits.MinuteMs - 1) / Limits.MinuteMs);
        }

        /// <summary>Ends what is due.</summary>
        public override void Step(PanelState s, long nowMs)
        {
            for (int i = 0; i < s.Settings.ZoneCount; i++)
            {
                if (Bits.Has(Zones, i) && nowMs >= _endS[i] * 1000L)
                {
                    Zones &= ~Bits.Zone(i);
                    Ended(s.Events, i, Origin.Timer, nowMs);
                    s.Version++;
                }
            }

            Plan();
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            if (Zones == 0 && !_saved)
            {
                return;
            }

            _saved = Zones != 0;
            SavedField field = Field;
            int bits = Saved.BitsOf(field);
            for (int word = 0; word < Limits.ZonesMax; word += 32 / bits)
            {
                int minutes = 0;
                for (int number = word + 32 / bits; number > word; number--)
                {
                    int zone = s.Settings.IndexOf(number);
                    minutes = (minutes << bits) | (zone < 0 ? 0 : RemainingMin(zone, nowMs));
                }

                Saved.PutWord(journal, Saved.At(field, word), minutes);
            }
        }

        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            for (int i = 0; i < s.Settings.ZoneCount; i++)
            {
                int minutes = Saved.Get(journal, Saved.At(Field, s.Settings.ZoneNumber[i] - 1));
                if (minutes > 0)
                {
                    Set(i, nowMs + ((minutes > MinutesMax ? MinutesMax : minutes) - 1) * (long)Limits.MinuteMs);
                }
            }
        }

        protected abstract void Began(PanelEvents events, int zone, Origin origin, int seconds, long nowMs);

        protected abstract void Ended(PanelEvents events, int zone, Origin origin, long nowMs);

        /// <summary>Puts a zone into the state for some minutes; 0 ends it.</summary>
        /// <param name="number">The zone's number.</param>
        protected CommandOutcome Take(PanelState s, int number, int minutes, long nowMs)
        {
            int zone = s.Settings.IndexOf(number);
            if (zone < 0)
            {
                return CommandOutcome.UnknownZone;
            }

            if (minutes < 0 || minutes > MinutesMax)
            {
                return CommandOutcome.OutOfRange;
            }

            if (minutes == 0)
            {
                if (!Bits.Has(Zones, zone))
                {
                    return CommandOutcome.NothingToDo;
                }

                Zones &= ~Bits.Zone(zone);
                Plan();
                Ended(s.Events, zone, s.Origin, nowMs);
            }
            else if (s.HidesFire(Bits.Zone(zone)))
            {
                return CommandOutcome.FireIsLatched;
            }
            else if (HidesCallPoint(s, zone, minutes))
            {
                return CommandOutcome.NotAllowed;
            }
            else
            {
                Set(zone, nowMs + minutes * (long)Limits.MinuteMs);
                Began(s.Events, zone, s.Origin, minutes * 60, nowMs);
            }

            return s.Noted(true);
        }

        /// <summary>
        /// From afar a call point is hidden for one watch at most, and never the last one: people who stand before a fire must be able to
        /// call.
        /// </summary>
        private static bool HidesCallPoint(PanelState s, int zone, int minutes)
        {
            Settings settings = s.Settings;
            if (s.Origin != Origin.County || settings.ZoneKind[zone] != ZoneKind.CallPoint)
            {
                return false;
            }

            ZoneSet others = settings.ZonesOfKind(ZoneKind.CallPoint) & ~(s.Disabled | s.Tested | Bits.Zone(zone));
            return minutes > Limits.RemoteCallPointMin || others == 0;
        }

        /// <summary>Puts a zone into the state until the second before <paramref name="endMs"/>, or moves its end.</summary>
        private void Set(int zone, long endMs)
        {
            _endS[zone] = (int)(endMs / 1000);
            Zones |= Bits.Zone(zone);
            Plan();
        }

        private void Plan()
        {
            int dueS = int.MaxValue;
            for (ZoneSet left = Zones; left != 0; left &= left - 1)
            {
                int endS = _endS[Bits.Lowest(left)];
                dueS = endS < dueS ? endS : dueS;
            }

            DueMs = Zones == 0 ? long.MaxValue : dueS * 1000L;
        }
    }

    /// <summary>Zones that are disabled (屏蔽).</summary>
    public sealed class Disablements : Expiries
    {
        public Disablements(Settings settings)
            : base(settings)
        {
        }

        protected override SavedField Field
        {
            get { return SavedField.DisablementMin; }
        }

        protected override int MinutesMax
        {
            get { return Limits.DisablementMinutesMax; }
        }

        public override void Contribute(PanelState s)
        {
            s.Disabled |= Zones;
        }

        public override CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
        {
            return code == CommandCode.Disable ? Take(s, a, b, nowMs) : CommandOutcome.Unknown;
        }

        protected override void Began(PanelEvents events, int zone, Origin origin, int seconds, long nowMs)
        {
            events.Disabled(zone, origin, seconds, nowMs);
        }

        protected override void Ended(PanelEvents events, int zone, Origin origin, long nowMs)
        {
            events.DisablementEnded(zone, origin, nowMs);
        }
    }

    /// <summary>Zones in test (测试): somebody works on them.</summary>
    public sealed class ZonesInTest : Expiries
    {
        public ZonesInTest(Settings settings)
            : base(settings)
        {
        }

        protected override SavedField Field
        {
            get { return SavedField.TestMin; }
        }

        protected override int MinutesMax
        {
            get { return Limits.TestMinutesMax; }
        }

        public override void Contribute(PanelState s)
        {
            s.Tested |= Zones;
        }

        public override CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
        {
            return code == CommandCode.Test ? Take(s, a, b, nowMs) : CommandOutcome.Unknown;
        }

        protected override void Began(PanelEvents events, int zone, Origin origin, int seconds, long nowMs)
        {
            events.TestBegan(zone, origin, seconds, nowMs);
        }

        protected override void Ended(PanelEvents events, int zone, Origin origin, long nowMs)
        {
            events.TestEnded(zone, origin, nowMs);
        }
    }
}
