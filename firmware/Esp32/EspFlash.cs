// Owns: Core's small files on the internal littlefs, one folder an area.
// Must never: let an exception out, or call bytes durable that are not: littlefs commits on close alone.

using System;
using System.IO;
using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>
    /// Files are named by area and number: I:\f\0000001a.seg. Every call stops all threads of the device while the flash works; an append
    /// to a file of up to 4 KiB takes some ten milliseconds, more when a block must be erased first.
    /// </summary>
    public sealed class EspFlash : FlashPort
    {
        /// <summary>Folder letters by <see cref="FlashArea"/>: fire, condition, routine, journal, settings, kept alarms.</summary>
        private const string Letters = "fcrjsk";

        private const string HexDigits = "0123456789abcdef";
        private const string Ending = ".seg";

        /// <summary>
        /// A file in every folder, whose name stands behind those of all others. The runtime takes an error while it lists a folder for
        /// the folder's end, and littlefs lists by name: a listing without this file has stopped early.
        /// </summary>
        private const string LastName = "zz.end";

        /// <summary>On the drive once all folders have their last file: from then on none is made again, since what is not seen there is
        /// not read.</summary>
        private const string MadeName = "folders.ok";

        private const int NumberChars = 8;
        private const int NameChars = NumberChars + 4;

        private readonly string[] _folder = new string[Limits.FlashAreas];
        private readonly string _made;
        private readonly int _capacityBytes;
        private readonly char _separator;
        private long _writeMs;

        /// <param name="root">The drive with its last separator: I:\</param>
        /// <param name="capacityBytes">Bytes of the partition.</param>
        public EspFlash(string root, int capacityBytes)
        {
            _capacityBytes = capacityBytes;
            _separator = root[root.Length - 1];
            _made = root + MadeName;
            for (int area = 0; area < Limits.FlashAreas; area++)
            {
                _folder[area] = root + Letters.Substring(area, 1);
            }
        }

        /// <summary>
        /// Makes what is missing of the folders, each with its last file: on a new drive, and once on one of an older firmware that reads
        /// well. False when one can't be made or read; everything else then fails too, and Core shows it.
        /// </summary>
        public bool MakeFolders()
        {
            bool made = File.Exists(_made);
            bool mayMake = !made && !JournalIsMissing();
            bool all = true;
            for (FlashArea area = 0; (int)area < Limits.FlashAreas; area++)
            {
                try
                {
                    string last = _folder[(int)area] + _separator.ToString() + LastName;
                    if (!File.Exists(last))
                    {
                        all &= mayMake && MakeFolder(area) && EspFiles.Write(last, new byte[] { (byte)'\n' });
                    }
                }
                catch (Exception)
                {
                    all = false;
                }
            }

            return all && (made || EspFiles.Write(_made, new byte[] { (byte)'\n' }));
        }

        /// <summary>True for a folder that is new or reads well: listed twice alike, and each file has a length.</summary>
        private bool MakeFolder(FlashArea area)
        {
            if (!Directory.Exists(_folder[(int)area]))
            {
                Directory.CreateDirectory(_folder[(int)area]);
                return true;
            }

            string[] files = Directory.GetFiles(_folder[(int)area]);
            bool good = Directory.GetFiles(_folder[(int)area]).Length == files.Length;
            for (int i = 0; i < files.Length && good; i++)
            {
                int number;
                good = !NumberOf(files[i], out number) || Length(area, number) >= 0;
            }

            return good;
        }

        /// <summary>No store with events is without a journal: where that folder alone looks empty, it can't be read.</summary>
        private bool JournalIsMissing()
        {
            int events = 0;
            for (FlashArea area = 0; area < FlashArea.Journal; area++)
            {
                events += Numbered(area);
            }

            return events > 0 && Numbered(FlashArea.Journal) == 0;
        }

        private int Numbered(FlashArea area)
        {
            int count = 0;
            try
            {
                string[] files = Directory.Exists(_folder[(int)area]) ? Directory.GetFiles(_folder[(int)area]) : new string[0];
                for (int i = 0; i < files.Length; i++)
                {
                    int number;
                    count += NumberOf(files[i], out number) ? 1 : 0;
                }
            }
            catch (Exception)
            {
                // What can't be listed counts as empty, which is what is looked for.
            }

            return count;
        }

        public override int CapacityBytes()
        {
            return _capacityBytes;
        }

        public override int List(FlashArea area, int[] numbers)
        {
            try
            {
                return Listed(Directory.GetFiles(_folder[(int)area]), numbers);
            }
            catch (Exception)
            {
                return -1;
            }
        }

        /// <summary>As <see cref="List"/>, of what the runtime found; -1 when that is not the whole folder.</summary>
        public static int Listed(string[] files, int[] numbers)
        {
            int count = 0;
            bool whole = false;
            for (int i = 0; i < files.Length; i++)
            {
                int number;
                if (NumberOf(files[i], out number))
                {
                    if (count < numbers.Length)
                    {
                        numbers[count] = number;
                    }

                    count++;
                }

                whole |= files[i].EndsWith(LastName);
            }

            return whole ? count : -1;
        }

        public override int Length(FlashArea area, int number)
        {
            try
            {
                // Asked first because an exception, caught or not, is written out on the debug port.
                string path = PathOf(area, number);
                return File.Exists(path) ? (int)new FileInfo(path).Length : -1;
            }
            catch (Exception)
            {
                return -1;
            }
        }

        public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count)
        {
            try
            {
                string path = PathOf(area, number);
                if (!File.Exists(path))
                {
                    return -1;
                }

                using (FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read))
                {
                    stream.Seek(at, SeekOrigin.Begin);
                    int read = 0;
                    while (read < count)
                    {
                        int got = stream.Read(into, intoAt + read, count - read);
                        if (got <= 0)
                        {
                            break;
                        }

                        read += got;
                    }

                    return read;
                }
            }
            catch (Exception)
            {
                return -1;
            }
        }

        /// <summary>Milliseconds that writes have taken since the last call.</summary>
        public int TakeWriteMs()
        {
            int ms = (int)_writeMs;
            _writeMs = 0;
            return ms;
        }

        public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
        {
            long fromMs = EspClock.NowMs();
            bool good = TryAppend(area, number, data, at, count);
            _writeMs += EspClock.NowMs() - fromMs;
            return good;
        }

        public override bool Delete(FlashArea area, int number)
        {
            long fromMs = EspClock.NowMs();
            bool good = TryDelete(area, number);
            _writeMs += EspClock.NowMs() - fromMs;
            return good;
        }

        private bool TryAppend(FlashArea area, int number, byte[] data, int at, int count)
        {
            try
            {
                string path = PathOf(area, number);
                long before;
                using (FileStream stream = new FileStream(path, FileMode.Append, FileAccess.Write))
                {
                    before = stream.Position;
                    stream.Write(data, at, count);
                }

                // The driver does not pass on an error of the flush inside a write, such as a full partition, and the close then
                // succeeds without the bytes. The length that the file system now has tells.
                return new FileInfo(path).Length == before + count;
            }
            catch (OutOfMemoryException)
            {
                // Core tries again in a second; by then the heap is in one piece.
                nanoFramework.Runtime.Native.GC.Run(true);
                return false;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private bool TryDelete(FlashArea area, int number)
        {
            try
            {
                string path = PathOf(area, number);
                if (File.Exists(path))
                {
                    File.Delete(path);
                }

                return !File.Exists(path);
            }
            catch (Exception)
            {
                return false;
            }
        }

        private string PathOf(FlashArea area, int number)
        {
            char[] name = new char[NumberChars];
            for (int i = NumberChars - 1; i >= 0; i--)
            {
                name[i] = HexDigits[number & 15];
                number >>= 4;
            }

            return _folder[(int)area] + _separator.ToString() + new string(name) + Ending;
        }

        /// <summary>From the last characters, since what comes before them in a listing depends on the driver.</summary>
        private static bool NumberOf(string path, out int number)
        {
            number = 0;
            int at = path.Length - NameChars;
            if (at < 0 || path.Substring(at + NumberChars) != Ending)
            {
                return false;
            }

            for (int i = 0; i < NumberChars; i++)
            {
                int digit = HexDigits.IndexOf(path[at + i]);
                if (digit < 0)
                {
                    return false;
                }

                number = (number << 4) | digit;
            }

            return true;
        }
    }
}
