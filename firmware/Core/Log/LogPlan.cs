// Owns: how the partition's blocks are shared out among the lanes and everything else that lives there.
// Must never: plan for more than the file system can hold beside settings, journal, kept alarms and its own folders.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Segment counts of the three lanes, from the partition's size, by the rules of littlefs. It allocates whole blocks of 4 KiB. A file
    /// is a chain of data blocks of which the second and later ones give 4 to some bytes to pointers; one of up to 512 bytes lies in its
    /// folder instead, where it costs no less. An append writes the last block anew before the old one is free. A folder is a chain of
    /// pairs of blocks; a pair is split when it is half full, and its halves are never brought together again.
    /// </summary>
    /// <remarks>
    /// Blocks beside the lanes: superblock and root with its split 4; first pairs of the six folders 12; journal, old and new, 2; kept
    /// alarms, old and new, 2; settings, the good text and the one after it, 2 × 5 (2 × 2 under 1 MiB); the technician's settings.txt 5
    /// (2), settings.err 2, restart.txt 1, key file 1; the runtime's network settings and certificates 8; the copy of an append and of
    /// a pair that moves 2; segments beyond a lane's count while an append comes before a deletion, two a lane since a power cut leaves
    /// them, 6; free blocks for the allocator a thirty-second of the partition, at least 4. That is
    /// <code>
    /// 256 KiB:  64 blocks, 50 beside the lanes,  14 left:   4 +   5 +   4 segments and no further pair of a folder
    ///   2 MiB: 512 blocks, 71 beside the lanes, 441 left: 116 + 156 + 117 segments and 8 + 10 + 8 further pairs
    ///   3 MiB: 768 blocks, 79 beside the lanes, 689 left: 186 + 239 + 186 segments and 12 + 15 + 12 further pairs
    /// </code>
    /// A segment has 64 records.
    /// </remarks>
    public sealed class LogPlan
    {
        /// <summary>littlefs allocates whole blocks of this size.</summary>
        public const int BlockBytes = 4096;

        /// <summary>
        /// Files that a pair of blocks holds before it is split: half a block, of which the open segment may take 512 bytes while it is
        /// small, at 48 bytes a file (tags, a name of 12 characters, place and size, time of change).
        /// </summary>
        public const int FilesPerPair = (BlockBytes / 2 - 512) / 48;

        /// <summary>
        /// Files that are left in the lower half of a split. Names rise, so nothing is added there again.
        /// </summary>
        public const int FilesPerHalf = FilesPerPair / 2;

        private const int RootBlocks = 4;
        private const int FolderBlocks = 2 * Limits.FlashAreas;
        private const int JournalBlocks = 2;
        private const int KeptBlocks = 2;
        private const int NoteBlocks = 4;
        private const int RuntimeBlocks = 8;
        private const int CopyBlocks = 2;

        /// <summary>Two blocks but for the pointer of the second and the text's head.</summary>
        private const int SmallTextBytes = 2 * BlockBytes - 4 - 16;

        /// <summary>Shares of the lanes in per cent: conditions are the most, fires the fewest but the dearest.</summary>
        private static readonly int[] s_share = { 30, 40, 30 };

        /// <summary>Records of one segment file.</summary>
        public int SegmentRecords;

        /// <summary>Segment files of each lane, at least 3 of a partition's plan.</summary>
        public readonly int[] Segments = new int[Lanes.Count];

        /// <summary>A plan for a partition of <paramref name="capacityBytes"/>; 256 KiB is the smallest that a board has.</summary>
        public static LogPlan For(int capacityBytes)
        {
            LogPlan plan = new LogPlan();
            plan.SegmentRecords = Limits.SegmentRecordsMax;
            int blocks = capacityBytes / BlockBytes;
            int left = blocks - BlocksBeside(capacityBytes);
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                int segments = left * s_share[lane] / 100;
                plan.Segments[lane] = segments < 3 ? 3 : segments > Limits.SegmentsMax ? Limits.SegmentsMax : segments;
            }

            // The folders' further pairs depend on the counts, so the counts come down until both fit.
            int shrink = (int)Lane.Condition;
            while (plan.BlocksWhenFull(capacityBytes) > blocks && plan.Segments[shrink] > 3)
            {
                plan.Segments[shrink]--;
                shrink = plan.Largest();
            }

            return plan;
        }

        /// <summary>The small plan of a store in memory: a few dozen events a lane, in pieces that a full heap still has.</summary>
        public static LogPlan ForMemory()
        {
            LogPlan plan = new LogPlan();
            plan.SegmentRecords = Limits.MemorySegmentRecords;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                plan.Segments[(int)lane] = lane == Lane.Fire ? 4 : 3;
            }

            return plan;
        }

        /// <summary>
        /// Bytes of the largest settings text: a small partition can't hold two of the largest beside a log that is worth its name.
        /// </summary>
        public static int SettingsBytes(int capacityBytes)
        {
            return capacityBytes < Limits.SmallPartitionBytes ? SmallTextBytes : Limits.SettingsBytesMax;
        }

        /// <summary>
        /// Blocks of a file of so many bytes: data block k has 4 bytes less for each of its pointers, 1 and as many as 2 divides k.
        /// </summary>
        public static int BlocksOf(int bytes)
        {
            int blocks = 0;
            while (bytes > 0)
            {
                int pointers = 0;
                for (int k = blocks; k > 0 && (k & 1) == 0; k >>= 1)
                {
                    pointers++;
                }

                bytes -= BlockBytes - (blocks == 0 ? 0 : 4 * (pointers + 1));
                blocks++;
            }

            return blocks;
        }

        /// <summary>
        /// Most pairs of blocks of a folder of so many files whose names rise: the first, which stays when it is empty; one from which
        /// files go; halves; and the last, which has just been split.
        /// </summary>
        public static int PairsOf(int files)
        {
            return files <= FilesPerPair ? 1 : 3 + (files - FilesPerHalf - 2) / FilesPerHalf;
        }

        /// <summary>Blocks of everything but the lanes' segments and the further pairs of their folders.</summary>
        public static int BlocksBeside(int capacityBytes)
        {
            int text = BlocksOf(SettingsBytes(capacityBytes) + 16);
            return RootBlocks + FolderBlocks + JournalBlocks + KeptBlocks + 3 * text + NoteBlocks + RuntimeBlocks + CopyBlocks
                + Limits.ExtraSegmentsMax * Lanes.Count + FreeBlocks(capacityBytes);
        }

        /// <summary>Blocks that stay free: littlefs looks for them, and spreads wear over them.</summary>
        public static int FreeBlocks(int capacityBytes)
        {
            int free = capacityBytes / BlockBytes / 32;
            return free < 4 ? 4 : free;
        }

        /// <summary>The lane that is furthest above its share; the fire lane last.</summary>
        private int Largest()
        {
            if (Segments[(int)Lane.Condition] * s_share[(int)Lane.Fire] > Segments[(int)Lane.Fire] * s_share[(int)Lane.Condition])
            {
                return (int)Lane.Condition;
            }

            return (int)(Segments[(int)Lane.Routine] > Segments[(int)Lane.Fire] ? Lane.Routine : Lane.Fire);
        }

        /// <summary>Blocks that a full log of this plan takes at its worst moment, with everything else on the partition.</summary>
        public int BlocksWhenFull(int capacityBytes)
        {
            int blocks = BlocksBeside(capacityBytes);
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                int segments = Segments[lane] * BlocksOf(SegmentRecords * EventRecord.Size);
                blocks += segments + 2 * (PairsOf(Segments[lane] + Limits.ExtraSegmentsMax) - 1);
            }

            return blocks;
        }
    }
}
