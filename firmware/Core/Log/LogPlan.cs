// Owns: how the partition's bytes are shared out among the lanes.
// Must never: plan for more than the file system can hold beside settings, journal and its own folders.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Segment sizes and counts of the three lanes, from the partition's size. The arithmetic is that of littlefs: a file takes whole
    /// blocks, an append to a part-filled block writes a new one before the old is free, and a folder's pair of blocks is kept at most
    /// half full.
    /// </summary>
    public sealed class LogPlan
    {
        /// <summary>littlefs allocates whole blocks of this size.</summary>
        public const int BlockBytes = 4096;

        /// <summary>
        /// Blocks that are not the lanes': superblock and root 4; the six folders' first pairs 12; journal old and new 2; kept alarms old
        /// and new 2; two settings texts of 16 KiB with their heads 10; the runtime's own network files and certificates 8; copies on
        /// write and one segment beyond each lane 6.
        /// </summary>
        public const int ReservedBlocks = 44;

        /// <summary>
        /// Files that a folder's pair of blocks holds: half of 4,096 bytes at about 40 bytes a file (name, place and checksum of each
        /// commit).
        /// </summary>
        public const int FilesPerFolderPair = 50;

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
            int blocks = (capacityBytes / BlockBytes - ReservedBlocks) * FilesPerFolderPair / (FilesPerFolderPair + 2);
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                int segments = blocks * s_share[lane] / 100;
                plan.Segments[lane] = segments < 3 ? 3 : segments > Limits.SegmentsMax ? Limits.SegmentsMax : segments;
            }

            return plan;
        }

        /// <summary>The small plan of a store in memory: a few dozen events a lane, in pieces that a full heap still has.</summary>
        public static LogPlan ForMemory()
        {
            LogPlan plan = new LogPlan();
            plan.SegmentRecords = Limits.MemorySegmentRecords;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                plan.Segments[lane] = lane == Lane.Fire ? 4 : 3;
            }

            return plan;
        }

        /// <summary>Blocks that a full log of this plan takes, with everything else on the partition.</summary>
        public int BlocksWhenFull()
        {
            int segments = 0;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                segments += Segments[lane];
            }

            return ReservedBlocks + segments + 2 * ((segments + FilesPerFolderPair - 1) / FilesPerFolderPair);
        }
    }
}
