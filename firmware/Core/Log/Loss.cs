// Owns: what was lost and has no record yet.
// Must never: forget a count before its loss record is in the lane.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Lost records, summed up until one loss record says so.</summary>
    public sealed class Loss
    {
        private uint _boot;
        private long _firstUptimeMs;
        private long _firstUtcMs;

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

        /// <summary><see cref="EventFlags.Damage"/> and <see cref="EventFlags.HeldBefore"/>.</summary>
        public int Flags { get; private set; }

        /// <summary>Adds lost records of the sequences first..last; 0, 0 = never numbered.</summary>
        public void Add(int count, uint first, uint last, int flags)
        {
            Count += count;
            Flags |= flags;
            if (first != 0)
            {
                First = First == 0 || first < First ? first : First;
                Last = last > Last ? last : Last;
            }

            Any = true;
        }

        /// <summary>Adds one lost record with its time. What a lost loss record said is taken over, so that it stays said.</summary>
        public void Add(EventRecord record)
        {
            bool numbered = record.Sequence != 0;
            Add(1, record.Sequence, record.Sequence, 0);
            if (record.Kind == EventKind.Loss && numbered)
            {
                Add(record.Value, (uint)record.A, (uint)record.B, record.Flags & (EventFlags.Damage | EventFlags.HeldBefore));
            }

            if (_boot == 0)
            {
                _boot = record.Boot;
                _firstUptimeMs = record.UptimeMs;
                _firstUtcMs = record.UtcMs;
            }

            long span = 0;
            if (record.Boot == _boot)
            {
                span = record.UptimeMs - _firstUptimeMs;
            }
            else if (_firstUtcMs != 0 && record.UtcMs > _firstUtcMs)
            {
                span = record.UtcMs - _firstUtcMs;
            }

            long spanS = span / 1000;
            SpanS = spanS > SpanS ? (spanS > int.MaxValue ? int.MaxValue : (int)spanS) : SpanS;
        }

        /// <summary>Adds what another sum says.</summary>
        public void Add(Loss other)
        {
            if (other.Any)
            {
                Add(other.Count, other.First, other.Last, other.Flags);
                SpanS = other.SpanS > SpanS ? other.SpanS : SpanS;
            }
        }

        /// <summary>Keeps the count but not the numbers, which belong to another epoch.</summary>
        public void ForgetNumbers()
        {
            First = 0;
            Last = 0;
            Any = Count > 0;
        }

        public void Clear()
        {
            Any = false;
            Count = 0;
            First = 0;
            Last = 0;
            SpanS = 0;
            Flags = 0;
            _boot = 0;
        }
    }
}
