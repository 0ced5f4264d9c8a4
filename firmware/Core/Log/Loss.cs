// Owns: what was lost and has no record yet.
// Must never: forget a count before its loss record is in the lane.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Lost records, summed up until one loss record says so. In flash a loss record also says how long before it the first loss was, in
    /// the bytes that name zones in others: when it is lost in its turn, the new one can say the time from first to last. It goes to the
    /// county without that, see <see cref="LogIdentity.Present"/>.
    /// </summary>
    public sealed class Loss
    {
        private const int BootAt = 16;
        private const int UptimeAt = 20;
        private const int UtcAt = 26;
        private const int FlagsAt = 34;
        private const int AgeAt = 36;
        private const int ValueAt = 40;
        private const int FirstAt = 48;
        private const int LastAt = 52;
        private const int SpanAt = 56;

        private const int Something = int.MinValue;

        /// <summary>See <see cref="Flags"/>, and above them that there is something to report.</summary>
        private int _said;
        private uint _firstBoot;
        private long _firstUptimeMs;
        private long _firstUtcMs;
        private uint _lastBoot;
        private long _lastUptimeMs;
        private long _lastUtcMs;

        /// <summary>The longest span known of a part, for when first and last have no clock in common.</summary>
        private long _partMs;

        /// <summary>True when there is something to report.</summary>
        public bool Any
        {
            get { return _said < 0; }
        }


        /// <summary>Records known to be lost; 0 when only numbers were skipped.</summary>
        public int Count { get; private set; }

        /// <summary>First lost sequence, 0 when the lost events had no number yet.</summary>
        public uint First { get; private set; }

        /// <summary>Last lost sequence.</summary>
        public uint Last { get; private set; }

        /// <summary><see cref="EventFlags.Damage"/> and <see cref="EventFlags.HeldBefore"/>.</summary>
        public EventFlags Flags
        {
            get { return (EventFlags)(_said & ~Something); }
        }

        /// <summary>Seconds between the first and the last lost event, where known.</summary>
        public int SpanS
        {
            get
            {
                long span = _firstBoot == 0
                    ? 0
                    : Between(_firstBoot, _firstUptimeMs, _firstUtcMs, _lastBoot, _lastUptimeMs, _lastUtcMs);
                return Seconds(span > _partMs ? span : _partMs);
            }
        }

        /// <summary>True for a record in bytes that is a loss and says how old it is.</summary>
        public static bool HasAge(byte[] records, int at)
        {
            return (EventKind)Bytes.U16(records, at + 2) == EventKind.Loss && Bytes.U32(records, at + AgeAt) != 0;
        }

        /// <summary>Takes the age out of a loss record in bytes.</summary>
        public static void DropAge(byte[] records, int at)
        {
            Bytes.PutU32(records, at + AgeAt, 0);
        }

        /// <summary>Adds lost records of the sequences first..last; 0, 0 = never numbered.</summary>
        public void Add(int count, uint first, uint last, EventFlags flags)
        {
            Count += count;
            _said |= (int)flags | Something;
            if (first != 0)
            {
                First = First == 0 || first < First ? first : First;
                Last = last > Last ? last : Last;
            }
        }

        /// <summary>Adds one event that got no number, with its time.</summary>
        public void Add(EventRecord record)
        {
            Add(1, 0, 0, 0);
            Begins(record.Boot, record.UptimeMs, record.UtcMs);
            Ends(record.Boot, record.UptimeMs, record.UtcMs);
        }

        /// <summary>
        /// Adds one numbered record, whole and in bytes, with its time. What a lost loss record said is taken over, so that it stays said.
        /// </summary>
        public void Add(byte[] records, int at)
        {
            uint sequence = EventRecord.SequenceOf(records, at);
            uint boot = Bytes.U32(records, at + BootAt);
            long uptimeMs = Bytes.U48(records, at + UptimeAt);
            long utcMs = Bytes.U48(records, at + UtcAt);
            long ageMs = 0;
            Add(1, sequence, sequence, 0);
            if ((EventKind)Bytes.U16(records, at + 2) == EventKind.Loss)
            {
                long spanMs = Bytes.I32(records, at + SpanAt) * 1000L;
                ageMs = Bytes.U32(records, at + AgeAt) * 1000L;
                ageMs = ageMs > spanMs ? ageMs : spanMs;
                _partMs = spanMs > _partMs ? spanMs : _partMs;
                EventFlags flags = (EventFlags)Bytes.U16(records, at + FlagsAt) & (EventFlags.Damage | EventFlags.HeldBefore);
                Add(Bytes.I32(records, at + ValueAt), Bytes.U32(records, at + FirstAt), Bytes.U32(records, at + LastAt), flags);
            }

            Begins(boot, uptimeMs - ageMs, utcMs == 0 ? 0 : utcMs - ageMs);
            Ends(boot, uptimeMs, utcMs);
        }

        /// <summary>Adds what another sum says.</summary>
        public void Add(Loss other)
        {
            if (!other.Any)
            {
                return;
            }

            Add(other.Count, other.First, other.Last, other.Flags);
            _partMs = other._partMs > _partMs ? other._partMs : _partMs;
            if (other._firstBoot != 0)
            {
                Begins(other._firstBoot, other._firstUptimeMs, other._firstUtcMs);
                Ends(other._lastBoot, other._lastUptimeMs, other._lastUtcMs);
            }
        }

        /// <summary>Fills in a loss record that has its time already; what it says besides, it says in flash alone.</summary>
        public void Tell(EventRecord record)
        {
            record.Flags = Flags;
            record.Value = Count;
            record.Unit = Unit.Count;
            record.A = (int)First;
            record.B = (int)Last;
            long ageMs = _firstBoot == 0
                ? 0
                : Between(_firstBoot, _firstUptimeMs, _firstUtcMs, record.Boot, record.UptimeMs, record.UtcMs);
            int ageS = Seconds(ageMs + 999);

            // What was lost was lost before this record. Within one start the span is certain; over starts a clock may have been set back,
            // and the lesser of what two clocks say is known.
            int spanS = SpanS;
            bool certain = _firstBoot == _lastBoot && _firstUptimeMs >= 0;
            record.C = !certain && ageS != 0 && spanS > ageS ? ageS : spanS;
            record.Zone = ageS & 0xFF;
            record.ZoneKind = (ZoneKind)((ageS >> 8) & 0xFF);
            record.OtherZone = (ageS >> 16) & 0xFF;
            record.Rule = (ageS >> 24) & 0xFF;
        }

        /// <summary>Keeps the count but not the numbers, which belong to another epoch.</summary>
        public void ForgetNumbers()
        {
            First = 0;
            Last = 0;
            _said = Count > 0 ? _said : _said & ~Something;
        }

        public void Clear()
        {
            _said = 0;
            Count = 0;
            First = 0;
            Last = 0;
            _firstBoot = 0;
            _lastBoot = 0;
            _partMs = 0;
        }

        /// <summary>Ms from one moment to another; 0 when they have neither a start nor a clock in common.</summary>
        private static long Between(uint boot, long uptimeMs, long utcMs, uint toBoot, long toUptimeMs, long toUtcMs)
        {
            if (boot == toBoot)
            {
                return toUptimeMs - uptimeMs;
            }

            return utcMs != 0 && toUtcMs != 0 ? toUtcMs - utcMs : 0;
        }

        private static int Seconds(long ms)
        {
            long seconds = ms / 1000;
            return seconds > int.MaxValue ? int.MaxValue : seconds < 0 ? 0 : (int)seconds;
        }

        private void Begins(uint boot, long uptimeMs, long utcMs)
        {
            if (_firstBoot == 0 || Earlier(boot, uptimeMs, utcMs, _firstBoot, _firstUptimeMs, _firstUtcMs))
            {
                _firstBoot = boot;
                _firstUptimeMs = uptimeMs;
                _firstUtcMs = utcMs;
            }
        }

        private void Ends(uint boot, long uptimeMs, long utcMs)
        {
            if (_lastBoot == 0 || Earlier(_lastBoot, _lastUptimeMs, _lastUtcMs, boot, uptimeMs, utcMs))
            {
                _lastBoot = boot;
                _lastUptimeMs = uptimeMs;
                _lastUtcMs = utcMs;
            }
        }

        private static bool Earlier(uint boot, long uptimeMs, long utcMs, uint thanBoot, long thanUptimeMs, long thanUtcMs)
        {
            if (boot == thanBoot)
            {
                return uptimeMs < thanUptimeMs;
            }

            return utcMs != 0 && thanUtcMs != 0 ? utcMs < thanUtcMs : boot < thanBoot;
        }
    }
}
