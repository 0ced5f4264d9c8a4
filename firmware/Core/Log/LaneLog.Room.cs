// Owns: what a full lane gives up, and the account of it.
// Must never: delete a record that the county does not hold before its loss record is durable.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class LaneLog
    {
        /// <summary>True when the lane has more files than its plan, which a quiet tick has to see to.</summary>
        public bool OverFull
        {
            get { return _ring.Count - _doomed > _ring.Max; }
        }

        /// <summary>
        /// Before a commit: when what waits (and the loss record that will join it) needs more segments than the lane may have, the oldest
        /// is given up. One file more than planned is allowed for a while: counting what the county does not hold of a segment takes many
        /// ticks, and a fire must not wait for that. Beyond it events wait until the segment is counted, so many records a tick. False when
        /// the flash refused, or while the count goes on.
        /// </summary>
        public bool MakeRoom(int records, byte[] scratch)
        {
            int needed = SegmentsNeeded();
            _account.GoesOn = false;
            while (_doomed < _ring.Count && _ring.Count - _doomed + needed > _ring.Max)
            {
                bool mayWait = needed == 0 || _ring.Count - _doomed + needed <= _ring.Max + 1;
                if (LastOf(_doomed) > Settled && mayWait)
                {
                    return true;
                }

                if (!GiveUp(records, scratch))
                {
                    return false;
                }

                needed = SegmentsNeeded();
            }

            return true;
        }

        /// <summary>
        /// Counts up to this many more records of the segment that is given up. True when all are counted and the next commit deletes it:
        /// those that the county does not hold are in <see cref="Lost"/>, first alarms are kept.
        /// </summary>
        public bool GiveUp(int records, byte[] scratch)
        {
            if (LastOf(_doomed) > Settled && (!_account.Yields(_lane) || !Account(records, scratch)))
            {
                return false;
            }

            _doomed++;
            return true;
        }

        /// <summary>True when there was no room because the account of what goes is not at its end yet.</summary>
        public bool AccountGoesOn
        {
            get { return _account.GoesOn; }
        }

        /// <summary>Last sequence of what the next commit deletes, 0 when that is nothing.</summary>
        public uint GivesUpThrough
        {
            get { return _doomed == 0 ? 0 : LastOf(_doomed - 1); }
        }

        /// <summary>Deletes the oldest segment if the county holds all of it and it is not the newest. True when it is gone.</summary>
        public bool DropHeld()
        {
            if (_doomed > 0 || _ring.Count < 2 || LastOf(0) > Settled)
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
        /// Counts what the county does not hold of the segment that goes next, and keeps its first alarms; so many records at a time. A
        /// part that can't be read is counted as lost. True when the account is whole; false also when the flash refused.
        /// </summary>
        private bool Account(int most, byte[] scratch)
        {
            uint name = _ring.First(_doomed);
            if (!_account.Is(_lane, name, Settled))
            {
                if (_kept != null && !_kept.Begin(scratch))
                {
                    return false;
                }

                _account.Begin(_lane, name, Settled);
            }

            bool end = false;
            while (!end)
            {
                int wanted = most < ContractLimits.BatchRecordsMax ? most : ContractLimits.BatchRecordsMax;
                int read = _ring.ReadPatiently(_doomed, _account.Index, scratch, 0, wanted);
                if (read < 0)
                {
                    int unread = _ring.Records - _account.Index;
                    _account.Sum.Add(unread, name + (uint)_account.Index, LastOf(_doomed), EventFlags.Damage);
                    break;
                }

                int records = read / Size;
                for (int i = 0; i < records; i++)
                {
                    Account(name, _account.Index + i, scratch, i * Size);
                }

                _account.Index += records;
                most -= records;
                end = records == 0 || _account.Index >= _ring.Records;
                if (most <= 0 && !end)
                {
                    _account.GoesOn = true;
                    return false;
                }
            }

            _account.End();
            if (_kept != null && !_kept.End(_ring, _doomed))
            {
                return false;
            }

            Lost.Add(_account.Sum);
            return true;
        }

        private void Account(uint name, int index, byte[] records, int at)
        {
            uint expected = name + (uint)index;
            if (!_identity.Owns(records, at))
            {
                if (expected > Settled)
                {
                    _account.Sum.Add(1, expected, expected, EventFlags.Damage);
                }
            }
            else if (EventRecord.SequenceOf(records, at) > Settled && (_kept == null || !_kept.Offer(records, at, index)))
            {
                _account.Sum.Add(records, at);
            }
        }
    }
}
