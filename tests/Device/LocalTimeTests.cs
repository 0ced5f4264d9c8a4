// Owns: minutes, weekdays and days at the edges of calendars and of 32 bits.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class LocalTimeTests
    {
        private const int ChinaMin = 8 * 60;

        // Day since 1970 and second of it, UTC; local minute of the day, weekday 1..7 and day since 1970, as a calendar has them.
        [DataRow("2028-02-28 23:59:59", 21242, 57599, 1439, 1, 21242)]
        [DataRow("2028-02-29 00:00, a leap day", 21242, 57600, 0, 2, 21243)]
        [DataRow("2028-03-01 00:00", 21243, 57600, 0, 3, 21244)]
        [DataRow("2038-01-19 11:14, where 31 bits of seconds end", 24855, 11648, 674, 2, 24855)]
        [DataRow("2100-02-28 23:59, no leap year", 47540, 57540, 1439, 7, 47540)]
        [DataRow("2100-03-01 00:00", 47540, 57600, 0, 1, 47541)]
        [DataRow("2106-02-07 14:28, where 32 bits of seconds end", 49710, 23296, 868, 7, 49710)]
        public void Days_and_minutes_are_those_of_the_calendar(string name, int utcDay, int second, int minute, int weekday, int day)
        {
            long utcMs = (utcDay * 86400L + second) * 1000;
            Assert.AreEqual(minute, LocalTime.MinuteOfDay(utcMs, ChinaMin), name);
            Assert.AreEqual(1 << (weekday - 1), LocalTime.WeekdayBit(utcMs, ChinaMin), name);
            Assert.AreEqual(day, LocalTime.Day(utcMs, ChinaMin), name);
        }

        // Minute of the day, weekday 1..7, from, to, days; 1 when it is inside.
        [DataRow("the evening of a day", 23 * 60, 5, 22 * 60, 6 * 60, 16, 1)]
        [DataRow("the night behind it", 2 * 60, 6, 22 * 60, 6 * 60, 16, 1)]
        [DataRow("the night before it", 2 * 60, 5, 22 * 60, 6 * 60, 16, 0)]
        [DataRow("the end is outside", 6 * 60, 6, 22 * 60, 6 * 60, 16, 0)]
        [DataRow("the evening of another day", 23 * 60, 6, 22 * 60, 6 * 60, 16, 0)]
        [DataRow("Monday's night is Sunday's", 2 * 60, 1, 22 * 60, 6 * 60, 31, 0)]
        [DataRow("and Sunday's is asked for as 7", 2 * 60, 1, 22 * 60, 6 * 60, 64, 1)]
        [DataRow("a window in the day", 9 * 60, 5, 8 * 60, 18 * 60, 16, 1)]
        [DataRow("of another day", 9 * 60, 6, 8 * 60, 18 * 60, 16, 0)]
        [DataRow("up to midnight", 1439, 5, 22 * 60, 0, 16, 1)]
        [DataRow("from midnight on", 0, 5, 0, 6 * 60, 16, 1)]
        [DataRow("midnight itself ends a window up to it", 0, 6, 22 * 60, 0, 16, 0)]
        public void A_window_belongs_to_the_day_on_which_it_begins(
            string name, int minute, int weekday, int from, int to, int days, int inside)
        {
            Assert.AreEqual(inside == 1, LocalTime.InWindow(minute, 1 << (weekday - 1), from, to, days), name);
            Assert.IsFalse(LocalTime.InWindow(-1, 0, from, to, days), name + ", unknown");
        }

        [DataRow("at the start", 0, 0)]
        [DataRow("before 2^31 ms", 24, 73883)]
        [DataRow("before 2^32 ms, 49.7 days", 49, 61367)]
        [DataRow("after ten years", 3652, 0)]
        public void A_clock_goes_on_over_the_ends_of_32_bits(string name, int days, int second)
        {
            long nowMs = (days * 86400L + second) * 1000;
            WallClock clock = new WallClock();
            Assert.AreEqual(0L, clock.UtcMs(nowMs), name);
            Assert.AreEqual(long.MaxValue, clock.Set(2147483647000, nowMs), name);
            Assert.AreEqual(2147483647000 + 60000, clock.UtcMs(nowMs + 60000), name);
            Assert.AreEqual(2147483647000 - 300, clock.UtcMs(nowMs - 300), name);
            Assert.AreEqual(86400000L, clock.Set(2147483647000 + 86400000 + 60000, nowMs + 60000), name);
            Assert.AreEqual(-86400000L, clock.Set(2147483647000 + 120000, nowMs + 120000), name);
        }

        [TestMethod]
        public void An_impossible_time_leaves_the_clock_alone()
        {
            WallClock clock = new WallClock();
            Assert.AreEqual(0L, clock.Set(0, 5));
            Assert.AreEqual(0L, clock.Set(Limits.EarliestUtcMs - 1, 5));
            Assert.AreEqual(0L, clock.Set(Bytes.U48Max + 1, 5));
            Assert.AreEqual((int)UtcQuality.Unknown, (int)clock.Quality);
        }
    }
}
