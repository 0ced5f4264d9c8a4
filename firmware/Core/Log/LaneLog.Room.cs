// Owns: what a full lane gives up, and the account of it.
// Must never: delete a record that the county does not hold before its loss record is durable.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class LaneLog
    {
        /// <summary>
        /// Before a commit: while what waits (and the loss record that will join it) would need more segments than the lane may have, the
        /// oldest is given up. What the county does not hold of it is counted in <see cref="Lost"/>, first alarms are kept. False when
        /// the flash refused that.
        /// </summary>
        public bool MakeRoom(EventRecord record, byte[] scratch)
        {
            while (_doomed < _ring.Count && _ring.Count - _doomed + SegmentsNeeded() > _ring.Max)
            {
                if (LastOf(_doomed) > Held && !Account(_doomed, record, scratch))
                {
                    return false;
                }

                _doomed++;
            }

            return true;
        }

        /// <summary>Last sequence of what the next commit deletes, 0 when that is nothing.</summary>
        public uint GivesUpThrough
        {
            get { return _doomed == 0 ? 0 : LastOf(_doomed - 1); }
        }

        /// <summary>Deletes the oldest segment if the county holds all of it and it is not the newest. True when it is gone.</summary>
        public bool DropHeld()
        {
            if (_doomed > 0 || _ring.Count < 2 || LastOf(0) > Held)
            {
                return false;
            }

            return _ring.DropOldest();
        }

        /// <summary>New segments that the waiting records will need, with the loss record that is due.</summary>
        private int SegmentsNeeded()
        {
            int needed = 0;
            uint end = _ring.TailEnd;
            for (int i = 0; i < _pendingCount; i++)
            {
                uint sequence = EventRecord.SequenceOf(_pending, i * Size);
                if (sequence >= end)
                {
                    needed++;
                    end = sequence + (uint)_ring.Records;
                }
            }

            return Lost.Any && _next >= end ? needed + 1 : needed;
        }

        private uint LastOf(int segment)
        {
            return segment + 1 < _ring.Count ? _ring.First(segment + 1) - 1 : _next - 1;
        }

        /// <summary>
        /// Counts what the county does not hold of a segment, and keeps its first alarms. A part that can't be read is counted as lost.
        /// </summary>
        private bool Account(int segment, EventRecord record, byte[] scratch)
        {
            uint name = _ring.First(segment);
            int index = 0;
            _tally.Clear();
            if (_kept != null && !_kept.Begin())
            {
                return false;
            }

            while (index < _ring.Records)
            {
                int read = _ring.ReadPatiently(segment, index, scratch, 0, ContractLimits.BatchRecordsMax);
                if (read < 0)
                {
                    _tally.Add(_ring.Records - index, name + (uint)index, LastOf(segment), EventFlags.Damage);
                    break;
                }

                int records = read / Size;
                for (int i = 0; i < records; i++)
                {
                    if (!_identity.Owns(scratch, i * Size) || record.Decode(scratch, i * Size, scratch.Length) != DecodeResult.Ok)
                    {
                        uint sequence = name + (uint)(index + i);
                        if (sequence > Held)
                        {
                            _tally.Add(1, sequence, sequence, EventFlags.Damage);
                        }
                    }
                    else if (record.Sequence > Held && (_kept == null || !_kept.Offer(record, scratch, i * Size)))
                    {
                        _tally.Add(record);
                    }
                }

                index += records;
                if (records == 0)
                {
                    break;
                }
            }

            if (_kept != null && !_kept.End())
            {
                return false;
            }

            Lost.Add(_tally);
            return true;
        }
    }
}
