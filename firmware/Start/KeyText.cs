// Owns: reading the station's key and broker password from the text of their file.
// Must never: print, log or put into a note what the file holds.

using System.Text;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>
    /// Lines <c>key</c> with 64 hex digits and <c>password</c> with text to the end of the line; '#' begins a comment line. The county's
    /// tool writes such a file with a new station.
    /// </summary>
    public sealed class KeyText
    {
        private const string KeyAllowed = "key 后接 64 个十六进制字符\nkey and 64 hex digits";
        private const string PasswordAllowed = "password 后接口令，1..256 字节\npassword and 1..256 bytes";

        private readonly string _file;
        private readonly PlaceNotes _notes;
        private bool _wrong;
        private bool _keySeen;
        private bool _passwordSeen;

        private KeyText(string file, PlaceNotes notes)
        {
            _file = file;
            _notes = notes;
        }

        /// <summary>32 bytes.</summary>
        public byte[] Key { get; private set; }

        /// <summary>For the broker; null when the file has none.</summary>
        public string Password { get; private set; }

        /// <summary>Reads a text; null with notes when anything is wrong.</summary>
        /// <param name="file">Its name in the notes.</param>
        /// <param name="text">UTF-8.</param>
        /// <param name="count">Bytes of the text, or of a file that was too long to be read whole.</param>
        /// <param name="notes">Gets what is wrong.</param>
        public static KeyText Parse(string file, byte[] text, int count, PlaceNotes notes)
        {
            KeyText key = new KeyText(file, notes);
            if (count > StartLimits.KeyFileBytesMax)
            {
                string most = StartLimits.KeyFileBytesMax.ToString();
                string size = count.ToString();
                string allowed = "至多 " + most + " 字节\nat most " + most + " bytes";
                key.Refuse(0, "至少 " + size + " 字节\nat least " + size + " bytes", allowed);
                return null;
            }

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
                key.Refuse(0, "没有 key 行\nno key line", KeyAllowed);
            }

            return key._wrong ? null : key;
        }

        private void Refuse(int line, string found, string allowed)
        {
            _wrong = true;
            _notes.Add(_file, line, found, allowed);
        }

        private void ReadLine(byte[] text, int at, int end, int number)
        {
            if (Utf8.FirstBad(text, at, end) >= 0)
            {
                Refuse(number, "不是 UTF-8 文本\na byte that is not UTF-8 text", "UTF-8，没有控制字符\nUTF-8 without control characters");
                return;
            }

            string line = Encoding.UTF8.GetString(text, at, end - at).Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                return;
            }

            int wordChars = 0;
            while (wordChars < line.Length && line[wordChars] != ' ' && line[wordChars] != '\t')
            {
                wordChars++;
            }

            string word = line.Substring(0, wordChars);
            string value = line.Substring(wordChars).Trim();
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
                    Refuse(number, "行首是别的词\na line that begins with another word", "key, password, # comment");
                    break;
            }
        }

        private void ReadKey(string value, int number)
        {
            if (_keySeen)
            {
                Refuse(number, "又一行 key\nkey a second time", "一行 key\none key line");
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
                string size = value.Length.ToString();
                string chinese = "key 有 " + size + " 个字符，或有十六进制以外的";
                Refuse(number, chinese + "\na key of " + size + " characters or with others than hex digits", KeyAllowed);
                return;
            }

            Key = key;
        }

        private void ReadPassword(string value, int number)
        {
            if (_passwordSeen)
            {
                Refuse(number, "又一行 password\npassword a second time", "一行 password\none password line");
                return;
            }

            _passwordSeen = true;
            if (value.Length == 0 || Encoding.UTF8.GetBytes(value).Length > StartLimits.PasswordBytesMax)
            {
                Refuse(number, "password 长度不对\na password of the wrong length", PasswordAllowed);
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
