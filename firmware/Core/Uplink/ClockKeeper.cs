// Owns: when the county's clock becomes the gateway's.
// Must never: set a clock back because one message was late.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Compares the clock of each message that the county signed with the gateway's own.</summary>
    public sealed class ClockKeeper
    {
        private readonly UplinkMessages _messages;
        private readonly EventLog _log;
        private readonly Panel _panel;

        /// <summary>Messages in a row that say that the clock is ahead.</summary>
        private int _ahead;

        public ClockKeeper(UplinkMessages messages, EventLog log, Panel panel)
        {
            _messages = messages;
            _log = log;
            _panel = panel;
        }

        /// <summary>
        /// Sets a clock that is not known yet, or that is well off: a session may last for months, and the county may have been wrong at
        /// its beginning. A message can be late and never early, so one that is ahead of the clock is believed at once, and several in
        /// a row must agree that the clock is to go back.
        /// </summary>
        public void Keep(long nowMs)
        {
            long utcMs = _messages.AcceptedUtcMs;
            if (utcMs == 0)
            {
                return;
            }

            WallClock clock = _panel.State.Clock;
            long off = utcMs - clock.UtcMs(nowMs);
            _ahead = off <= -Limits.ClockStepMs ? _ahead + 1 : 0;
            if (clock.Quality != UtcQuality.Synchronised || off >= Limits.ClockStepMs || _ahead >= Limits.ClockAgreeCount)
            {
                _ahead = 0;
                Take(nowMs);
            }
        }

        /// <summary>Takes the clock of the message accepted last. False when the county does not know it.</summary>
        public bool Take(long nowMs)
        {
            long utcMs = _messages.AcceptedUtcMs;
            long step = _panel.State.Clock.Set(utcMs, nowMs);
            if (step != 0)
            {
                _panel.Wake();
                bool first = step == long.MaxValue;
                _log.ClockSet(first ? 0 : step, first, nowMs);
            }

            return utcMs != 0;
        }
    }
}
