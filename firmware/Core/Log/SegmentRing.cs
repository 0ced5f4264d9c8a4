// Owns: the segment files of one lane: their names, the open tail, appending and deleting.
// Must never: know what a record says; and it forgets no file that it could not delete.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Append-only files in rising order, each named by the first sequence that was meant for it and holding only sequences below that plus
    /// the segment's size. That bound is what lets a damaged or vanished file be stepped over without giving a number twice.
    /// </summary>
    public sealed class SegmentRing
    {
        private const int Size = EventRecord.Size;

        private readonly Lane _lane;
        private FlashPort _flash;
        private int[] _first;
        private int _tailRecords;

        public SegmentRing(FlashPort flash, Lane lane, LogPlan plan)
        {
            _lane = lane;
            MoveTo(flash, plan);
        }

        /// <summary>Files, also those that are about to be deleted.</summary>
        public int Count { get; private set; }

        /// <summary>Files at most, but for the moment between writing a new one and deleting an old one.</summary>
        public int Max { get; private set; }

        /// <summary>Records of a file at most.</summary>
        public int Records { get; private set; }

        /// <summary>True while the newest file takes more records.</summary>
        public bool TailOpen { get; private set; }

        /// <summary>First sequence of the newest file, 0 when there is none.</summary>
        public uint Newest
        {
            get { return Count == 0 ? 0 : (uint)_first[Count - 1]; }
        }

        /// <summary>First sequence that the newest file can no longer hold; 0 when a new one must begin.</summary>
        public uint TailEnd
        {
            get { return TailOpen ? Newest + (uint)Records : 0; }
        }

        /// <summary>
        /// Names beyond the files that were found at the start: for those that a commit adds before it deletes, and for what the cuts
        /// before that have left.
        /// </summary>
        private int Spare
        {
            get { return 2 * Limits.ExtraSegmentsMax + Limits.PendingRecordsMax / Records; }
        }

        /// <summary>Begins anew, without files, on another store.</summary>
        public void MoveTo(FlashPort flash, LogPlan plan)
        {
            _flash = flash;
            Records = plan.SegmentRecords;
            Max = plan.Segments[(int)_lane];
            _first = new int[Max + Spare];
            Count = 0;
            TailOpen = false;
        }

        /// <summary>
        /// Lists the files, also more than the plan has places for, such as those of a larger plan: the lane gives up the oldest by its own
        /// rules. -1 when the folder can't be read.
        /// </summary>
        public int Recover(Loss lost)
        {
            TailOpen = false;
            int count = _flash.ListPatiently((FlashArea)_lane, _first);
            while (count > Limits.SegmentFilesMax)
            {
                // More than any partition can hold; the oldest of those listed goes, and is reported lost.
                ShellSort.Ascending(_first, _first.Length);
                uint first = (uint)_first[0];
                if (!_flash.Delete((FlashArea)_lane, _first[0]))
                {
                    return -1;
                }

                lost.Add(Records, first, first + (uint)Records - 1, EventFlags.Damage);
                count = _flash.ListPatiently((FlashArea)_lane, _first);
            }

            if (count > _first.Length - Spare)
            {
                _first = new int[count + Spare];
                count = _flash.ListPatiently((FlashArea)_lane, _first);
            }

            Count = count < 0 ? 0 : count;
            ShellSort.Ascending(_first, Count);
            return count < 0 ? -1 : 0;
        }

        /// <summary>First sequence of a file by its place, 0 = oldest.</summary>
        public uint First(int segment)
        {
            return (uint)_first[segment];
        }

        /// <summary>The place of the last file whose first sequence is at most this, or the oldest.</summary>
        public int PlaceOf(uint sequence)
        {
            int from = 0;
            int to = Count;
            while (to - from > 1)
            {
                int middle = (from + to) >> 1;
                if ((uint)_first[middle] > sequence)
                {
                    to = middle;
                }
                else
                {
                    from = middle;
                }
            }

            return from;
        }

        /// <summary>Bytes of a file; -1 when it is absent or can't be read.</summary>
        public int Length(int segment)
        {
            return _flash.Length((FlashArea)_lane, _first[segment]);
        }

        /// <summary>
        /// Reads up to <paramref name="records"/> whole records from a place in a file on; their bytes, or -1 on an error.
        /// </summary>
        public int Read(int segment, int index, byte[] into, int at, int records)
        {
            int most = Records - index;
            int read = _flash.Read((FlashArea)_lane, _first[segment], index * Size, into, at, (records < most ? records : most) * Size);
            return read < 0 ? -1 : read;
        }

        /// <summary>
        /// As <see cref="Read"/>, trying again at once: for places where giving up would mean losing what can be read a moment later.
        /// </summary>
        public int ReadPatiently(int segment, int index, byte[] into, int at, int records)
        {
            int read = -1;
            for (int i = 0; i < Limits.ReadTriesMax && read < 0; i++)
            {
                read = Read(segment, index, into, at, records);
            }

            return read;
        }

        /// <summary>Says that the newest file is whole and has so many records, so that more may follow.</summary>
        public void Reopen(int records)
        {
            _tailRecords = records;
            TailOpen = records < Records;
        }

        public void Close()
        {
            TailOpen = false;
        }

        /// <summary>Begins a file whose first record has this sequence. False when there is no place for its name.</summary>
        public bool Begin(uint sequence)
        {
            // A file of that name can only be what is left of an earlier refusal.
            if (Count == _first.Length || !_flash.Delete((FlashArea)_lane, (int)sequence))
            {
                return false;
            }

            if (Count > 0 && Newest == sequence)
            {
                Count--;
            }

            _first[Count++] = (int)sequence;
            _tailRecords = 0;
            TailOpen = true;
            return true;
        }

        /// <summary>
        /// Appends whole records to the newest file. False when they are not durable; a file that is no longer whole is closed then.
        /// </summary>
        public bool Append(byte[] records, int count)
        {
            if (_flash.Append((FlashArea)_lane, _first[Count - 1], records, 0, count * Size))
            {
                _tailRecords += count;
                return true;
            }

            int length = Length(Count - 1);
            if (length <= 0 && _tailRecords == 0)
            {
                Count--;
                TailOpen = false;
            }
            else if (length != _tailRecords * Size)
            {
                TailOpen = false;
            }

            return false;
        }

        /// <summary>Deletes the oldest file. False when the flash refused; it is still there then.</summary>
        public bool DropOldest()
        {
            if (!_flash.Delete((FlashArea)_lane, _first[0]))
            {
                return false;
            }

            Count--;
            System.Array.Copy(_first, 1, _first, 0, Count);
            TailOpen &= Count > 0;
            return true;
        }

        /// <summary>Deletes every file of the lane's folder. False when one is left.</summary>
        public bool Erase()
        {
            bool all = true;
            int count = _flash.ListPatiently((FlashArea)_lane, _first);
            while (count > 0 && all)
            {
                int listed = count > _first.Length ? _first.Length : count;
                for (int i = 0; i < listed; i++)
                {
                    all &= _flash.Delete((FlashArea)_lane, _first[i]);
                }

                count = _flash.ListPatiently((FlashArea)_lane, _first);
            }

            Count = 0;
            TailOpen = false;
            return all;
        }
    }
}
