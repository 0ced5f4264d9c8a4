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
        private readonly SettingsErrors _errors;
        private readonly SettingsTable _table = new SettingsTable();
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

        /// <summary>The number behind the command; -1 after an error.</summary>
        public int Number1(SettingKey key)
        {
            SettingsTable row = _table.Find(key);
            string word = Next();
            int number;
            if (word != null && ParseInt(word, out number) && number >= row.Least && number <= row.Most)
            {
                return number;
            }

            Lost = true;
            string range = row.Least.ToString() + ".." + row.Most.ToString();
            RefuseWord(row.Command + " 的编号 " + range + "\nthe " + row.Command + "'s number " + range);
            return -1;
        }

        /// <summary>A whole number under a key. Absent: its default, or an error when it has none.</summary>
        public int Int(SettingKey key)
        {
            SettingsTable row = _table.Find(key);
            return Int(key, row.Most, row.Whole());
        }

        /// <summary>
        /// The same where the most and the default are of this station. Absent: <paramref name="otherwise"/>, or an error when that is
        /// below the least.
        /// </summary>
        public int Int(SettingKey key, int most, int otherwise)
        {
            SettingsTable row = _table.Find(key);
            int i = Find(row.Key);
            if (i < 0)
            {
                if (otherwise < row.Least)
                {
                    Missing(row.Key, Range(row.Least, most));
                }

                return otherwise;
            }

            int value;
            if (ParseInt(_value[i], out value) && value >= row.Least && value <= most)
            {
                return value;
            }

            Error(i, Range(row.Least, most));
            return row.Least;
        }

        /// <summary>A word under a key; gives its index, -1 after an error. Absent: its default, or an error when it has none.</summary>
        public int Choice(SettingKey key)
        {
            SettingsTable row = _table.Find(key);
            string[] names = SettingsTable.Words(key);
            int i = Find(row.Key);
            if (i < 0)
            {
                if (row.Default == null)
                {
                    Missing(row.Key, Listed(names));
                    return -1;
                }

                return IndexOf(names, row.Default);
            }

            int index = IndexOf(names, _value[i]);
            if (index < 0)
            {
                Error(i, NearOr(_value[i], names));
            }

            return index;
        }

        /// <summary>Free text under a key. Absent: its default, or an error when it has none.</summary>
        public string Text(SettingKey which)
        {
            SettingsTable row = _table.Find(which);
            string key = row.Key;
            int bytesMax = row.Most;
            int i = Find(key);
            string allowed =
                "1.." + (bytesMax / 3).ToString() + "个汉字，或 1.." + bytesMax.ToString() + "个英文字符\ntext of 1.."
                + bytesMax.ToString() + " bytes, a Chinese character is 3";
            if (i < 0)
            {
                if (row.Default == null)
                {
                    Missing(key, allowed);
                    return "";
                }

                return row.Default;
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
        public string Raw(SettingKey key)
        {
            int i = Find(_table.Find(key).Key);
            return i < 0 ? null : _value[i];
        }

        /// <summary>The same, or the key's default.</summary>
        public string RawOrDefault(SettingKey key)
        {
            string text = Raw(key);
            return text == null ? _table.Default : text;
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
