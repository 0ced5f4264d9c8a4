// Owns: minutes of the day and days of the week of a station, from UTC.
// Must never: know a time zone with summer time; the stations' zone has none.

namespace Gateway.Core
{
    /// <summary>Local time as the settings' texts mean it: minutes 0..1439, weekdays 1 (Monday) .. 7.</summary>
    public static class LocalTime
    {
        /// <summary>Minute of the day; -1 while UTC is unknown (0).</summary>
        public static int MinuteOfDay(long utcMs, int offsetMin)
        {
            return utcMs == 0 ? -1 : (int)((utcMs + offsetMin * 60000L) % Limits.DayMs / 60000);
        }

        /// <summary>Bit of the weekday: bit 0 is Monday; 0 while UTC is unknown.</summary>
        public static int WeekdayBit(long utcMs, int offsetMin)
        {
            // 1970-01-01 was a Thursday, the fourth day.
            return utcMs == 0 ? 0 : 1 << (int)(((utcMs + offsetMin * 60000L) / Limits.DayMs + 3) % 7);
        }

        /// <summary>Number of the local day since 1970; -1 while UTC is unknown.</summary>
        public static int Day(long utcMs, int offsetMin)
        {
            return utcMs == 0 ? -1 : (int)((utcMs + offsetMin * 60000L) / Limits.DayMs);
        }

        /// <summary>
        /// True inside a window of some days. A window belongs to the day on which it begins: after midnight the days are asked for the
        /// day before. An unknown time is in no window.
        /// </summary>
        public static bool InWindow(int minute, int weekdayBit, int from, int to, int days)
        {
            int begun = AfterMidnight(minute, from, to) ? DayBefore(weekdayBit) : weekdayBit;
            return (days & begun) != 0 && Inside(minute, from, to);
        }

        /// <summary>True in the part of a window over midnight that lies behind it.</summary>
        public static bool AfterMidnight(int minute, int from, int to)
        {
            return from > to && minute >= 0 && minute < to;
        }

        /// <summary>Bit of the weekday before.</summary>
        public static int DayBefore(int weekdayBit)
        {
            return weekdayBit == 1 ? 1 << 6 : weekdayBit >> 1;
        }

        /// <summary>
        /// True when a minute lies in from..to, the end excluded; a window may pass midnight. An unknown minute is in no window.
        /// </summary>
        public static bool Inside(int minute, int from, int to)
        {
            if (minute < 0)
            {
                return false;
            }

            return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
        }
    }
}
