// Owns: one lane of the event log: its segments in flash, the records that wait for flash, and its sequence numbers.
// Must never: give a sequence number twice, or lose a record without counting it in a loss.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A ring of append-only segment files, each named by the first sequence in it and holding sequences below that plus the segment's
    /// size.
    /// A record waits in memory until <see cref="Commit"/> has made it durable; only durable records are read for sending.
    /// </summary>
    public sealed class LaneLog
    {
        private const int Size = EventRecord.Size;

        private readonly FlashPort _flash;
        private readonly int _lane;
        private readonly int _segmentRecords;
        private readonly int _segmentsMax;
        private readonly int[] _first;
        private readonly byte[] _pending = new byte[Limits.PendingRecordsMax * Size];
        private readonly KeptAlarms _kept;
        private int _segments;
        private int _tailRecords;
        private bool _tailClosed = true;
        private int _pendingCount;
        private uint _next = 1;
        private uint _durable;
        private uint _bootFirst = 1;
        private int _readSegment;
        private int _readIndex;
        private uint _readAfter;
        private int _readFailures;
        private uint _ownedUp;

        public LaneLog(FlashPort flash, int lane, LogPlan plan)
        {
            _flash = flash;
            _lane = lane;
            _segmentRecords = plan.SegmentRecords;
            _segmentsMax = plan.Segments[lane];
            _first = new int[_segmentsMax + 1];
            if (lane == Lane.Fire)
            {
                _kept = new KeptAlarms(flash);
            }
        }

        /// <summary>What the county has said that it holds.</summary>
        public uint Held { get; private set; }

        /// <summary>Last sequence given, 0 before the first.</summary>
        public uint Last
        {
            get { return _next - 1; }
        }

        /// <summary>Last sequence that is durable.</summary>
        public uint Durable
        {
            get { return _durable; }
        }

        /// <summary>Records that wait for flash.</summary>
        public int Pending
        {
            get { return _pendingCount; }
        }

        /// <summary>The loss that has no record yet.</summary>
        public readonly Loss Lost = new Loss();

        /// <summary>
        /// First sequence of the newest segment; the journal keeps it, so that a vanished file can't make numbers come twice.
        /// </summary>
        public uint NewestSegment
        {
            get { return _segments == 0 ? 0 : (uint)_first[_segments - 1]; }
        }

        /// <summary>Oldest sequence that can still be sent; Last + 1 when there is none.</summary>
        public uint Oldest
        {
            get
            {
                uint oldest = _segments == 0 ? _next : (uint)_first[0];
                return _kept != null && _kept.Count > 0 && _kept.SequenceAt(0) < oldest ? _kept.SequenceAt(0) : oldest;
            }
        }

        /// <summary>
        /// Finds the segments and reads the newest one; older ones are only read when they are sent. Returns the tail's good records in
        /// <paramref name="scratch"/>, which holds one segment.
        /// </summary>
        /// <param name="newestKnown">First sequence of the newest segment as the journal has it, or 0.</param>
        /// <param name="epoch">Epoch that records must have; 0 = take the tail's.</param>
        public int Recover(uint newestKnown, byte[] scratch, uint epoch)
        {
            int count = _flash.List(_lane, _first);
            if (count > _segmentsMax)
            {
                count = _segmentsMax;
            }

            ShellSort.Ascending(_first, count);
            _segments = count;
            _tailClosed = true;
            int good = count == 0 ? 0 : RecoverTail(scratch, epoch);
            if (newestKnown > NewestSegment)
            {
                // The newest file is gone. Its numbers were given, and may be at the county: they are skipped and owned up to.
                uint first = _next;
                _next = newestKnown + (uint)_segmentRecords;
                Lost.Add(0, first, _next - 1, 0);
                Lost.Mark(EventFlags.Damage);
                _tailClosed = true;
            }

            _durable = _next - 1;
            _bootFirst = _next;
            if (_kept != null)
            {
                _kept.Recover();
            }

            return good;
        }

        /// <summary>Good records of the newest segment into <paramref name="scratch"/>; their count.</summary>
        public int ReadTail(byte[] scratch)
        {
            return ReadSegment(_segments - 1, scratch);
        }

        /// <summary>
        /// Good records of the segment before the newest into <paramref name="scratch"/>; their count, 0 when there is none.
        /// </summary>
        public int ReadPrevious(byte[] scratch)
        {
            return _segments < 2 ? 0 : ReadSegment(_segments - 2, scratch);
        }

        /// <summary>Deletes the whole lane.</summary>
        public void Erase()
        {
            int count = _flash.List(_lane, _first);
            while (count > 0)
            {
                int listed = count > _first.Length ? _first.Length : count;
                bool all = true;
                for (int i = 0; i < listed; i++)
                {
                    all &= _flash.Delete(_lane, _first[i]);
                }

                count = all ? _flash.List(_lane, _first) : 0;
            }

            if (_kept != null)
            {
                _kept.Erase();
            }

            _segments = 0;
            _tailClosed = true;
        }

        /// <summary>
        /// Raises the next sequence to at least <paramref name="sequence"/>; the numbers between are owned up to as lost.
        /// </summary>
        public void SkipTo(uint sequence)
        {
            if (sequence > _next)
            {
                Lost.Add(0, _next, sequence - 1, 0);
                Lost.Mark(EventFlags.Damage);
                _next = sequence;
                _tailClosed = true;
            }
        }

        /// <summary>
        /// The county holds numbers that this store has never given, so the store has lost its end. What was written since the start
        /// carries numbers that the
        /// county takes for repeats: it is written again, above what the county holds. Its own times are kept.
        /// </summary>
        public void Renumber(uint held, EventRecord record)
        {
            uint last = Last;
            uint after = _bootFirst - 1;
            SkipTo(held + 1);
            byte[] records = new byte[ContractLimits.BatchRecordsMax * Size];
            int count = Read(after, ContractLimits.BatchRecordsMax, records, 0);
            while (count > 0)
            {
                for (int i = 0; i < count; i++)
                {
                    if (record.Decode(records, i * Size, records.Length) == DecodeResult.Ok && record.Sequence <= last)
                    {
                        Add(record);
                    }
                }

                after = EventRecord.SequenceOf(records, (count - 1) * Size);
                count = after < last && Commit() ? Read(after, ContractLimits.BatchRecordsMax, records, 0) : 0;
            }

            _bootFirst = held + 1;
        }

        /// <summary>
        /// Takes a record that has all but its lane and sequence. False when there is no room; it is then counted as lost.
        /// </summary>
        public bool Add(EventRecord record)
        {
            if (_pendingCount == Limits.PendingRecordsMax && !MakePendingRoom(record))
            {
                Lost.Add(1, 0, 0, record.UptimeMs);
                return false;
            }

            record.LaneNumber = _lane;
            record.Sequence = _next++;
            record.Encode(_pending, _pendingCount * Size);
            _pendingCount++;
            return true;
        }

        /// <summary>Makes what waits durable. False when the flash refused.</summary>
        public bool Commit()
        {
            while (_pendingCount > 0)
            {
                uint sequence = EventRecord.SequenceOf(_pending, 0);
                if (_tailClosed || _tailRecords == _segmentRecords || sequence >= NewestSegment + (uint)_segmentRecords)
                {
                    if (!BeginSegment(sequence))
                    {
                        return false;
                    }
                }

                int count = FitsTail();
                if (!_flash.Append(_lane, _first[_segments - 1], _pending, 0, count * Size))
                {
                    CheckTail();
                    return false;
                }

                _tailRecords += count;
                _durable = EventRecord.SequenceOf(_pending, (count - 1) * Size);
                _pendingCount -= count;
                System.Array.Copy(_pending, count * Size, _pending, 0, _pendingCount * Size);
            }

            return true;
        }

        /// <summary>
        /// Notes what the county holds. Numbers beyond what was given are cut; a lower number than before is taken, since the county may
        /// have been restored from a copy.
        /// </summary>
        public void SetHeld(uint through)
        {
            Held = through > Last ? Last : through;
            if (_kept != null)
            {
                _kept.DropThrough(Held);
            }
        }

        /// <summary>
        /// Copies up to <paramref name="max"/> durable records that follow <paramref name="after"/> into <paramref name="into"/>. 0 when
        /// there are none, or when the
        /// flash could not be read this time. A damaged record is skipped and counted as lost.
        /// </summary>
        public int Read(uint after, int max, byte[] into, int at)
        {
            if (_kept != null && _segments > 0 && _kept.Count > 0 && after + 1 < (uint)_first[0])
            {
                int kept = _kept.Read(after, max, into, at);
                if (kept != 0)
                {
                    return kept < 0 ? 0 : kept;
                }
            }

            while (after < _durable)
            {
                if (!Seek(after))
                {
                    return 0;
                }

                int found = ReadHere(after, max, into, at);
                if (found != 0)
                {
                    return found < 0 ? 0 : found;
                }

                // This segment has nothing more above "after": go on in the next one, if there is one.
                if (_readSegment + 1 >= _segments)
                {
                    return 0;
                }

                _readSegment++;
                _readIndex = 0;
                after = (uint)_first[_readSegment] - 1;
                _readAfter = after;
            }

            return 0;
        }

        private int ReadSegment(int segment, byte[] scratch)
        {
            int bytes = _segmentRecords * Size;
            int read = _flash.Read(_lane, _first[segment], 0, scratch, 0, bytes);
            int good = 0;
            while ((good + 1) * Size <= read && EventRecord.Check(scratch, good * Size, read) == DecodeResult.Ok)
            {
                good++;
            }

            return good;
        }

        private int RecoverTail(byte[] scratch, uint epoch)
        {
            int file = _first[_segments - 1];
            int length = _flash.Length(_lane, file);
            int bytes = _segmentRecords * Size;
            int read = length <= 0 ? 0 : _flash.Read(_lane, file, 0, scratch, 0, length > bytes ? bytes : length);
            uint expected = (uint)file;
            int good = 0;
            while ((good + 1) * Size <= read && EventRecord.Check(scratch, good * Size, read) == DecodeResult.Ok)
            {
                uint sequence = EventRecord.SequenceOf(scratch, good * Size);
                if (sequence < expected || (epoch != 0 && Bytes.U32(scratch, good * Size + 8) != epoch))
                {
                    break;
                }

                expected = sequence + 1;
                good++;
            }

            if (good * Size == length && good > 0)
            {
                _next = expected;
                _tailRecords = good;
                _tailClosed = good == _segmentRecords;
                return good;
            }

            // Whatever stood behind the last good record is lost; its numbers may be at the county, so all that the segment could hold are
            // skipped.
            int slots = length <= good * Size ? 1 : (length - good * Size + Size - 1) / Size;
            _next = (uint)file + (uint)_segmentRecords;
            Lost.Add(slots, expected, _next - 1, 0);
            Lost.Mark(EventFlags.Damage);
            _tailClosed = true;
            return good;
        }

        /// <summary>
        /// With flash refusing and memory full, the oldest record that is no first alarm goes, so that a fire still finds room.
        /// </summary>
        private bool MakePendingRoom(EventRecord record)
        {
            if (record.Kind != EventKind.FireAlarm)
            {
                return false;
            }

            for (int i = 0; i < _pendingCount; i++)
            {
                if (Bytes.U16(_pending, i * Size + 2) != EventKind.FireAlarm)
                {
                    uint sequence = EventRecord.SequenceOf(_pending, i * Size);
                    Lost.Add(1, sequence, sequence, record.UptimeMs);
                    _pendingCount--;
                    System.Array.Copy(_pending, (i + 1) * Size, _pending, i * Size, (_pendingCount - i) * Size);
                    return true;
                }
            }

            return false;
        }

        private int FitsTail()
        {
            int room = _segmentRecords - _tailRecords;
            uint end = NewestSegment + (uint)_segmentRecords;
            int count = 0;
            while (count < _pendingCount && count < room && EventRecord.SequenceOf(_pending, count * Size) < end)
            {
                count++;
            }

            return count;
        }

        private bool BeginSegment(uint sequence)
        {
            if (_segments == _segmentsMax && !DropOldest())
            {
                return false;
            }

            // A file of that name can only be what is left of an earlier refusal.
            _flash.Delete(_lane, (int)sequence);
            _first[_segments++] = (int)sequence;
            _tailRecords = 0;
            _tailClosed = false;
            return true;
        }

        /// <summary>
        /// After a refused append the file may have grown by a part of a record: then it is closed, and the next one begins.
        /// </summary>
        private void CheckTail()
        {
            int length = _flash.Length(_lane, _first[_segments - 1]);
            if (length <= 0 && _tailRecords == 0)
            {
                _segments--;
                _tailClosed = true;
            }
            else if (length != _tailRecords * Size)
            {
                _tailClosed = true;
            }
        }

        /// <summary>
        /// Frees the oldest segment: without loss when the county holds it, else with its records counted and the first alarms kept.
        /// </summary>
        private bool DropOldest()
        {
            uint last = (uint)_first[1] - 1;
            if (last > Held)
            {
                if (_kept != null)
                {
                    if (!_kept.Take(_lane, _first[0], _segmentRecords, Held, Lost))
                    {
                        return false;
                    }
                }
                else
                {
                    uint from = (uint)_first[0] > Held ? (uint)_first[0] : Held + 1;
                    int records = _flash.Length(_lane, _first[0]) / Size - (int)(from - (uint)_first[0]);
                    Lost.Add(records < 0 ? 0 : records, from, last, 0);
                }
            }

            if (!_flash.Delete(_lane, _first[0]))
            {
                return false;
            }

            _segments--;
            System.Array.Copy(_first, 1, _first, 0, _segments);
            _readAfter = 0;
            _readIndex = 0;
            _readSegment = 0;
            return true;
        }

        /// <summary>Puts the read place at the segment that holds the first sequence above <paramref name="after"/>.</summary>
        private bool Seek(uint after)
        {
            if (_segments == 0)
            {
                return false;
            }

            int segment = _readSegment < _segments ? _readSegment : 0;
            if (after != _readAfter || (uint)_first[segment] > after + 1)
            {
                segment = _segments - 1;
                while (segment > 0 && (uint)_first[segment] > after + 1)
                {
                    segment--;
                }

                _readIndex = 0;
            }

            _readSegment = segment;
            return true;
        }

        /// <summary>
        /// Records above <paramref name="after"/> of the segment at the read place; 0 when it has none, -1 when it could not be read.
        /// </summary>
        private int ReadHere(uint after, int max, byte[] into, int at)
        {
            int file = _first[_readSegment];
            uint previous = after;
            int found = 0;
            while (found == 0 && _readIndex < _segmentRecords)
            {
                int read = _flash.Read(_lane, file, _readIndex * Size, into, at, max * Size);
                if (read < 0 && ++_readFailures < Limits.ReadTriesMax)
                {
                    return -1;
                }

                _readFailures = 0;
                if (read < Size)
                {
                    break;
                }

                int records = read / Size;
                for (int i = 0; i < records; i++)
                {
                    int from = at + i * Size;
                    if (EventRecord.Check(into, from, at + read) != DecodeResult.Ok)
                    {
                        OwnUpDamaged((uint)file + (uint)(_readIndex + i));
                        continue;
                    }

                    uint sequence = EventRecord.SequenceOf(into, from);
                    if (sequence > previous && sequence <= _durable)
                    {
                        int to = at + found * Size;
                        if (to != from)
                        {
                            System.Array.Copy(into, from, into, to, Size);
                        }

                        previous = sequence;
                        found++;
                    }
                }

                _readIndex += records;
            }

            _readAfter = previous;
            if (found == 0)
            {
                _readIndex = 0;
            }

            return found;
        }

        /// <summary>A damaged record is owned up to once, also when it is read again after a rewind.</summary>
        private void OwnUpDamaged(uint sequence)
        {
            if (sequence > _ownedUp && sequence > Held)
            {
                _ownedUp = sequence;
                Lost.Add(1, sequence, sequence, 0);
            }
        }
    }
}
