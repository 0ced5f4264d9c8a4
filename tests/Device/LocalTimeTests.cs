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
            Assert.AreEqual(0L, clock.Set(WallClock.EarliestUtcMs - 1, 5));
            Assert.AreEqual(0L, clock.Set(Bytes.U48Max + 1, 5));
            Assert.AreEqual(UtcQuality.Unknown, clock.Quality);
        }
    }
}
