// Owns: what was lost and has no record yet.
// Must never: forget a count before its loss record is in the lane.

namespace Gateway.Core
{
    /// <summary>Lost records, summed up until one loss record says so.</summary>
    public sealed class Loss
    {
        /// <summary>True when there is something to own up to.</summary>
        public bool Any { get; private set; }

        /// <summary>Records known to be lost; 0 when only numbers were skipped.</summary>
        public int Count { get; private set; }

        /// <summary>First lost sequence, 0 when the lost events had no number yet.</summary>
        public uint First { get; private set; }

        /// <summary>Last lost sequence.</summary>
        public uint Last { get; private set; }

        /// <summary>Seconds between the first and the last lost event, where known.</summary>
        public int SpanS { get; private set; }

        /// <summary>See <see cref="Contract.EventFlags"/>: why the records are lost, where it is not for want of room.</summary>
        public int Flags { get; private set; }

        private long _firstUptimeMs;

        /// <summary>Adds lost records of the sequences first..last (0, 0 = never numbered) at an uptime (0 = not known).</summary>
        public void Add(int count, uint first, uint last, long uptimeMs)
        {
            Count += count;
            if (first != 0)
            {
                if (First == 0 || first < First)
                {
                    First = first;
                }

                if (last > Last)
                {
                    Last = last;
                }
            }

            if (uptimeMs != 0)
            {
                if (_firstUptimeMs == 0)
                {
                    _firstUptimeMs = uptimeMs;
                }

                SpanS = (int)((uptimeMs - _firstUptimeMs) / 1000);
            }

            Any = true;
        }

        /// <summary>Says more about the loss that was added.</summary>
        public void Mark(int flags)
        {
            Flags |= flags;
        }

        public void Clear()
        {
            Flags = 0;
            Any = false;
            Count = 0;
            First = 0;
            Last = 0;
            SpanS = 0;
            _firstUptimeMs = 0;
        }
    }
}
