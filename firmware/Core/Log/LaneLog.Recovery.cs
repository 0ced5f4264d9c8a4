// Owns: how a lane finds its end after a start, and begins anew.
// Must never: give a number a second time that may have reached the county.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class LaneLog
    {
        /// <summary>
        /// Finds the segments and reads the newest one; older ones are read when they are sent, or here when the newest has nothing
        /// whole. Returns the place of the segment whose good records lie in <paramref name="scratch"/>, or -1.
        /// </summary>
        /// <param name="newestKnown">First sequence of the newest segment as the journal has it, or 0.</param>
        /// <param name="heldKnown">What the county holds, as the journal has it.</param>
        /// <param name="heldBefore">What it held under an epoch before, as the journal has it.</param>
        /// <param name="scratch">Holds one segment.</param>
        /// <param name="records">Good records of the segment that was read last.</param>
        /// <param name="readable">
        /// Becomes false when the lane's folder or newest files could not be read: not damage, which reads as other bytes.
        /// </param>
        public int Recover(uint newestKnown, uint heldKnown, uint heldBefore, byte[] scratch, out int records, ref bool readable)
        {
            records = 0;
            if (_ring.Recover(Lost) < 0)
            {
                readable = false;
                return -1;
            }

            int place = FindEnd(scratch, out records, ref readable);
            uint last = _next - 1;
            GoOnAbove(_identity.Moved.End(_lane));
            bool above = _next > last + 1;
            uint past = newestKnown > _ring.Newest ? newestKnown + (uint)_ring.Records : 0;
            if (heldKnown >= _next && heldKnown >= past)
            {
                past = heldKnown + 1;
            }

            if (past > _next)
            {
                // The newest file is gone, or its end is. Its numbers were given and may be at the county: they are skipped and reported
                // lost.
                SkipTo(past);
                above = false;
            }

            _durable = !above ? _next - 1 : heldKnown > last ? heldKnown : last;
            if (_kept != null)
            {
                readable &= _kept.Recover(heldKnown, Lost);

                // Where the segments are gone, what is kept of them is still to be sent.
                uint kept = _kept.Through(_next - 1);
                _durable = kept > _durable ? kept : _durable;
            }

            _known = _durable;

            // Numbers that were gone before this start: freed because the county held them, or given up with a loss record. Which of the
            // two, a flash that was full may have left unsaid.
            HeldBefore = heldBefore > Last ? Last : heldBefore;
            _goneThrough = OldestSegment > heldKnown + 1 ? OldestSegment - 1 : 0;
            Held = heldKnown;
            return place;
        }

        /// <summary>Reads a segment's records, good and bad, into <paramref name="scratch"/>; their count.</summary>
        public int ReadAll(int segment, byte[] scratch)
        {
            int read = _ring.ReadPatiently(segment, 0, scratch, 0, _ring.Records);
            return read < 0 ? 0 : read / Size;
        }

        /// <summary>Reads a segment into <paramref name="scratch"/> and counts the good records before the first bad one.</summary>
        private int ReadSegment(int segment, byte[] scratch, ref bool readable)
        {
            int read = _ring.ReadPatiently(segment, 0, scratch, 0, _ring.Records);
            readable &= read >= 0;
            int good = 0;
            uint expected = _ring.First(segment);
            while ((good + 1) * Size <= read && _identity.Owns(scratch, good * Size))
            {
                uint sequence = EventRecord.SequenceOf(scratch, good * Size);
                if (sequence < expected)
                {
                    break;
                }

                expected = sequence + 1;
                good++;
            }

            return good;
        }

        /// <summary>First sequence of a segment by its place.</summary>
        public uint SegmentName(int segment)
        {
            return _ring.First(segment);
        }

        /// <summary>Deletes the whole lane, and gives numbers from 1 again: only for another station's records.</summary>
        public void Erase()
        {
            _ring.Erase();
            ForgetPlace();
            Lost.Clear();
            _pendingCount = 0;
            _doomed = 0;
            _account.End();
            _next = 1;
            _durable = 0;
            _known = 0;
            Held = 0;
            HeldBefore = 0;
            if (_kept != null)
            {
                _kept.Erase();
            }
        }

        /// <summary>
        /// Goes on in another store under the identity's new epoch, with numbers from 1. What waits goes along; what is durable stays
        /// where it is.
        /// </summary>
        public void MoveTo(FlashPort flash, LogPlan plan, EventRecord record)
        {
            _ring.MoveTo(flash, plan);
            _lossWaits = false;
            ForgetPlace();
            Lost.ForgetNumbers();
            _doomed = 0;
            _account.End();
            _next = 1;
            _durable = 0;
            _known = 0;
            Held = 0;
            HeldBefore = 0;
            if (_kept != null)
            {
                _kept.MoveTo(flash);
            }

            int count = _pendingCount;
            _pendingCount = 0;
            for (int i = 0; i < count; i++)
            {
                if (record.Decode(_pending, i * Size, _pending.Length) == DecodeResult.Ok)
                {
                    record.Epoch = _identity.Epoch;
                    if (record.Kind == EventKind.Loss)
                    {
                        // The count still holds; the numbers belong to the other epoch.
                        record.A = 0;
                        record.B = 0;
                    }

                    Put(record);
                }
            }
        }

        /// <summary>
        /// Goes back from the newest segment to the last good record. What stood behind it is lost and its numbers may be at the county,
        /// so all numbers that the newest segment could hold are skipped.
        /// </summary>
        private int FindEnd(byte[] scratch, out int records, ref bool readable)
        {
            int newest = _ring.Count - 1;
            int damaged = 0;
            uint expected = newest < 0 ? 1 : _ring.First(newest);
            records = 0;
            for (int place = newest; place >= 0 && newest - place < Limits.RecoverSegmentsMax; place--)
            {
                int good = ReadSegment(place, scratch, ref readable);
                int length = _ring.Length(place);
                bool whole = good > 0 && length == good * Size;
                expected = good > 0 ? EventRecord.SequenceOf(scratch, (good - 1) * Size) + 1 : _ring.First(place);
                if (place < newest && expected > _ring.First(place + 1))
                {
                    // What a refused write left here was written again into the next file, where it is looked for.
                    expected = _ring.First(place + 1);
                }

                if (whole && place == newest)
                {
                    _next = expected;
                    records = good;
                    _ring.Reopen(good);
                    if (_next >= _ring.Newest + (uint)_ring.Records)
                    {
                        _ring.Close();
                    }

                    return place;
                }

                damaged += length <= good * Size ? (good == 0 ? 1 : 0) : (length - good * Size + Size - 1) / Size;
                if (good > 0)
                {
                    records = good;
                    Skip(damaged, expected, newest);
                    return place;
                }
            }

            if (newest >= 0)
            {
                Skip(damaged, expected, newest);
            }

            return -1;
        }

        private void Skip(int damaged, uint expected, int newest)
        {
            _next = _ring.First(newest) + (uint)_ring.Records;
            _next = expected > _next ? expected : _next;
            if (expected < _next)
            {
                Lost.Add(damaged, expected, _next - 1, EventFlags.Damage);
                Said(expected, _next - 1);
            }
        }
    }
}
