// Owns: the county's question who is on duty (查岗).
// Must never: sound on after its limit, or be answered by anything but a key.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Asked, then answered or missed. A new question takes the place of the old one, which is said.</summary>
    public sealed class DutyCheck
    {
        private long _askedMs;

        /// <summary>True while the box sounds and waits for the answer.</summary>
        public bool Asked { get; private set; }

        /// <summary>When the question is missed; far away when none is asked.</summary>
        public long DueMs { get; private set; } = long.MaxValue;

        /// <param name="minutes">1..<see cref="Limits.DutyCheckMinutesMax"/>.</param>
        /// <param name="origin">See <see cref="Origin"/>.</param>
        public void Ask(int minutes, int origin, PanelEvents events, long nowMs)
        {
            if (Asked)
            {
                events.Begin(EventKind.DutyCheckReplaced, -1, nowMs);
                events.Details(origin, 0);
                events.Value((int)((nowMs - _askedMs) / 1000), Unit.Second);
            }

            Asked = true;
            _askedMs = nowMs;
            DueMs = nowMs + minutes * (long)Limits.MinuteMs;
            events.Begin(EventKind.DutyCheckAsked, -1, nowMs);
            events.Details(origin, 0);
            events.Value(minutes * 60, Unit.Second);
        }

        /// <summary>The answer key. False when nothing was asked.</summary>
        public bool Answer(PanelEvents events, long nowMs)
        {
            if (!Asked)
            {
                return false;
            }

            End();
            events.Begin(EventKind.DutyCheckAnswered, -1, nowMs);
            events.Value((int)((nowMs - _askedMs) / 1000), Unit.Second);
            events.Flag(EventFlags.ByPerson);
            return true;
        }

        public void Step(PanelEvents events, long nowMs)
        {
            if (nowMs < DueMs)
            {
                return;
            }

            events.Begin(EventKind.DutyCheckMissed, -1, nowMs);
            events.Value((int)((nowMs - _askedMs) / 1000), Unit.Second);
            events.Grade(Severity.General);
            End();
        }

        /// <summary>Seconds left, for the journal; 0 when nothing is asked.</summary>
        public int RemainingS(long nowMs)
        {
            return Asked ? (int)((DueMs - nowMs + 999) / 1000) : 0;
        }

        /// <summary>Goes on after a restart, which costs it as much as is between two savings.</summary>
        public void Restore(int remainingS, long nowMs)
        {
            Asked = remainingS > 0;
            _askedMs = nowMs;
            long leftMs = remainingS * 1000L - Limits.ClockSaveMs;
            DueMs = Asked ? nowMs + (leftMs > 0 ? leftMs : 0) : long.MaxValue;
        }

        private void End()
        {
            Asked = false;
            DueMs = long.MaxValue;
        }
    }
}
