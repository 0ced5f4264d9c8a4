// Owns: a hot-work permit (动火): its zones, its end, and the last look after it.
// Must never: stay open without an end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>States: none, open (its zones are disabled), look asked (until the answer key or its limit).</summary>
    public sealed class HotWork : PanelPart
    {
        /// <summary>Zones of the open permit, by index; 0 when none is open.</summary>
        public ZoneSet Zones { get; private set; }

        /// <summary>True while somebody is asked to have a last look.</summary>
        public bool LookAsked { get; private set; }

        public override int SaveMs
        {
            get { return DueMs != long.MaxValue ? Limits.TimedSaveMs : Limits.StateSaveMs; }
        }

        /// <summary>Opens a permit, in place of an open one or of its last look; 0 minutes ends it.</summary>
        /// <param name="a">Bits by zone number.</param>
        /// <param name="b">Minutes.</param>
        public override CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
        {
            if (code != CommandCode.HotWork)
            {
                return CommandOutcome.Unknown;
            }

            if (b == 0)
            {
                return s.Noted(End(s, s.Origin, nowMs));
            }

            ZoneSet zones = s.Settings.IndexBits(a);
            if (zones == 0 || s.Settings.NumberBits(zones) != a)
            {
                return CommandOutcome.UnknownZone;
            }

            if (b < 0 || b > Limits.HotWorkMinutesMax)
            {
                return CommandOutcome.OutOfRange;
            }

            if ((zones & s.Settings.ZonesOfKind(ZoneKind.CallPoint)) != 0)
            {
                // Smoke and sparks are what a permit is for; a hand on a call point means a fire also during hot work.
                return CommandOutcome.NotAllowed;
            }

            if (s.HidesFire(zones))
            {
                return CommandOutcome.FireIsLatched;
            }

            if (Zones != 0)
            {
                Ended(s, s.Origin, nowMs);
            }

            Zones = zones;
            LookAsked = false;
            DueMs = nowMs + b * (long)Limits.MinuteMs;
            s.Events.HotWorkBegan(zones, s.Origin, b * 60, nowMs);
            return s.Noted(true);
        }

        public override void Contribute(PanelState s)
        {
            s.Disabled |= Zones;
            s.Shown |= Zones != 0 ? ConditionBits.HotWork : 0;
            if (LookAsked)
            {
                s.Questions |= Question.Look;
                s.Sounds(Pattern.LastLook);
            }
        }

        /// <summary>The answer key: somebody has looked.</summary>
        public override void Answer(PanelState s, Question answered, long nowMs)
        {
            if ((answered & Question.Look) != 0)
            {
                LookAsked = false;
                DueMs = long.MaxValue;
                s.Events.HotWorkLastLook(LastLook.Done, nowMs);
            }
        }

        public override void Step(PanelState s, long nowMs)
        {
            s.Version++;
            if (End(s, Origin.Timer, nowMs))
            {
                return;
            }

            LookAsked = false;
            DueMs = long.MaxValue;
            s.Events.HotWorkLastLook(LastLook.Missed, nowMs);
        }

        /// <summary>Minutes left of the permit or of the question.</summary>
        public int RemainingMin(long nowMs)
        {
            return DueMs == long.MaxValue ? 0 : (int)((DueMs - nowMs + Limits.MinuteMs - 1) / Limits.MinuteMs);
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            Saved.Put(journal, SavedField.LookAsked, LookAsked ? 1 : 0);
            Saved.Put(journal, SavedField.HotWorkMin, RemainingMin(nowMs));
            Saved.Put(journal, SavedField.HotWorkZones, s.Settings.NumberBits(Zones));
        }

        /// <summary>Goes on after a restart, which costs it a minute.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            int minutes = Saved.Get(journal, SavedField.HotWorkMin);
            minutes = minutes > Limits.HotWorkMinutesMax ? Limits.HotWorkMinutesMax : minutes;
            Zones = s.Settings.IndexBits(Saved.Get(journal, SavedField.HotWorkZones));
            LookAsked = Zones == 0 && Saved.Get(journal, SavedField.LookAsked) != 0;
            DueMs = Zones != 0 || LookAsked ? nowMs + (minutes - 1) * (long)Limits.MinuteMs : long.MaxValue;
        }

        /// <summary>Ends the permit, and asks for a last look. False when none is open.</summary>
        private bool End(PanelState s, Origin origin, long nowMs)
        {
            if (Zones == 0)
            {
                return false;
            }

            Ended(s, origin, nowMs);
            Zones = 0;
            LookAsked = true;
            DueMs = nowMs + s.Settings.HotWorkLookMin * (long)Limits.MinuteMs;
            s.Events.HotWorkLastLook(LastLook.Due, nowMs);
            return true;
        }

        private void Ended(PanelState s, Origin origin, long nowMs)
        {
            s.Events.HotWorkEnded(Zones, origin, nowMs);
        }
    }
}
