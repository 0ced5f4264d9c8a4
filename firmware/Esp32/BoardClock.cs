// Owns: the time of day that a board's own clock part keeps over power cuts.
// Must never: be asked in a tick: the part is on a bus that may hang for a second.

using System;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>Seconds since 1970 UTC, from and to the digits of the part.</summary>
    public sealed class BoardClock
    {
        private readonly Ds3231 _part;
        private readonly int[] _time = new int[6];

        public BoardClock(Ds3231 part)
        {
            _part = part;
        }

        /// <summary>The clock of a board, or null where it has none.</summary>
        public static BoardClock Of(Board board, I2cBus bus)
        {
            return board.TimePart < 0 ? null : new BoardClock(new Ds3231(bus.Open(board.PartAddresses[board.TimePart])));
        }

        /// <summary>0 when it does not answer, stood still since it was set, or shows a day that there is not.</summary>
        public long Read()
        {
            if (!_part.Read(_time) || _time[2] > DateTime.DaysInMonth(_time[0], _time[1]))
            {
                return 0;
            }

            return ClockNote.SecondsOf(new DateTime(_time[0], _time[1], _time[2], _time[3], _time[4], _time[5]));
        }

        /// <summary>False when the part did not take it.</summary>
        public bool Write(long seconds)
        {
            DateTime t = DateTime.UnixEpoch.AddSeconds(seconds);
            _time[0] = t.Year;
            _time[1] = t.Month;
            _time[2] = t.Day;
            _time[3] = t.Hour;
            _time[4] = t.Minute;
            _time[5] = t.Second;
            return _part.Write(_time);
        }
    }
}
