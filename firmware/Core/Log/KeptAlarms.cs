// Owns: the first alarm of each zone that a full fire lane keeps until the county holds it.
// Must never: keep more than one record a zone, or drop a kept alarm that the county does not hold.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Records saved from segments that had to go, in one file of rising sequences. A new file with all kept records is written before the
    /// old one is
    /// deleted, so that a cut leaves one of them whole.
    /// </summary>
    public sealed class KeptAlarms
    {
        private const int Size = EventRecord.Size;
        private const int FilesMax = 4;

        private readonly FlashPort _flash;
        private readonly uint[] _sequence = new uint[Limits.KeptRecordsMax];
        private readonly byte[] _record = new byte[Size];
        private int _file;

        public KeptAlarms(FlashPort flash)
        {
            _flash = flash;
        }

        /// <summary>Alarms kept.</summary>
        public int Count { get; private set; }

        public uint SequenceAt(int i)
        {
            return _sequence[i];
        }

        private const int ZoneAt = 36;

        /// <summary>Takes up the newest file that is whole.</summary>
        public void Recover()
        {
            int[] files = new int[FilesMax];
            int count = _flash.List(FlashArea.Kept, files);
            if (count > FilesMax)
            {
                count = FilesMax;
            }

            ShellSort.Ascending(files, count);
            int taken = -1;
            for (int i = count - 1; i >= 0 && taken < 0; i--)
            {
                if (Load(files[i]))
                {
                    taken = files[i];
                }
            }

            for (int i = 0; i < count; i++)
            {
                if (files[i] != taken)
                {
                    _flash.Delete(FlashArea.Kept, files[i]);
                }
            }

            _file = count == 0 ? 0 : files[count - 1];
            if (taken > 0)
            {
                _file = taken;
            }
        }

        /// <summary>Deletes everything.</summary>
        public void Erase()
        {
            Recover();
            if (Count > 0)
            {
                _flash.Delete(FlashArea.Kept, _file);
                Count = 0;
            }
        }

        /// <summary>Forgets what the county holds.</summary>
        public void DropThrough(uint held)
        {
            int drop = 0;
            while (drop < Count && _sequence[drop] <= held)
            {
                drop++;
            }

            if (drop == 0)
            {
                return;
            }

            // The file keeps them until it is written anew; their sequences say that they are done.
            Count -= drop;
            System.Array.Copy(_sequence, drop, _sequence, 0, Count);
            if (Count == 0)
            {
                _flash.Delete(FlashArea.Kept, _file);
            }
        }

        /// <summary>
        /// Saves the first alarms of a segment that is about to go, and counts the rest of what the county does not hold as lost.
        /// </summary>
        public bool Take(int lane, int segment, int records, uint held, Loss lost)
        {
            byte[] all = new byte[Limits.KeptRecordsMax * Size];
            int count = Collect(all);
            if (count < 0)
            {
                return false;
            }

            int kept = count;
            int lostCount = 0;
            uint lostFirst = 0;
            uint lostLast = 0;
            for (int i = 0; i < records; i++)
            {
                int read = _flash.Read(lane, segment, i * Size, _record, 0, Size);
                if (read < 0)
                {
                    return false;
                }

                if (read < Size)
                {
                    break;
                }

                bool good = EventRecord.Check(_record, 0, Size) == DecodeResult.Ok;
                uint sequence = good ? EventRecord.SequenceOf(_record, 0) : (uint)segment + (uint)i;
                if (sequence <= held)
                {
                    continue;
                }

                if (good && Bytes.U16(_record, 2) == EventKind.FireAlarm && !Keeps(all, kept, _record[ZoneAt])
                    && kept < Limits.KeptRecordsMax)
                {
                    System.Array.Copy(_record, 0, all, kept * Size, Size);
                    kept++;
                    continue;
                }

                lostCount++;
                lostFirst = lostFirst == 0 ? sequence : lostFirst;
                lostLast = sequence;
            }

            if (kept > count && !Write(all, kept))
            {
                return false;
            }

            if (lostCount > 0)
            {
                lost.Add(lostCount, lostFirst, lostLast, 0);
            }

            return true;
        }

        /// <summary>Copies kept records above <paramref name="after"/>; -1 when the file could not be read.</summary>
        public int Read(uint after, int max, byte[] into, int at)
        {
            int found = 0;
            int length = _flash.Length(FlashArea.Kept, _file);
            for (int place = 0; place < length && found < max; place += Size)
            {
                if (_flash.Read(FlashArea.Kept, _file, place, _record, 0, Size) != Size)
                {
                    return found > 0 ? found : -1;
                }

                if (EventRecord.Check(_record, 0, Size) == DecodeResult.Ok && EventRecord.SequenceOf(_record, 0) > after)
                {
                    System.Array.Copy(_record, 0, into, at + found * Size, Size);
                    found++;
                }
            }

            return found;
        }

        private bool Load(int file)
        {
            int length = _flash.Length(FlashArea.Kept, file);
            if (length <= 0 || length % Size != 0 || length > Limits.KeptRecordsMax * Size)
            {
                return false;
            }

            int count = length / Size;
            for (int i = 0; i < count; i++)
            {
                if (_flash.Read(FlashArea.Kept, file, i * Size, _record, 0, Size) != Size
                    || EventRecord.Check(_record, 0, Size) != DecodeResult.Ok)
                {
                    return false;
                }

                _sequence[i] = EventRecord.SequenceOf(_record, 0);
            }

            Count = count;
            return true;
        }

        /// <summary>The records that are still kept, from the file; -1 when it can't be read.</summary>
        private int Collect(byte[] all)
        {
            if (Count == 0)
            {
                return 0;
            }

            return Read(_sequence[0] - 1, Limits.KeptRecordsMax, all, 0);
        }

        private static bool Keeps(byte[] all, int count, byte zone)
        {
            for (int i = 0; i < count; i++)
            {
                if (all[i * Size + ZoneAt] == zone)
                {
                    return true;
                }
            }

            return false;
        }

        private bool Write(byte[] all, int count)
        {
            int next = _file + 1;
            _flash.Delete(FlashArea.Kept, next);
            if (!_flash.Append(FlashArea.Kept, next, all, 0, count * Size))
            {
                return false;
            }

            if (_file > 0)
            {
                _flash.Delete(FlashArea.Kept, _file);
            }

            _file = next;
            Count = count;
            for (int i = 0; i < count; i++)
            {
                _sequence[i] = EventRecord.SequenceOf(all, i * Size);
            }

            return true;
        }
    }
}
