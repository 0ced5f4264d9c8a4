// Owns: the log's state in numbers: what it holds, how long it lasts, and how long the flash does.
// Must never: be asked for in the loop; it looks at every lane and reckons in long numbers.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A look at a log at one moment. The flash's life is reckoned on the careful side:
    /// <code>
    /// an append          1 erase: littlefs writes the file's last block anew
    ///                  + 1/16: the folder's pair is written anew when 16 commits of 128 bytes have filled its free half
    /// an event           2 appends, the record and the panel's state in the journal
    ///                  + 3/64 appends: a segment of 64 records is begun, named in the journal, and deleted
    /// the cursor         at most 6 appends an hour by time, and one in 64 events; never more than events
    /// standing still     an append in 2 hours: the panel's ages
    /// life               blocks × 100,000 erases ÷ erases an hour
    /// </code>
    /// littlefs spreads writes over the blocks that are free or become free, which are the lanes' and the reserve; what never moves is
    /// left out.
    /// </summary>
    public sealed class LogStatus
    {
        private const int MilliErasesPerAppend = 1000 + 1000 / 16;
        private const int CursorPerHour = Limits.HourMs / Limits.CursorSaveMs;
        private const int HoursPerYear = 8766;

        private readonly EventLog _log;
        private readonly int _capacityBytes;

        /// <param name="capacityBytes">Bytes of the partition.</param>
        public LogStatus(EventLog log, int capacityBytes)
        {
            _log = log;
            _capacityBytes = capacityBytes;
        }

        public uint Epoch
        {
            get { return _log.Epoch; }
        }

        public uint Boot
        {
            get { return _log.Boot; }
        }

        /// <summary>True while records live in memory alone.</summary>
        public bool InMemory
        {
            get { return _log.InMemory; }
        }

        /// <summary>Longest time that the flash has kept one tick, ms, over all starts.</summary>
        public int WorstWriteMs
        {
            get { return _log.WorstWriteMs; }
        }

        /// <summary>Last sequence that the county holds.</summary>
        public uint Held(Lane lane)
        {
            return _log.At(lane).Held;
        }

        /// <summary>Records in flash that the county does not hold yet, kept alarms among them.</summary>
        public int Pending(Lane lane)
        {
            LaneLog log = _log.At(lane);
            return InRing(log, log.OldestInRing > log.Held + 1 ? log.OldestInRing : log.Held + 1) + log.Kept;
        }

        /// <summary>Records that wait in memory for the flash.</summary>
        public int Waiting(Lane lane)
        {
            return _log.At(lane).Pending;
        }

        /// <summary>Records lost since the start, said or not yet said in a loss record.</summary>
        public int Lost(Lane lane)
        {
            return _log.LostSince(lane);
        }

        /// <summary>Records that the lane can hold.</summary>
        public int Capacity(Lane lane)
        {
            return _log.At(lane).SegmentsMax * _log.Plan.SegmentRecords;
        }

        /// <summary>Sequences in the ring, from the oldest to the last durable one.</summary>
        public int InRing(Lane lane)
        {
            LaneLog log = _log.At(lane);
            return InRing(log, log.OldestInRing);
        }

        /// <summary>Sequences from this one to the last durable one; what waits for the flash is not there yet.</summary>
        private static int InRing(LaneLog log, uint from)
        {
            return from > log.Durable ? 0 : (int)(log.Durable + 1 - from);
        }

        /// <summary>Hours that a lane reaches back when all events come into it.</summary>
        public int HoursHeld(Lane lane, int eventsPerHour)
        {
            return Capacity(lane) / eventsPerHour;
        }

        /// <summary>Blocks over which writes are spread.</summary>
        public int WornBlocks
        {
            get
            {
                int blocks = _capacityBytes / LogPlan.BlockBytes;
                return blocks - LogPlan.BlocksBeside(_capacityBytes) + LogPlan.FreeBlocks(_capacityBytes);
            }
        }

        /// <summary>Thousandths of an erase in an hour.</summary>
        public int MilliErasesPerHour(int eventsPerHour)
        {
            int cursor = CursorPerHour * 64 + eventsPerHour;
            cursor = cursor > eventsPerHour * 64 ? eventsPerHour * 64 : cursor;
            int appends = eventsPerHour * (2 * 64 + 3) + cursor + 32;
            return appends * MilliErasesPerAppend / 64;
        }

        /// <summary>Tenths of a year until the blocks have had their erases.</summary>
        public int LifeDeciYears(int eventsPerHour)
        {
            return (int)((long)WornBlocks * Limits.ErasesPerBlock * 10000 / MilliErasesPerHour(eventsPerHour) / HoursPerYear);
        }
    }
}
