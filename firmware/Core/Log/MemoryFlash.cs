// Owns: a store in memory for the time in which the flash refuses.
// Must never: be taken for durable: a restart empties it.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Files of at most one small segment, in pieces that are allocated when first needed and used again after.</summary>
    public sealed class MemoryFlash : FlashPort
    {
        private const int FileBytes = Limits.MemorySegmentRecords * EventRecord.Size;
        private const int KeptBytes = Limits.KeptRecordsMax * EventRecord.Size;

        private readonly int[] _area = new int[Limits.MemoryFilesMax];
        private readonly int[] _number = new int[Limits.MemoryFilesMax];
        private readonly int[] _length = new int[Limits.MemoryFilesMax];
        private readonly byte[][] _data = new byte[Limits.MemoryFilesMax][];

        public MemoryFlash()
        {
            for (int i = 0; i < Limits.MemoryFilesMax; i++)
            {
                _area[i] = -1;
            }
        }

        public override int CapacityBytes()
        {
            return Limits.MemoryFilesMax * FileBytes;
        }

        public override int List(FlashArea area, int[] numbers)
        {
            int count = 0;
            for (int i = 0; i < Limits.MemoryFilesMax; i++)
            {
                if (_area[i] == (int)area)
                {
                    if (count < numbers.Length)
                    {
                        numbers[count] = _number[i];
                    }

                    count++;
                }
            }

            return count;
        }

        public override int Length(FlashArea area, int number)
        {
            int i = Find(area, number);
            return i < 0 ? -1 : _length[i];
        }

        public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count)
        {
            int i = Find(area, number);
            if (i < 0)
            {
                return -1;
            }

            int left = _length[i] - at;
            int read = left < count ? left : count;
            if (read <= 0)
            {
                return 0;
            }

            System.Array.Copy(_data[i], at, into, intoAt, read);
            return read;
        }

        public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
        {
            int i = Find(area, number);
            i = i < 0 ? Free(area, number) : i;
            if (i < 0 || _length[i] + count > _data[i].Length)
            {
                return false;
            }

            System.Array.Copy(data, at, _data[i], _length[i], count);
            _length[i] += count;
            return true;
        }

        public override bool Delete(FlashArea area, int number)
        {
            int i = Find(area, number);
            if (i >= 0)
            {
                _area[i] = -1;
            }

            return true;
        }

        private int Find(FlashArea area, int number)
        {
            for (int i = 0; i < Limits.MemoryFilesMax; i++)
            {
                if (_area[i] == (int)area && _number[i] == number)
                {
                    return i;
                }
            }

            return -1;
        }

        private int Free(FlashArea area, int number)
        {
            int bytes = area == FlashArea.Kept ? KeptBytes : FileBytes;
            for (int i = 0; i < Limits.MemoryFilesMax; i++)
            {
                if (_area[i] < 0)
                {
                    if (_data[i] == null || _data[i].Length < bytes)
                    {
                        _data[i] = new byte[bytes];
                    }

                    _area[i] = (int)area;
                    _number[i] = number;
                    _length[i] = 0;
                    return i;
                }
            }

            return -1;
        }
    }
}
