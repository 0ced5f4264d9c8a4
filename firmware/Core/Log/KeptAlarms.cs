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
        private const int KindAt = 2;
        private const int ZoneAt = 36;

        private readonly LogIdentity _identity;

        /// <summary>Of each kept alarm; null before the first.</summary>
        private uint[] _sequence;
        private FlashPort _flash;

        /// <summary>Places in a segment of what is to be kept of it, as bits, while it is accounted for; a segment has 64.</summary>
        private ulong _take;
        private byte[] _all;
        private int _collected;
        private int _zones;
        private int _file;

        public KeptAlarms(FlashPort flash, LogIdentity identity)
        {
            _flash = flash;
            _identity = identity;
        }

        /// <summary>Alarms kept.</summary>
        public int Count { get; private set; }

        private int Taken
        {
            get { return Bits.Count((int)_take) + Bits.Count((int)(_take >> 32)); }
        }

        public uint SequenceAt(int i)
        {
            return _sequence[i];
        }

        /// <summary>Sequence of the last one up to another, 0 when there is none.</summary>
        public uint Through(uint last)
        {
            int i = Count;
            while (i > 0 && _sequence[i - 1] > last)
            {
                i--;
            }

            return i == 0 ? 0 : _sequence[i - 1];
        }

        /// <summary>Begins anew on another store.</summary>
        public void MoveTo(FlashPort flash)
        {
            _flash = flash;
            _file = 0;
            _all = null;
            Count = 0;
        }

        /// <summary>
        /// Reads the files. Two files mean that the power was cut while the newer one was written, or before the older one was deleted:
        /// the newer one may be incomplete, so the records of both are merged.
        /// </summary>
        /// <param name="held">Records through this sequence are at the county and are left out.</param>
        /// <param name="lost">Gets what is damaged.</param>
        /// <returns>False when a file could not be read.</returns>
        public bool Recover(uint held, Loss lost)
        {
            int[] files = new int[Limits.KeptFilesMax];
            int count = _flash.ListPatiently(FlashArea.Kept, files);
            bool readable = count >= 0;
            count = count < 0 ? 0 : count > Limits.KeptFilesMax ? Limits.KeptFilesMax : count;
            ShellSort.Ascending(files, count);
            _all = new byte[Limits.KeptRecordsMax * Size];
            _collected = 0;
            _file = count == 0 ? 0 : files[count - 1];
            for (int i = 0; i < count; i++)
            {
                int damaged = Load(files[i], held, ref readable);
                if (damaged > 0 && count == 1)
                {
                    lost.Add(damaged, 0, 0, EventFlags.Damage);
                }
            }

            Learn(_all, _collected);
            if (count > 1 && readable && (_collected == 0 || Write(_all, _collected)))
            {
                for (int i = 0; i < count; i++)
                {
                    _flash.Delete(FlashArea.Kept, files[i]);
                }
            }

            _all = null;
            return readable;
        }

        /// <summary>Deletes everything.</summary>
        public void Erase()
        {
            int[] files = new int[Limits.KeptFilesMax];
            int count = _flash.ListPatiently(FlashArea.Kept, files);
            for (int i = 0; i < count && i < Limits.KeptFilesMax; i++)
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
        /// <param name="scratch">Holds one record.</param>
        public bool Begin(byte[] scratch)
        {
            _take = 0;
            _zones = 0;
            int length = Count == 0 ? 0 : _flash.Length(FlashArea.Kept, _file);
            int next = 0;
            for (int place = 0; place + Size <= length; place += Size)
            {
                if (_flash.Read(FlashArea.Kept, _file, place, scratch, 0, Size) != Size)
                {
                    return false;
                }

                int known = Find(EventRecord.SequenceOf(scratch, 0), next);
                if (known >= 0)
                {
                    next = known + 1;
                    _zones |= ZoneBit(scratch, 0);
                }
            }

            return length >= 0;
        }

        /// <summary>Notes a record of the segment if it is a zone's first alarm. False: it is not to be kept.</summary>
        /// <param name="index">Its place in the segment.</param>
        public bool Offer(byte[] buffer, int at, int index)
        {
            if ((EventKind)Bytes.U16(buffer, at + KindAt) != EventKind.FireAlarm)
            {
                return false;
            }

            if (Find(EventRecord.SequenceOf(buffer, at), 0) >= 0)
            {
                // The same record again: a cut came between keeping it and deleting its segment.
                return true;
            }

            int zone = ZoneBit(buffer, at);
            if (zone == 0 || (_zones & zone) != 0 || Count + Taken == Limits.KeptRecordsMax)
            {
                return false;
            }

            _zones |= zone;
            _take |= 1UL << index;
            return true;
        }

        /// <summary>Writes what was noted of a segment. False when the flash refused.</summary>
        public bool End(SegmentRing ring, int segment)
        {
            if (_take == 0)
            {
                return true;
            }

            // Kept until it is written: a flash that can't be read is tried again and again, and no try may cost memory.
            byte[] all = _all ?? new byte[Limits.KeptRecordsMax * Size];
            int count = Count == 0 ? 0 : Read(_sequence[0] - 1, uint.MaxValue, Limits.KeptRecordsMax, all, 0, false);
            for (int index = 0; index < Limits.SegmentRecordsMax && count >= 0; index++)
            {
                if ((_take & (1UL << index)) != 0)
                {
                    count = ring.ReadPatiently(segment, index, all, count * Size, 1) == Size ? count + 1 : -1;
                }
            }

            bool good = count >= 0 && Write(all, count);
            _all = good ? null : all;
            return good;
        }

        /// <summary>
        /// Copies kept records above <paramref name="after"/> and below <paramref name="before"/>; -1 when the file could not be read.
        /// </summary>
        public int Read(uint after, uint before, int max, byte[] into, int at)
        {
            return Read(after, before, max, into, at, true);
        }

        /// <param name="check">
        /// False: a record that has decayed is copied as it is, and is reported lost by the next start. Checking all costs more than a tick
        /// has.
        /// </param>
        private int Read(uint after, uint before, int max, byte[] into, int at, bool check)
        {
            int found = 0;
            int next = 0;
            int length = _flash.Length(FlashArea.Kept, _file);

            // What a cut left of a record at the end is none.
            for (int place = 0; place + Size <= length && found < max; place += Size)
            {
                int to = at + found * Size;
                if (_flash.Read(FlashArea.Kept, _file, place, into, to, Size) != Size)
                {
                    return found > 0 ? found : -1;
                }

                uint sequence = EventRecord.SequenceOf(into, to);
                int known = sequence > after && sequence < before ? Find(sequence, next) : -1;
                if (known >= 0 && (!check || _identity.Owns(into, to)))
                {
                    next = known + 1;
                    _identity.Present(into, to);
                    found++;
                }
            }

            return length < 0 ? -1 : found;
        }

        /// <summary>
        /// The place of a sequence among the known ones from a place on, or -1: a record that was damaged at the start is none.
        /// </summary>
        private int Find(uint sequence, int from)
        {
            for (int i = from; i < Count && _sequence[i] <= sequence; i++)
            {
                if (_sequence[i] == sequence)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Collects the good records of a file that the county does not hold; the number of bad ones.</summary>
        private int Load(int file, uint held, ref bool readable)
        {
            int length = _flash.Length(FlashArea.Kept, file);
            int damaged = length > 0 && length % Size != 0 ? 1 : 0;
            byte[] record = new byte[Size];
            for (int place = 0; place + Size <= length; place += Size)
            {
                int read = -1;
                for (int i = 0; i < Limits.ReadTriesMax && read < 0; i++)
                {
                    read = _flash.Read(FlashArea.Kept, file, place, record, 0, Size);
                }

                readable &= read >= 0;
                if (read != Size || !_identity.Owns(record, 0))
                {
                    damaged++;
                }
                else if (EventRecord.SequenceOf(record, 0) > held)
                {
                    Insert(record);
                }
            }

            return damaged;
        }

        /// <summary>Puts the record just read into its place among the collected ones; of two of a zone the first counts.</summary>
        private void Insert(byte[] record)
        {
            uint sequence = EventRecord.SequenceOf(record, 0);
            byte[] all = _all;
            int zone = record[ZoneAt];
            int collected = _collected;
            for (int i = 0; i < collected; i++)
            {
                if (all[i * Size + ZoneAt] == zone)
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
            System.Array.Copy(record, 0, _all, at * Size, Size);
            _collected++;
        }

        private static int ZoneBit(byte[] record, int at)
        {
            int zone = record[at + ZoneAt];
            return zone >= 1 && zone <= Limits.ZonesMax ? 1 << (zone - 1) : 0;
        }

        private void Learn(byte[] all, int count)
        {
            Count = count;
            _sequence = new uint[count];
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
