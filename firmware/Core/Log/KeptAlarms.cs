// Owns: the first alarm of each zone that a full fire lane keeps until the county holds it.
// Must never: keep more than one record a zone, or drop a kept alarm that the county does not hold.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Records saved from segments that had to go, in one file of rising sequences. A new file with all kept records is written before
    /// the old one is deleted, so that a cut leaves one of them whole.
    /// </summary>
    public sealed class KeptAlarms
    {
        private const int Size = EventRecord.Size;
        private const int FilesMax = 4;
        private const int ZoneAt = 36;

        private readonly LogIdentity _identity;
        private readonly uint[] _sequence = new uint[Limits.KeptRecordsMax];
        private readonly byte[] _record = new byte[Size];
        private FlashPort _flash;
        private byte[] _all;
        private int _collected;
        private int _file;

        public KeptAlarms(FlashPort flash, LogIdentity identity)
        {
            _flash = flash;
            _identity = identity;
        }

        /// <summary>False when a file could not be read at the last recovery.</summary>
        public bool Readable { get; private set; }

        /// <summary>Alarms kept.</summary>
        public int Count { get; private set; }

        public uint SequenceAt(int i)
        {
            return _sequence[i];
        }

        /// <summary>Begins anew on another store.</summary>
        public void MoveTo(FlashPort flash)
        {
            _flash = flash;
            _file = 0;
            Count = 0;
        }

        /// <summary>
        /// Takes up what the files hold. Two files mean that a cut came while the newer one was written, or before the older one was
        /// deleted: the newer may be a part that ends between two records, so their records are brought together.
        /// </summary>
        /// <param name="held">What the county holds is not taken up.</param>
        /// <param name="lost">Gets what is damaged.</param>
        public void Recover(uint held, Loss lost)
        {
            int[] files = new int[FilesMax];
            int count = _flash.ListPatiently(FlashArea.Kept, files);
            Readable = count >= 0;
            count = count < 0 ? 0 : count > FilesMax ? FilesMax : count;
            ShellSort.Ascending(files, count);
            _all = new byte[Limits.KeptRecordsMax * Size];
            _collected = 0;
            _file = count == 0 ? 0 : files[count - 1];
            for (int i = 0; i < count; i++)
            {
                int damaged = Load(files[i], held);
                if (damaged > 0 && count == 1)
                {
                    lost.Add(damaged, 0, 0, EventFlags.Damage);
                }
            }

            Learn(_all, _collected);
            if (count > 1 && Readable && (_collected == 0 || Write(_all, _collected)))
            {
                for (int i = 0; i < count; i++)
                {
                    _flash.Delete(FlashArea.Kept, files[i]);
                }
            }

            _all = null;
        }

        /// <summary>Deletes everything.</summary>
        public void Erase()
        {
            int[] files = new int[FilesMax];
            int count = _flash.ListPatiently(FlashArea.Kept, files);
            for (int i = 0; i < count && i < FilesMax; i++)
            {
                _flash.Delete(FlashArea.Kept, files[i]);
            }

            Count = 0;
            _file = 0;
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

        /// <summary>Begins to take alarms from a segment. False when what is kept already can't be read.</summary>
        public bool Begin()
        {
            _all = new byte[Limits.KeptRecordsMax * Size];
            _collected = Count == 0 ? 0 : Read(_sequence[0] - 1, uint.MaxValue, Limits.KeptRecordsMax, _all, 0);
            return _collected >= 0;
        }

        /// <summary>Takes the record if it is a zone's first alarm. False: it is not to be kept.</summary>
        public bool Offer(EventRecord record, byte[] buffer, int at)
        {
            if (record.Kind != EventKind.FireAlarm)
            {
                return false;
            }

            for (int i = 0; i < _collected; i++)
            {
                if (_all[i * Size + ZoneAt] == buffer[at + ZoneAt])
                {
                    // The same record again: a cut came between keeping it and deleting its segment.
                    return EventRecord.SequenceOf(_all, i * Size) == record.Sequence;
                }
            }

            if (_collected == Limits.KeptRecordsMax)
            {
                return false;
            }

            System.Array.Copy(buffer, at, _all, _collected * Size, Size);
            _collected++;
            return true;
        }

        /// <summary>Writes what was taken. False when the flash refused.</summary>
        public bool End()
        {
            bool good = _collected == Count || Write(_all, _collected);
            _all = null;
            return good;
        }

        /// <summary>
        /// Copies kept records above <paramref name="after"/> and below <paramref name="before"/>; -1 when the file could not be read.
        /// </summary>
        public int Read(uint after, uint before, int max, byte[] into, int at)
        {
            int found = 0;
            int length = _flash.Length(FlashArea.Kept, _file);

            // What a cut left of a record at the end is none.
            for (int place = 0; place + Size <= length && found < max; place += Size)
            {
                if (_flash.Read(FlashArea.Kept, _file, place, _record, 0, Size) != Size)
                {
                    return found > 0 ? found : -1;
                }

                uint sequence = EventRecord.SequenceOf(_record, 0);
                if (_identity.Owns(_record, 0) && sequence > after && sequence < before)
                {
                    System.Array.Copy(_record, 0, into, at + found * Size, Size);
                    _identity.Present(into, at + found * Size);
                    found++;
                }
            }

            return length < 0 ? -1 : found;
        }

        /// <summary>Collects the good records of a file that the county does not hold; the number of bad ones.</summary>
        private int Load(int file, uint held)
        {
            int length = _flash.Length(FlashArea.Kept, file);
            int damaged = length > 0 && length % Size != 0 ? 1 : 0;
            for (int place = 0; place + Size <= length; place += Size)
            {
                int read = -1;
                for (int i = 0; i < Limits.ReadTriesMax && read < 0; i++)
                {
                    read = _flash.Read(FlashArea.Kept, file, place, _record, 0, Size);
                }

                Readable &= read >= 0;
                if (read != Size || !_identity.Owns(_record, 0))
                {
                    damaged++;
                }
                else if (EventRecord.SequenceOf(_record, 0) > held)
                {
                    Insert();
                }
            }

            return damaged;
        }

        /// <summary>Puts the record just read into its place among the collected ones; of two of a zone the first counts.</summary>
        private void Insert()
        {
            uint sequence = EventRecord.SequenceOf(_record, 0);
            for (int i = 0; i < _collected; i++)
            {
                if (_all[i * Size + ZoneAt] == _record[ZoneAt])
                {
                    if (EventRecord.SequenceOf(_all, i * Size) <= sequence)
                    {
                        return;
                    }

                    _collected--;
                    System.Array.Copy(_all, (i + 1) * Size, _all, i * Size, (_collected - i) * Size);
                    break;
                }
            }

            if (_collected == Limits.KeptRecordsMax)
            {
                return;
            }

            int at = _collected;
            while (at > 0 && EventRecord.SequenceOf(_all, (at - 1) * Size) > sequence)
            {
                at--;
            }

            System.Array.Copy(_all, at * Size, _all, (at + 1) * Size, (_collected - at) * Size);
            System.Array.Copy(_record, 0, _all, at * Size, Size);
            _collected++;
        }

        private void Learn(byte[] all, int count)
        {
            Count = count;
            for (int i = 0; i < count; i++)
            {
                _sequence[i] = EventRecord.SequenceOf(all, i * Size);
            }
        }

        private bool Write(byte[] all, int count)
        {
            int next = _file + 1;
            if (!_flash.Delete(FlashArea.Kept, next) || !_flash.Append(FlashArea.Kept, next, all, 0, count * Size))
            {
                return false;
            }

            if (_file > 0)
            {
                _flash.Delete(FlashArea.Kept, _file);
            }

            _file = next;
            Learn(all, count);
            return true;
        }
    }
}
