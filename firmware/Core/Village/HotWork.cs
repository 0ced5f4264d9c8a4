// Owns: a hot-work permit (动火): its zones, its end, and the last look after it.
// Must never: stay open without an end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>States: none, open (its zones are shielded), look asked (until the answer key or its limit).</summary>
    public sealed class HotWork
    {
        private readonly Settings _settings;
        private long _dueMs;

        public HotWork(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>Zones of the open permit, by index; 0 when none is open.</summary>
        public int Zones { get; private set; }

        /// <summary>True while somebody is asked to have a last look.</summary>
        public bool LookAsked { get; private set; }

        public long DueMs
        {
            get { return Zones != 0 || LookAsked ? _dueMs : long.MaxValue; }
        }

        /// <summary>Opens a permit, in place of an open one or of its last look.</summary>
        /// <param name="origin">See <see cref="Origin"/>.</param>
        public void Begin(int zones, int minutes, int origin, PanelEvents events, long nowMs)
        {
            if (Zones != 0)
            {
                Ended(origin, events, nowMs);
            }

            Zones = zones;
            LookAsked = false;
            _dueMs = nowMs + minutes * (long)Limits.MinuteMs;
            events.Begin(EventKind.HotWorkBegan, -1, nowMs);
            events.Details(origin, _settings.NumberBits(zones));
            events.Value(minutes * 60, Unit.Second);
        }

        /// <summary>Ends the permit before its time. False when none is open.</summary>
        public bool End(int origin, PanelEvents events, long nowMs)
        {
            if (Zones == 0)
            {
                return false;
            }

            Ended(origin, events, nowMs);
            Zones = 0;
            LookAsked = true;
            _dueMs = nowMs + _settings.HotWorkLookMin * (long)Limits.MinuteMs;
            events.Begin(EventKind.HotWorkLastLook, -1, nowMs);
            events.Details(LookAskedCode, 0);
            return true;
        }

        /// <summary>The answer key: somebody has looked. False when nobody was asked.</summary>
        public bool Looked(PanelEvents events, long nowMs)
        {
            if (!LookAsked)
            {
                return false;
            }

            LookAsked = false;
            events.Begin(EventKind.HotWorkLastLook, -1, nowMs);
            events.Details(LookDoneCode, 0);
            events.Flag(EventFlags.ByPerson);
            return true;
        }

        public void Step(PanelEvents events, long nowMs)
        {
            if (nowMs < DueMs)
            {
                return;
            }

            if (Zones != 0)
            {
                End(Origin.Timer, events, nowMs);
                return;
            }

            LookAsked = false;
            events.Begin(EventKind.HotWorkLastLook, -1, nowMs);
            events.Details(LookMissedCode, 0);
            events.Grade(Severity.General);
        }

        /// <summary>Minutes left of the permit or of the question, for the journal.</summary>
        public int RemainingMin(long nowMs)
        {
            return DueMs == long.MaxValue ? 0 : (int)((_dueMs - nowMs + Limits.MinuteMs - 1) / Limits.MinuteMs);
        }

        /// <summary>Goes on after a restart, which costs it a minute.</summary>
        public void Restore(int zones, bool lookAsked, int remainingMin, long nowMs)
        {
            Zones = zones;
            LookAsked = lookAsked && zones == 0;
            _dueMs = nowMs + (remainingMin - 1) * (long)Limits.MinuteMs;
        }

        private void Ended(int origin, PanelEvents events, long nowMs)
        {
            events.Begin(EventKind.HotWorkEnded, -1, nowMs);
            events.Details(origin, _settings.NumberBits(Zones));
        }

        /// <summary>Field A of a last-look event: asked, done, missed.</summary>
        public const int LookAskedCode = 0;
        public const int LookDoneCode = 1;
        public const int LookMissedCode = 2;
    }
}
