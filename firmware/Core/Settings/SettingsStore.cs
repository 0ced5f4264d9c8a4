// Owns: the files of settings texts in flash, and the marks that say what became of each text.
// Must never: judge a text, or delete one that somebody may have to go back to.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>What became of a settings text. A mark is a file of one byte, which littlefs keeps in the folder's own block.</summary>
    public enum SettingsMark : byte
    {
        /// <summary>The text is whole and checked, and the county wants it. Without such a mark a text is still arriving.</summary>
        CountyWants = 1,

        /// <summary>The same, from the technician's file.</summary>
        TechnicianWants = 2,

        /// <summary>First of <see cref="Limits.SettingsStartsMax"/> marks, one for each start under the text on trial.</summary>
        Start = 3,

        /// <summary>The county has answered under this text.</summary>
        Good = 6,

        /// <summary>The trial has failed; kept until the event that says so is durable.</summary>
        Failed = 7,
    }

    /// <summary>
    /// A text is a file "number": 16 bytes of head (magic, length, CRC-32 of the text, zero) and the text, which may come in pieces. Its
    /// marks are files "number + mark × 2^24". A mark counts by being there, so neither a torn write nor a flipped bit makes it say
    /// something else. Texts are numbered in their order.
    /// </summary>
    public sealed class SettingsStore
    {
        private const int HeadBytes = 16;
        private const int Magic = 0x53534746;
        private const int MarkShift = 24;
        private const int NumberMask = (1 << MarkShift) - 1;

        private readonly FlashPort _flash;
        private int[] _files;
        private readonly byte[] _head = new byte[HeadBytes];
        private int _count;

        public SettingsStore(FlashPort flash)
        {
            _flash = flash;
        }

        /// <summary>Texts, also one that is still arriving; -1 when the folder can't be read.</summary>
        public int Texts { get; private set; }

        /// <summary>Lists the folder; to be called before anything else, and after every change that others made.</summary>
        public int Find()
        {
            int[] files = new int[Limits.SettingsFilesMax];
            int count = _flash.ListPatiently(FlashArea.Settings, files);
            _count = count < 0 ? 0 : count > Limits.SettingsFilesMax ? Limits.SettingsFilesMax : count;
            ShellSort.Ascending(files, _count);
            _files = (int[])Settings.Fitted(files, new int[_count]);

            // Texts have no mark in their number, so they come first.
            int texts = 0;
            while (texts < _count && _files[texts] >> MarkShift == 0)
            {
                texts++;
            }

            Texts = count < 0 ? -1 : texts;
            return Texts;
        }

        /// <summary>Number of a text by its place, 0 = oldest.</summary>
        public int Number(int place)
        {
            return _files[place];
        }

        public bool Has(int number, SettingsMark mark)
        {
            int file = number | ((int)mark << MarkShift);
            for (int i = 0; i < _count; i++)
            {
                if (_files[i] == file)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>True when the text is to be in force: it was whole and right when the mark was made.</summary>
        public bool Wanted(int number)
        {
            return Has(number, SettingsMark.CountyWants) || Has(number, SettingsMark.TechnicianWants);
        }

        /// <summary>True for a text that a start may take: wanted, and its trial has not failed.</summary>
        public bool MayTake(int number)
        {
            return Wanted(number) && !Has(number, SettingsMark.Failed);
        }

        /// <summary>Starts of the text's trial so far.</summary>
        public int Starts(int number)
        {
            int starts = 0;
            while (starts < Limits.SettingsStartsMax && Has(number, (SettingsMark)((int)SettingsMark.Start + starts)))
            {
                starts++;
            }

            return starts;
        }

        /// <summary>Makes a mark. False when the flash refused, and then it is not there.</summary>
        public bool Mark(int number, SettingsMark mark)
        {
            int file = number | ((int)mark << MarkShift);
            bool good = Has(number, mark) || _flash.Append(FlashArea.Settings, file, _head, 0, 1);
            if (!good)
            {
                _flash.Delete(FlashArea.Settings, file);
            }

            Find();
            return good;
        }

        /// <summary>Reads a whole text; its bytes, or -1 when it is not whole.</summary>
        public int Read(int number, byte[] text)
        {
            int length = Length(number);
            if (length < 0 || length > text.Length || Arrived(number) != length)
            {
                return -1;
            }

            uint crc = Bytes.U32(_head, 8);
            bool whole = _flash.Read(FlashArea.Settings, number, HeadBytes, text, 0, length) == length;
            return whole && Crc32.Of(text, 0, length) == crc ? length : -1;
        }

        /// <summary>Reads what should be a whole text without judging its checksum; false when that many bytes are not there.</summary>
        public bool ReadUnjudged(int number, byte[] text, int count)
        {
            return Arrived(number) == count && _flash.Read(FlashArea.Settings, number, HeadBytes, text, 0, count) == count;
        }

        /// <summary>Reads a piece of a text without judging it; bytes read, or -1.</summary>
        public int ReadPiece(int number, int offset, byte[] piece, int count)
        {
            return _flash.Read(FlashArea.Settings, number, HeadBytes + offset, piece, 0, count);
        }

        /// <summary>Bytes that the text will have, as its head says; -1 when there is no such head.</summary>
        public int Length(int number)
        {
            bool read = _flash.Read(FlashArea.Settings, number, 0, _head, 0, HeadBytes) == HeadBytes && Bytes.I32(_head, 0) == Magic;
            int length = read ? Bytes.I32(_head, 4) : -1;
            return length > Limits.SettingsBytesMax ? -1 : length;
        }

        /// <summary>Bytes of the longest text that is here, for who reads them in turn; at least <paramref name="bytes"/>.</summary>
        public int Longest(int bytes)
        {
            int longest = bytes;
            for (int i = 0; i < Texts; i++)
            {
                int length = Length(Number(i));
                longest = length > longest ? length : longest;
            }

            return longest;
        }

        /// <summary>CRC-32 of the text, as the head says that <see cref="Length"/> read last.</summary>
        public uint Crc
        {
            get { return Bytes.U32(_head, 8); }
        }

        /// <summary>Bytes of the text that are there.</summary>
        public int Arrived(int number)
        {
            int bytes = _flash.Length(FlashArea.Settings, number) - HeadBytes;
            return bytes < 0 ? 0 : bytes;
        }

        /// <summary>
        /// Begins a text above all others, and makes room for it: of the others only <paramref name="keep"/> stays. Its number, or 0 when
        /// the flash refused.
        /// </summary>
        public int Begin(int count, uint crc, int keep)
        {
            int next = 1;
            for (int i = 0; i < _count; i++)
            {
                int number = _files[i] & NumberMask;
                next = number >= next ? number + 1 : next;
            }

            Prune(keep);
            byte[] head = new byte[HeadBytes];
            Bytes.PutI32(head, 0, Magic);
            Bytes.PutI32(head, 4, count);
            Bytes.PutU32(head, 8, crc);
            if (Texts < 0 || !_flash.Append(FlashArea.Settings, next, head, 0, HeadBytes))
            {
                _flash.Delete(FlashArea.Settings, next);
                next = 0;
            }

            Find();
            return next;
        }

        /// <summary>Adds bytes to a text. False when the flash refused; what is there then is looked at again before the next.</summary>
        public bool Add(int number, byte[] bytes, int at, int count)
        {
            return _flash.Append(FlashArea.Settings, number, bytes, at, count);
        }

        /// <summary>The newest text for a rollback: an undamaged one marked good, else an undamaged one marked wanted; 0 = none.</summary>
        public int Keepsake(byte[] text)
        {
            for (int mark = (int)SettingsMark.Good; mark >= 0; mark -= (int)SettingsMark.Good)
            {
                for (int i = Texts - 1; i >= 0; i--)
                {
                    int number = _files[i];
                    bool fits = mark == 0 ? MayTake(number) : Has(number, (SettingsMark)mark);
                    if (fits && Read(number, text) >= 0)
                    {
                        return number;
                    }
                }
            }

            return 0;
        }

        /// <summary>Deletes a text with its marks. First what made it wanted goes, so that a cut does not bring it back.</summary>
        public void Forget(int number)
        {
            for (SettingsMark mark = SettingsMark.CountyWants; mark <= SettingsMark.TechnicianWants; mark++)
            {
                if (!Delete(number, mark))
                {
                    return;
                }
            }

            _flash.Delete(FlashArea.Settings, number);
            for (SettingsMark mark = SettingsMark.Start; mark <= SettingsMark.Failed; mark++)
            {
                Delete(number, mark);
            }

            Find();
        }

        private bool Delete(int number, SettingsMark mark)
        {
            return !Has(number, mark) || _flash.Delete(FlashArea.Settings, number | ((int)mark << MarkShift));
        }

        /// <summary>Deletes all texts but one, and marks without a text.</summary>
        private void Prune(int keep)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                int number = i < _count ? _files[i] & NumberMask : keep;
                if (number != keep)
                {
                    Forget(number);
                }
            }
        }
    }
}
