// Owns: the settings text in flash: the last good one and the one before.
// Must never: let a text replace the last good one before it is whole in flash.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Files of rising numbers in the settings folder: 16 bytes of head (magic, length, CRC-32 of the text, zero) and the text.
    /// </summary>
    public sealed class SettingsStore
    {
        private const int HeadBytes = 16;
        private const int Magic = 0x53534746;
        private const int FilesMax = 8;

        private readonly FlashPort _flash;
        private readonly int[] _files = new int[FilesMax];
        private int _count;

        public SettingsStore(FlashPort flash)
        {
            _flash = flash;
        }

        /// <summary>Files found by the last <see cref="Find"/>.</summary>
        public int Find()
        {
            _count = _flash.List(FlashArea.Settings, _files);
            _count = _count > FilesMax ? FilesMax : _count;
            ShellSort.Ascending(_files, _count);
            return _count;
        }

        /// <summary>Reads the text of a found file, newest last. -1 when it is not whole.</summary>
        public int Read(int index, byte[] text)
        {
            byte[] head = new byte[HeadBytes];
            int file = _files[index];
            if (_flash.Read(FlashArea.Settings, file, 0, head, 0, HeadBytes) != HeadBytes || Bytes.I32(head, 0) != Magic)
            {
                return -1;
            }

            int length = Bytes.I32(head, 4);
            if (length < 0 || length > Limits.SettingsBytesMax || length > text.Length)
            {
                return -1;
            }

            bool whole = _flash.Read(FlashArea.Settings, file, HeadBytes, text, 0, length) == length;
            return whole && Crc32.Of(text, 0, length) == Bytes.U32(head, 8) ? length : -1;
        }

        /// <summary>
        /// Writes a checked text as the newest. True when it reads back whole; older ones but the last good are deleted then.
        /// </summary>
        public bool Write(byte[] text, int count)
        {
            Find();
            int next = _count == 0 ? 1 : _files[_count - 1] + 1;
            byte[] file = new byte[HeadBytes + count];
            Bytes.PutI32(file, 0, Magic);
            Bytes.PutI32(file, 4, count);
            Bytes.PutU32(file, 8, Crc32.Of(text, 0, count));
            System.Array.Copy(text, 0, file, HeadBytes, count);
            if (!_flash.Append(FlashArea.Settings, next, file, 0, file.Length))
            {
                _flash.Delete(FlashArea.Settings, next);
                return false;
            }

            Find();
            if (_count == 0 || _files[_count - 1] != next || Read(_count - 1, file) != count)
            {
                _flash.Delete(FlashArea.Settings, next);
                return false;
            }

            for (int i = 0; i < _count - 2; i++)
            {
                _flash.Delete(FlashArea.Settings, _files[i]);
            }

            return true;
        }

        /// <summary>
        /// The newest text that is whole and right for this board; null when there is none. <paramref name="errors"/> tells of texts that
        /// were passed over.
        /// </summary>
        public Settings Load(BoardShape board, SettingsErrors errors)
        {
            byte[] text = new byte[Limits.SettingsBytesMax];
            for (int i = Find() - 1; i >= 0; i--)
            {
                int count = Read(i, text);
                if (count < 0)
                {
                    errors.Add(0, 0, "settings file " + _files[i].ToString() + " is damaged", "a whole file");
                    continue;
                }

                Settings settings = SettingsParser.Parse(text, count, board, errors);
                if (settings != null)
                {
                    return settings;
                }
            }

            return null;
        }
    }
}
