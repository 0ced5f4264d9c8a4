// Owns: the words of `log status`, the same on the device's console and on a PC.
// Must never: hold a number of its own.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>A <see cref="LogStatus"/> as lines of text.</summary>
    public static class LogReport
    {
        /// <summary>Events an hour for which life and reach are told: a quiet village, a busy one, a storm that does not end.</summary>
        private static readonly int[] s_rates = { 1, 10, 100 };

        public static string[] Lines(LogStatus status)
        {
            string[] lines = new string[1 + Lanes.Count + s_rates.Length + 2];
            int at = 0;
            lines[at++] = "记录 log: epoch " + status.Epoch.ToString() + ", start " + status.Boot.ToString()
                + (status.InMemory ? ", 只在内存 in memory alone" : "");
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                lines[at++] = LaneLine(status, lane);
            }

            for (int i = 0; i < s_rates.Length; i++)
            {
                lines[at++] = RateLine(status, s_rates[i]);
            }

            lines[at++] = "估算方法 calculated: an event is 2 appends (record, panel state), an append 1 erase and 1/16 of a folder's, "
                + Limits.ErasesPerBlock.ToString() + " erases a block over " + status.WornBlocks.ToString() + " blocks";
            lines[at] = "最长写入 longest write in one tick: " + status.WorstWriteMs.ToString() + " ms";
            return lines;
        }

        private static string LaneLine(LogStatus status, Lane lane)
        {
            return Lanes.Name(lane) + ": 容量 room for " + status.Capacity(lane).ToString()
                + ", 现存 in flash " + status.InRing(lane).ToString()
                + ", 县平台已存到 county holds through " + status.Held(lane).ToString()
                + ", 待上报 pending " + status.Pending(lane).ToString()
                + (status.Waiting(lane) > 0 ? ", 待写 waiting for flash " + status.Waiting(lane).ToString() : "")
                + ", 丢失 lost since the start " + status.Lost(lane).ToString();
        }

        private static string RateLine(LogStatus status, int rate)
        {
            int erases = status.MilliErasesPerHour(rate);
            int life = status.LifeDeciYears(rate);
            string line = "每小时 at " + rate.ToString() + " events an hour: " + (erases / 1000).ToString() + "."
                + (erases % 1000 / 100).ToString() + " erases an hour, 闪存寿命 flash lasts "
                + (life / 10).ToString() + (life < 100 ? "." + (life % 10).ToString() : "")
                + " years, 可查历史 reaches back";
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                int hours = status.HoursHeld(lane, rate);
                line += (lane == Lane.Fire ? " " : ", ") + Lanes.Name(lane) + " "
                    + (hours >= Limits.HoursShownMax ? (hours / 24).ToString() + " d" : hours.ToString() + " h");
            }

            return line;
        }
    }
}
