// Owns: one line of settings: its words, their columns, and reading typed values from them.
// Must never: know what a command means.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A line is a command, words, and key=value pairs in any order: <c>zone 1 kind=smoke name="厨房"</c>. A value in quotes may hold spaces.
    /// '#' begins a comment. Each value is read once by a typed method; what is left over is refused by <see cref="End"/>.
    /// </summary>
    public sealed partial class SettingsLine
    {
        private static readonly string[] s_yesNo = { "no", "yes" };

        private readonly SettingsErrors _errors;
        private readonly string[] _key = new string[Limits.LineWordsMax];
        private readonly string[] _value = new string[Limits.LineWordsMax];
        private readonly int[] _column = new int[Limits.LineWordsMax];
        private readonly int[] _valueColumn = new int[Limits.LineWordsMax];
        private readonly bool[] _used = new bool[Limits.LineWordsMax];
        private readonly bool[] _told = new bool[Limits.LineWordsMax];
        private bool _openQuote;
        private int _count;
        private int _last;

        public SettingsLine(SettingsErrors errors)
        {
            _errors = errors;
        }

        /// <summary>Number of the line, from 1.</summary>
        public int Number { get; private set; }

        /// <summary>The first word, or null for an empty line.</summary>
        public string Command { get; private set; }

        /// <summary>The next word without a key, or null when the line has no more.</summary>
        public string Next()
        {
            for (int i = 1; i < _count; i++)
            {
                if (!_used[i] && _key[i] == null)
                {
                    _used[i] = true;
                    _last = i;
                    return _value[i];
                }
            }

            _last = -1;
            return null;
        }

        /// <summary>The number behind the command, 1..<paramref name="max"/>; -1 after an error.</summary>
        public int Number1(string what, int max)
        {
            string word = Next();
            int number;
            if (word != null && ParseInt(word, out number) && number >= 1 && number <= max)
            {
                return number;
            }

            Lost = true;
            string range = "1.." + max.ToString();
            RefuseWord(what + " 的编号 " + range + "\nthe " + what + "'s number " + range);
            return -1;
        }

        /// <summary>
        /// A whole number under a key. Absent: <paramref name="otherwise"/>, or an error when that is below <paramref name="min"/>.
        /// </summary>
        public int Int(string key, int min, int max, int otherwise)
        {
            int i = Find(key);
            if (i < 0)
            {
                if (otherwise < min)
                {
                    Missing(key, Range(min, max));
                }

                return otherwise;
            }

            int value;
            if (ParseInt(_value[i], out value) && value >= min && value <= max)
            {
                return value;
            }

            Error(i, Range(min, max));
            return min;
        }

        /// <summary>yes or no; no where the key is absent.</summary>
        public bool YesNo(string key)
        {
            return Choice(key, s_yesNo, 0) == 1;
        }

        /// <summary>
        /// A word of a table under a key; gives its index, -1 after an error. Absent: <paramref name="otherwise"/>, or an error when that
        /// is -1.
        /// </summary>
        public int Choice(string key, string[] names, int otherwise)
        {
            int i = Find(key);
            if (i < 0)
            {
                if (otherwise < 0)
                {
                    Missing(key, Listed(names));
                }

                return otherwise;
            }

            int index = IndexOf(names, _value[i]);
            if (index < 0)
            {
                Error(i, NearOr(_value[i], names));
            }

            return index;
        }

        /// <summary>
        /// Free text under a key, at most <paramref name="bytesMax"/> bytes of UTF-8. Absent: <paramref name="otherwise"/>, or an error
        /// when that is null.
        /// </summary>
        public string Text(string key, int bytesMax, string otherwise)
        {
            int i = Find(key);
            string allowed =
                "1.." + (bytesMax / 3).ToString() + "个汉字，或 1.." + bytesMax.ToString() + "个英文字符\ntext of 1.."
                + bytesMax.ToString() + " bytes, a Chinese character is 3";
            if (i < 0)
            {
                if (otherwise == null)
                {
                    Missing(key, allowed);
                    return "";
                }

                return otherwise;
            }

            int bytes = Encoding.UTF8.GetBytes(_value[i]).Length;
            if (bytes == 0)
            {
                _told[i] = true;
                AddAt(SettingsReason.NotAllowed, _column[i], key + "= 后面是空的\n" + key + "= with nothing behind it", allowed);
            }
            else if (Unseen(_value[i]) >= 0)
            {
                int at = Unseen(_value[i]);
                _told[i] = true;
                AddAt(
                    SettingsReason.NotAllowed, _valueColumn[i] + at, SettingsWords.NameOf(_value[i][at]),
                    SettingsWords.InsteadOf(_value[i][at]));
            }
            else if (bytes > bytesMax)
            {
                _told[i] = true;
                string shown = key + "=" + SettingsWords.Cut(_value[i]);
                string found =
                    "写成 " + shown + "，长 " + _value[i].Length.ToString() + " 个字符、" + bytes.ToString() + " 字节\n"
                    + shown + ", " + _value[i].Length.ToString() + " characters, " + bytes.ToString() + " bytes";
                AddAt(SettingsReason.NotAllowed, _column[i], found, allowed);
            }

            return _value[i];
        }

        /// <summary>A name that looks like another, or turns what stands beside it around, misleads who reads a panel or a list.</summary>
        private static int Unseen(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] != 0x3000 && SettingsWords.IsBlank(text[i]))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>The value under a key as written, or null; the caller judges it with <see cref="Refuse"/>.</summary>
        public string Raw(string key)
        {
            int i = Find(key);
            return i < 0 ? null : _value[i];
        }

        /// <summary>A decimal number with an optional minus, without the traps of the platform's own parser.</summary>
        public static bool ParseInt(string text, out int value)
        {
            value = 0;
            int at = text.Length > 1 && text[0] == '-' ? 1 : 0;
            if (text.Length == at || text.Length > at + 9)
            {
                return false;
            }

            for (int i = at; i < text.Length; i++)
            {
                char c = text[i];
                if (c < '0' || c > '9')
                {
                    return false;
                }

                value = value * 10 + (c - '0');
            }

            if (at == 1)
            {
                value = -value;
            }

            return true;
        }

        public static int IndexOf(string[] names, string name)
        {
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        public static string Listed(string[] names)
        {
            return Listed(names, names.Length);
        }

        private static string Listed(string[] names, int count)
        {
            string all = names[0];
            for (int i = 1; i < count; i++)
            {
                all += ", " + names[i];
            }

            return all;
        }

        private static string Range(int min, int max)
        {
            string range = min.ToString() + ".." + max.ToString();
            return range + " 的整数\na whole number " + range;
        }

        private int Find(string key)
        {
            int asked = 0;
            while (asked < _askedCount && _asked[asked] != key)
            {
                asked++;
            }

            if (asked == _askedCount && asked < Limits.LineKeysMax)
            {
                _asked[asked] = key;
                _askedCount++;
            }

            for (int i = 1; i < _count; i++)
            {
                if (_key[i] == key)
                {
                    _used[i] = true;
                    return i;
                }
            }

            return -1;
        }
    }
}
