// Owns: a moment as a person reads it: date and time of the station's own place.
// Must never: ask a clock.

namespace Gateway.Core
{
    /// <summary>The device formats no dates as it should, so they are reckoned here.</summary>
    public static class ConsoleTime
    {
        private const int DaysBefore1970 = 719468;
        private const int DaysOf400Years = 146097;

        /// <summary>Such as 2026-11-28 07:15:02; "-" for a moment that is not known.</summary>
        /// <param name="utcMs">Since 1970; 0 = not known.</param>
        public static string Text(long utcMs, int offsetMin)
        {
            if (utcMs <= 0)
            {
                return "-";
            }

            // Years that begin in March, so that the leap day is the last one.
            int day = LocalTime.Day(utcMs, offsetMin) + DaysBefore1970;
            int era = day / DaysOf400Years;
            int inEra = day % DaysOf400Years;
            int year = (inEra - inEra / 1460 + inEra / 36524 - inEra / 146096) / 365;
            int inYear = inEra - (365 * year + year / 4 - year / 100);
            int month = (5 * inYear + 2) / 153;
            int inMonth = inYear - (153 * month + 2) / 5 + 1;
            month += month < 10 ? 3 : -9;
            year += era * 400 + (month <= 2 ? 1 : 0);
            int minute = LocalTime.MinuteOfDay(utcMs, offsetMin);
            return year.ToString() + "-" + month.ToString("D2") + "-" + inMonth.ToString("D2") + " " + (minute / 60).ToString("D2") + ":"
                + (minute % 60).ToString("D2") + ":" + ((int)(utcMs / 1000 % 60)).ToString("D2");
        }

        /// <summary>Such as +08:00.</summary>
        public static string Offset(int offsetMin)
        {
            int minutes = offsetMin < 0 ? -offsetMin : offsetMin;
            return (offsetMin < 0 ? "-" : "+") + (minutes / 60).ToString("D2") + ":" + (minutes % 60).ToString("D2");
        }

        /// <summary>Such as 3 d 04:05:06.</summary>
        public static string Span(long ms)
        {
            int s = (int)(ms / 1000);
            string days = s >= 86400 ? (s / 86400).ToString() + " d " : "";
            return days + (s / 3600 % 24).ToString("D2") + ":" + (s / 60 % 60).ToString("D2") + ":" + (s % 60).ToString("D2");
        }
    }
}
