// Owns: what the clocks of chip and board are set to while the gateway runs, and what of it is kept for the next start.
// Must never: be called by the loop: it writes to flash and to the board's bus.

using System;
using Gateway.Core;
using nanoFramework.Runtime.Native;

namespace Gateway.Esp32
{
    /// <summary>
    /// The county's word sets both clocks: the chip's, by which certificates are checked, and the board's, which outlasts a power cut. A
    /// time server that moves the chip's away from that word is put right. The note on the drive follows the chip's.
    /// </summary>
    public sealed class ClockSetter
    {
        private readonly WallClock _clock;
        private readonly ClockNote _note;
        private readonly BoardClock _part;
        private long _offsetMs;
        private long _noteMs;
        private long _partMs;
        private bool _partOwed;

        /// <param name="part">Null on a board without one.</param>
        public ClockSetter(WallClock clock, ClockNote note, BoardClock part, long nowMs)
        {
            _clock = clock;
            _note = note;
            _part = part;
            _noteMs = nowMs;
        }

        /// <summary>Now and then; what is not due costs a comparison.</summary>
        /// <param name="chip">What the chip's clock shows.</param>
        public void Step(DateTime chip, long nowMs)
        {
            long utcMs = _clock.SetUtcMs(nowMs);
            if (utcMs > 0 && _clock.OffsetMs != _offsetMs)
            {
                // Set anew by the county.
                _offsetMs = _clock.OffsetMs;
                chip = Put(utcMs);
                _partOwed = _part != null;
                _partMs = nowMs;
                _noteMs = nowMs + EspLimits.ClockNoteAfterMs;
            }

            long apartS = utcMs > 0 ? ClockNote.SecondsOf(chip) - utcMs / 1000 : 0;
            if (apartS > EspLimits.ClockApartMaxS || apartS < -EspLimits.ClockApartMaxS)
            {
                chip = Put(utcMs);
            }

            if (_partOwed && nowMs >= _partMs)
            {
                // One try: on a bus that hangs each costs a second of every thread.
                _partOwed = !_part.Write(utcMs / 1000);
                _partMs = nowMs + EspLimits.ClockKeepMs;
            }

            if (nowMs >= _noteMs)
            {
                _noteMs = nowMs + EspLimits.ClockKeepMs;
                _note.Keep(chip);
            }
        }

        private static DateTime Put(long utcMs)
        {
            DateTime time = DateTime.UnixEpoch.AddSeconds(utcMs / 1000);
            Rtc.SetSystemTime(time);
            return time;
        }
    }
}
