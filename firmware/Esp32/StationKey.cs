// Owns: reading the station's key and broker password from their file.
// Must never: print, log or put into a note what the file holds.

using System.Text;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>
    /// Lines <c>key</c> with 64 hex digits and <c>password</c> with text to the end of the line; '#' begins a comment line. The county's
    /// tool writes such a file with a new station.
    /// </summary>
    public sealed class StationKey
    {
        private const string FileName = "station.key";
        private const string KeyAllowed = "key 和 64 位十六进制 and 64 hex digits";

        private readonly TechnicianNotes _notes;
        private readonly int _notesBefore;
        private bool _keySeen;
        private bool _passwordSeen;

        private StationKey(TechnicianNotes notes)
        {
            _notes = notes;
            _notesBefore = notes.Count;
        }

        /// <summary>32 bytes.</summary>
        public byte[] Key { get; private set; }

        /// <summary>For the broker; null when the file has none.</summary>
        public string Password { get; private set; }

        /// <summary>Reads the file of the drive; null with notes when anything is wrong.</summary>
        public static StationKey Load(string root, TechnicianNotes notes)
        {
            byte[] bytes = new byte[EspLimits.KeyFileBytesMax];
            int count = EspFiles.Read(root + FileName, bytes);
            if (count == EspFiles.Absent)
            {
                notes.Add(FileName, 0, "没有此文件 no such file", "the county's file with the lines key and password");
                return null;
            }

            if (count < 0 || count > bytes.Length)
            {
                string found = count < 0 ? "an unreadable file" : count.ToString() + " bytes";
                notes.Add(FileName, 0, found, "at most " + bytes.Length.ToString() + " bytes");
                return null;
            }

            return Parse(bytes, count, notes);
        }

        /// <summary>Reads a text; null with notes when anything is wrong.</summary>
        public static StationKey Parse(byte[] text, int count, TechnicianNotes notes)
        {
            StationKey key = new StationKey(notes);
            int at = count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;
            int number = 0;
            while (at < count)
            {
                int end = at;
                while (end < count && text[end] != (byte)'\n')
                {
                    end++;
                }

                number++;
                key.ReadLine(text, at, end, number);
                at = end + 1;
            }

            if (!key._keySeen)
            {
                notes.Add(FileName, 0, "no key line", KeyAllowed);
            }

            return notes.Count == key._notesBefore ? key : null;
        }

        private void ReadLine(byte[] text, int at, int end, int number)
        {
            if (Utf8.FirstBad(text, at, end) >= 0)
            {
                _notes.Add(FileName, number, "a byte that is not UTF-8 text", "UTF-8 without control characters");
                return;
            }

            string line = Encoding.UTF8.GetString(text, at, end - at).Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                return;
            }

            int space = line.IndexOf(' ');
            string word = space < 0 ? line : line.Substring(0, space);
            string value = space < 0 ? "" : line.Substring(space + 1).Trim();
            switch (word)
            {
                case "key":
                    ReadKey(value, number);
                    break;
                case "password":
                    ReadPassword(value, number);
                    break;
                default:
                    // The word is not shown: it may be a key that somebody pasted without its name.
                    _notes.Add(FileName, number, "a line that begins with neither", "key, password, # comment");
                    break;
            }
        }

        private void ReadKey(string value, int number)
        {
            if (_keySeen)
            {
                _notes.Add(FileName, number, "key a second time", "one key line");
                return;
            }

            _keySeen = true;
            byte[] key = new byte[Mac.KeyBytes];
            bool good = value.Length == Mac.KeyBytes * 2;
            for (int i = 0; good && i < value.Length; i++)
            {
                int digit = Digit(value[i]);
                good = digit >= 0;
                key[i >> 1] = (byte)((key[i >> 1] << 4) | (digit & 15));
            }

            if (!good)
            {
                _notes.Add(FileName, number, "a key of " + value.Length.ToString() + " characters or with others than hex digits",
                    KeyAllowed);
                return;
            }

            Key = key;
        }

        private void ReadPassword(string value, int number)
        {
            if (_passwordSeen)
            {
                _notes.Add(FileName, number, "password a second time", "one password line");
                return;
            }

            _passwordSeen = true;
            if (value.Length == 0 || Encoding.UTF8.GetBytes(value).Length > EspLimits.PasswordBytesMax)
            {
                _notes.Add(FileName, number, "a password of the wrong length", "1.." + EspLimits.PasswordBytesMax.ToString() + " bytes");
                return;
            }

            Password = value;
        }

        private static int Digit(char c)
        {
            if (c >= '0' && c <= '9')
            {
                return c - '0';
            }

            if (c >= 'a' && c <= 'f')
            {
                return c - 'a' + 10;
            }

            return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        }
    }
}
