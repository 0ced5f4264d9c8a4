// Owns: how the partition's bytes are shared out among the lanes.
// Must never: plan for more than the file system can hold beside settings, journal and its own folders.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Segment sizes and counts of the three lanes, from the partition's size.</summary>
    public sealed class LogPlan
    {
        /// <summary>littlefs allocates whole blocks of this size.</summary>
        public const int BlockBytes = 4096;

        /// <summary>
        /// Blocks that are not the log's: superblock, folders and their spares, journal, settings, the runtime's own network files.
        /// </summary>
        private const int ReservedBlocks = 20;

        /// <summary>Shares of the lanes in per cent: conditions are the most, fires the fewest but the dearest.</summary>
        private static readonly int[] s_share = { 30, 40, 30 };

        /// <summary>Records of one segment file.</summary>
        public int SegmentRecords;

        /// <summary>Segment files of each lane, at least 2.</summary>
        public readonly int[] Segments = new int[Lane.Count];

        /// <summary>A plan for a partition of <paramref name="capacityBytes"/>; 256 KiB is the smallest that a board has.</summary>
        public static LogPlan For(int capacityBytes)
        {
            LogPlan plan = new LogPlan();
            plan.SegmentRecords = Limits.SegmentRecordsMax;
            int blocks = capacityBytes / BlockBytes - ReservedBlocks;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                int segments = blocks * s_share[lane] / 100;
                plan.Segments[lane] = segments < 3 ? 3 : segments > Limits.SegmentsMax ? Limits.SegmentsMax : segments;
            }

            return plan;
        }
    }
}
