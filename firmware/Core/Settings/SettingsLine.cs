// Owns: one line of settings: its words, their columns, and reading typed values from them with an error that names the place.
// Must never: know what a command means.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A line is a command, words, and key=value pairs in any order: <c>zone 1 kind=smoke name="厨房"</c>. A value in quotes may hold spaces.
    /// '#' begins a comment. Each value is read once by a typed method; what is left over is refused.
    /// </summary>
    public sealed partial class SettingsLine
    {
        private readonly SettingsErrors _errors;
        private readonly string[] _key = new string[Limits.LineWordsMax];
        private readonly string[] _value = new string[Limits.LineWordsMax];
        private readonly int[] _column = new int[Limits.LineWordsMax];
        private readonly bool[] _used = new bool[Limits.LineWordsMax];
        private int _count;
        private int _last;
        private string _asked = "";

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

        /// <summary>Notes an error at the word that <see cref="Next"/> gave last, or at the line's end.</summary>
        public void RefuseWord(string allowed)
        {
            if (_last < 0)
            {
                _errors.Add(SettingsReason.Missing, Number, _count == 0 ? 1 : _column[_count - 1], "the line's end", allowed);
            }
            else
            {
                Error(_last, _value[_last], allowed);
            }
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

            RefuseWord("the " + what + "'s number 1.." + max.ToString());
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

            Error(i, key + "=" + _value[i], Range(min, max));
            return min;
        }

        /// <summary>
        /// A word of a table under a key; gives its index. Absent: <paramref name="otherwise"/>, or an error when that is -1.
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
                Error(i, key + "=" + _value[i], Listed(names));
                return 0;
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
            if (i < 0)
            {
                if (otherwise == null)
                {
                    Missing(key, "text of 1.." + bytesMax.ToString() + " bytes");
                    return "";
                }

                return otherwise;
            }

            int bytes = Encoding.UTF8.GetBytes(_value[i]).Length;
            if (bytes == 0 || bytes > bytesMax)
            {
                Error(i, key + "=" + _value[i], "text of 1.." + bytesMax.ToString() + " bytes");
            }

            return _value[i];
        }

        /// <summary>The value under a key as written, or null; the caller judges it with <see cref="Refuse"/>.</summary>
        public string Raw(string key)
        {
            int i = Find(key);
            return i < 0 ? null : _value[i];
        }

        /// <summary>Notes an error at a key's place.</summary>
        public void Refuse(string key, string allowed)
        {
            for (int i = 1; i < _count; i++)
            {
                if (_key[i] == key)
                {
                    Error(i, key + "=" + _value[i], allowed);
                    return;
                }
            }

            Missing(key, allowed);
        }

        /// <summary>Notes an error of the line as a whole.</summary>
        public void RefuseLine(int reason, string found, string allowed)
        {
            _errors.Add(reason, Number, 1, found, allowed);
        }

        /// <summary>Refuses every word that nobody asked for, and says which keys the command has.</summary>
        public void RefuseUnused()
        {
            for (int i = 1; i < _count; i++)
            {
                if (!_used[i])
                {
                    string found = _key[i] == null ? _value[i] : _key[i] + "=" + _value[i];
                    string allowed = _asked.Length == 0 ? "nothing more" : "keys " + _asked;
                    _errors.Add(SettingsReason.UnknownWord, Number, _column[i], found, allowed);
                }
            }
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
            string all = names[0];
            for (int i = 1; i < names.Length; i++)
            {
                all += ", " + names[i];
            }

            return all;
        }

        private static string Range(int min, int max)
        {
            return "a whole number " + min.ToString() + ".." + max.ToString();
        }

        private int Find(string key)
        {
            _asked = _asked.Length == 0 ? key : _asked + ", " + key;
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

        private void Missing(string key, string allowed)
        {
            _errors.Add(SettingsReason.Missing, Number, 1, Command + " without " + key + "=", key + "= " + allowed);
        }

        private void Error(int word, string found, string allowed)
        {
            _errors.Add(SettingsReason.NotAllowed, Number, _column[word], found, allowed);
        }
    }
}
