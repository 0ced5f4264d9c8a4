// Owns: the last time of day that the chip knew, over a power cut.
// Must never: set a clock that runs, or give Core a time: a box without a clock says so.

using System;
using System.Text;
using nanoFramework.Runtime.Native;

namespace Gateway.Esp32
{
    /// <summary>
    /// After a power cut the chip's clock stands at 1970 until a time server answers, and a certificate is refused as not yet valid. The
    /// last known time is early by the length of the cut, which certificates bear. On the drive: clock.txt, seconds since 1970.
    /// </summary>
    public sealed class ClockNote
    {
        private const string FileName = "clock.txt";

        private readonly string _path;

        public ClockNote(string root)
        {
            _path = root + FileName;
        }

        /// <summary>
        /// At a start: sets the chip's clock, where it stands before the noted time, to the board's or to the noted one. Gives the board's
        /// where it can be believed, else 0: one that is before the note, or decades behind it, was set by nobody.
        /// </summary>
        /// <param name="part">Null on a board without a clock.</param>
        public long Begin(DateTime chip, BoardClock part)
        {
            long noted = Read();
            long least = noted < EspLimits.ClockFirstS ? EspLimits.ClockFirstS : noted;
            long kept = part == null ? 0 : part.Read();
            if (kept < least || kept - least > EspLimits.ClockAheadMaxS)
            {
                Restore(chip);
                return 0;
            }

            if (Known(SecondsOf(chip)) < least)
            {
                Rtc.SetSystemTime(DateTime.UnixEpoch.AddSeconds(kept));
            }

            return kept;
        }

        /// <summary>Sets the chip's clock where it stands before the noted time. False: there was nothing to set.</summary>
        public bool Restore(DateTime chip)
        {
            long noted = Read();
            if (noted < EspLimits.ClockFirstS || Known(SecondsOf(chip)) >= noted)
            {
                return false;
            }

            return Rtc.SetSystemTime(DateTime.UnixEpoch.AddSeconds(noted));
        }

        /// <summary>Keeps a time that the chip knows; one from before this firmware was written, or decades behind it, is none.</summary>
        public void Keep(DateTime chip)
        {
            long seconds = Known(SecondsOf(chip));
            if (seconds > 0)
            {
                EspFiles.Write(_path, Encoding.UTF8.GetBytes(seconds.ToString()));
            }
        }

        /// <summary>Since 1970.</summary>
        public static long SecondsOf(DateTime time)
        {
            return (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        }

        /// <summary>0 when it can't be a time at which this firmware runs.</summary>
        private static long Known(long seconds)
        {
            return seconds >= EspLimits.ClockFirstS && seconds - EspLimits.ClockFirstS <= EspLimits.ClockAheadMaxS ? seconds : 0;
        }

        /// <summary>0 when there is no note or it is damaged.</summary>
        private long Read()
        {
            byte[] bytes = new byte[EspLimits.ClockDigitsMax];
            int count = EspFiles.Read(_path, bytes);
            long seconds = 0;
            for (int i = 0; i < count && count <= EspLimits.ClockDigitsMax; i++)
            {
                if (bytes[i] < '0' || bytes[i] > '9')
                {
                    return 0;
                }

                seconds = seconds * 10 + (bytes[i] - '0');
            }

            return Known(seconds);
        }
    }
}
