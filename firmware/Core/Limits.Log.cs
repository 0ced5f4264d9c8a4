// Owns: the bounds of the event log, the journal and all else that is kept in flash, each with its reason.
// Must never: be changed without a look at the plan of the partition (LogPlan).

namespace Gateway.Core
{
    public static partial class Limits
    {
        /// <summary>
        /// Records of one segment file at most: 64 × 64 bytes fill one 4 KiB block of littlefs, so an append moves one block.
        /// </summary>
        public const int SegmentRecordsMax = 64;

        /// <summary>Segment files of one lane at most: bounds the index in memory (5 bytes each).</summary>
        public const int SegmentsMax = 240;

        /// <summary>Segment files that a start takes up in one lane, whatever the plan: as many as a 4 MiB partition has blocks.</summary>
        public const int SegmentFilesMax = 1024;

        /// <summary>
        /// Records of a lane that wait in memory for flash: those of two ticks. Behind them the panel's events wait, which are smaller.
        /// </summary>
        public const int PendingRecordsMax = 8;

        /// <summary>Of these, places that the panel's events leave to the uplink's, to the start's and to loss records.</summary>
        public const int PendingRecordsKept = 3;

        /// <summary>First alarms that a full fire lane keeps: one a zone.</summary>
        public const int KeptRecordsMax = ZonesMax;

        /// <summary>Reads of a segment that fail in a row before its records are given up and reported lost.</summary>
        public const int ReadTriesMax = 3;

        /// <summary>
        /// Segments without one good record that recovery goes back over to find the end of the last good one: as many cuts in a row.
        /// </summary>
        public const int RecoverSegmentsMax = 8;

        /// <summary>
        /// Segments of the fire lane that a start reads at most to find the latch: 64 KiB, when the journal's own state is lost or old.
        /// </summary>
        public const int ReplaySegmentsMax = 16;

        /// <summary>
        /// Segments of the condition lane behind the newest that a start reads at most for what the journal does not cover yet: a storm's
        /// events.
        /// </summary>
        public const int ReplayConditionsMax = 2;

        /// <summary>
        /// Failed writes in a row, a second apart, after which the flash is given up until the next start: a fire waits no longer for it.
        /// </summary>
        public const int FlashTriesMax = 5;

        /// <summary>Records of a segment in memory: 1 KiB, which a fragmented heap still has.</summary>
        public const int MemorySegmentRecords = 16;

        /// <summary>Bytes of a journal entry, as large as a record for the same reason.</summary>
        public const int JournalEntryBytes = 64;

        /// <summary>Entries of a journal file: one 4 KiB block.</summary>
        public const int JournalEntriesMax = 64;

        /// <summary>Kinds of state in the journal: those of <see cref="JournalKey"/>.</summary>
        public const int JournalKeysMax = 10;

        /// <summary>
        /// How long the county's word on what it holds may stay unwritten: a power cut repeats at most this much of quiet delivery.
        /// </summary>
        public const int CursorSaveMs = 10 * 60 * 1000;

        /// <summary>Newly held records after which the cursor is written earlier: one segment's worth of repeats.</summary>
        public const int CursorSaveRecords = 64;

        /// <summary>Pause after a failed write to flash: a full or worn flash must not eat the loop.</summary>
        public const int FlashRetryMs = 1000;

        /// <summary>
        /// Every county takes a boot up to this, whatever its clock says. A gateway above it that is told that its boot is too high begins
        /// a new epoch. Below it an honest county never says so, and the gateway does not believe it.
        /// </summary>
        public const uint BootsTaken = 16777216;

        /// <summary>
        /// A county that holds a number above this has it from somebody with the key: at 100 events an hour a lane takes 2,400 years to get
        /// here, and each damage of the store is a jump of 65,536. The gateway begins a new epoch instead of going on above it.
        /// </summary>
        public const uint SequencesTaken = 2147483648;

        /// <summary>
        /// A boot number that was given up is replaced by this one, and the new epoch counts on from it: half of the range that every
        /// county takes is left for later starts, and no real boot number of the old epoch is above it.
        /// </summary>
        public const uint BootBeforeEpoch = 8388608;

        /// <summary>A partition below this is small: a settings text has two blocks there.</summary>
        public const int SmallPartitionBytes = 1024 * 1024;

        /// <summary>Segments that a lane may have beyond its count for a moment, and after a power cut until its next commit.</summary>
        public const int ExtraSegmentsMax = 2;

        /// <summary>
        /// Files in memory at once: the segments of all lanes, those that a commit adds before it deletes, and two of kept alarms.
        /// </summary>
        public const int MemoryFilesMax = 20;

        /// <summary>Files of kept alarms: the old one and the new one, and as much again that cuts may have left.</summary>
        public const int KeptFilesMax = 4;

        /// <summary>Files of the journal: the two that take turns, and three times as much that cuts may have left.</summary>
        public const int JournalFilesMax = 8;

        /// <summary>A time that the log reaches back is told in hours up to two days, and in days from there on.</summary>
        public const int HoursShownMax = 48;

        /// <summary>Erases that a block of NOR flash is good for, as its makers say.</summary>
        public const int ErasesPerBlock = 100000;

        /// <summary>Folders of files: one for each of <see cref="FlashArea"/>, and before these one for each lane.</summary>
        public const int FlashAreas = 6;

        /// <summary>Files of settings: two texts with all their marks, and as much again that cuts may have left.</summary>
        public const int SettingsFilesMax = 32;
    }
}
