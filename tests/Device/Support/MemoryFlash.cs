// Owns: a flash file system in memory for tests.
// Must never: keep half of an append; cuts and wear are the simulator's business.

using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>Files by folder and number. What was appended stays until it is deleted, also when a gateway starts anew on it.</summary>
    public sealed class MemoryFlash : FlashPort
    {
        private const int FilesMax = 64;
        private readonly int[] _area = new int[FilesMax];
        private readonly int[] _number = new int[FilesMax];
        private readonly byte[][] _data = new byte[FilesMax][];
        private int _files;

        /// <summary>Appends so far.</summary>
        public int Writes { get; private set; }

        /// <summary>While set, every append is refused.</summary>
        public bool Refuses;

        /// <summary>Turns a byte of a file around.</summary>
        public void Damage(FlashArea area, int number, int at)
        {
            _data[Find(area, number)][at] ^= 1;
        }

        public override int CapacityBytes()
        {
            return 256 * 1024;
        }

        public override int List(FlashArea area, int[] numbers)
        {
            int count = 0;
            for (int i = 0; i < _files; i++)
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
            int file = Find(area, number);
            return file < 0 ? -1 : _data[file].Length;
        }

        public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count)
        {
            int file = Find(area, number);
            if (file < 0)
            {
                return -1;
            }

            int left = _data[file].Length - at;
            int read = left < count ? left : count;
            if (read > 0)
            {
                System.Array.Copy(_data[file], at, into, intoAt, read);
            }

            return read < 0 ? 0 : read;
        }

        public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
        {
            if (Refuses)
            {
                return false;
            }

            Writes++;
            int file = Find(area, number);
            if (file < 0)
            {
                file = _files++;
                _area[file] = (int)area;
                _number[file] = number;
                _data[file] = new byte[0];
            }

            byte[] longer = new byte[_data[file].Length + count];
            System.Array.Copy(_data[file], 0, longer, 0, _data[file].Length);
            System.Array.Copy(data, at, longer, _data[file].Length, count);
            _data[file] = longer;
            return true;
        }

        public override bool Delete(FlashArea area, int number)
        {
            int file = Find(area, number);
            if (file >= 0)
            {
                _files--;
                _area[file] = _area[_files];
                _number[file] = _number[_files];
                _data[file] = _data[_files];
                _data[_files] = null;
            }

            return true;
        }

        private int Find(FlashArea area, int number)
        {
            for (int i = 0; i < _files; i++)
            {
                if (_area[i] == (int)area && _number[i] == number)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
