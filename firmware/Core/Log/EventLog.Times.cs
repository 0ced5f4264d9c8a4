// Owns: the time of records that were written before the clock was known.
// Must never: change a record in flash, or a time that was told.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class EventLog
    {
        private const int BootAt = 16;
        private const int UptimeAt = 20;
        private const int UtcAt = 26;
        private const int QualityAt = 32;
        private const int CrcAt = EventRecord.Size - 4;

        /// <summary>First boot number of this start; a county may have raised it since.</summary>
        private uint _firstBoot;

        /// <summary>
        /// When a record happened, in ms since 1970 UTC: as it tells, or, when it is of this start and the clock has become known since,
        /// by its uptime. 0 when neither is known: the county may know another moment of that start.
        /// </summary>
        public long UtcOf(EventRecord record)
        {
            if (record.UtcQuality != UtcQuality.Unknown)
            {
                return record.UtcMs;
            }

            return record.Epoch == Epoch && record.Boot >= _firstBoot ? _clock.UtcMs(record.UptimeMs) : 0;
        }

        /// <summary>
        /// Gives records that were just read, in the copy that goes to the county, the times that have become known since and the numbers
        /// under which the county is told of them; with one new checksum for both.
        /// </summary>
        private void Present(Lane lane, byte[] records, int at, int count)
        {
            bool timed = _clock.Quality != UtcQuality.Unknown;
            bool moved = Moved.End(lane) != 0;
            for (int i = 0; (timed || moved) && i < count; i++, at += EventRecord.Size)
            {
                bool changed = timed && Complete(records, at);
                changed |= moved && Moved.Present(lane, records, at);
                if (changed)
                {
                    Bytes.PutU32(records, at + CrcAt, Crc32.Of(records, at, CrcAt));
                }
            }
        }

        private bool Complete(byte[] records, int at)
        {
            if (records[at + QualityAt] != (int)UtcQuality.Unknown || Bytes.U32(records, at + BootAt) < _firstBoot)
            {
                return false;
            }

            long utcMs = _clock.UtcMs(Bytes.U48(records, at + UptimeAt));
            if (utcMs <= 0)
            {
                return false;
            }

            Bytes.PutU48(records, at + UtcAt, utcMs);
            records[at + QualityAt] = (byte)UtcQuality.BackFilled;
            return true;
        }
    }
}
