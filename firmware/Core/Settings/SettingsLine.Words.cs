// Owns: taking one line of settings apart into a command, words and key=value pairs, with the column of each.
// Must never: know what a command or a value means.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class SettingsLine
    {
        /// <summary>Splits a line. False when its form is wrong; the error is noted.</summary>
        public bool Read(string text, int number)
        {
            Number = number;
            Command = null;
            _count = 0;
            _asked = "";
            int i = 0;
            while (true)
            {
                while (i < text.Length && (text[i] == ' ' || text[i] == '\t'))
                {
                    i++;
                }

                if (i >= text.Length || text[i] == '#')
                {
                    break;
                }

                i = ReadWord(text, i);
                if (i < 0)
                {
                    return false;
                }
            }

            if (_count > 0)
            {
                if (_key[0] != null)
                {
                    _errors.Add(SettingsReason.Form, Number, _column[0], _key[0] + "=", "a command word first");
                    return false;
                }

                Command = _value[0];
                _used[0] = true;
            }

            return true;
        }

        private int ReadWord(string text, int at)
        {
            if (_count == Limits.LineWordsMax)
            {
                _errors.Add(SettingsReason.Form, Number, at + 1, "a line of more words", Limits.LineWordsMax.ToString() + " words a line");
                return -1;
            }

            int start = at;
            string key = null;
            while (at < text.Length && text[at] != ' ' && text[at] != '\t' && text[at] != '#' && text[at] != '"')
            {
                if (text[at] == '=' && key == null)
                {
                    key = text.Substring(start, at - start);
                    if (key.Length == 0)
                    {
                        _errors.Add(SettingsReason.Form, Number, start + 1, "=", "key=value");
                        return -1;
                    }

                    at++;
                    break;
                }

                at++;
            }

            int valueAt = key == null ? start : at;
            string value;
            if (at < text.Length && text[at] == '"')
            {
                int close = text.IndexOf('"', at + 1);
                if (
                    valueAt != at
                    || close < 0
                    || (close + 1 < text.Length && text[close + 1] != ' ' && text[close + 1] != '\t' && text[close + 1] != '#')
                )
                {
                    string found = close < 0 ? "a quote without its end" : "a quote inside a word";
                    _errors.Add(SettingsReason.Form, Number, at + 1, found, "key=\"text\"");
                    return -1;
                }

                value = text.Substring(at + 1, close - at - 1);
                at = close + 1;
            }
            else
            {
                while (at < text.Length && text[at] != ' ' && text[at] != '\t' && text[at] != '#')
                {
                    at++;
                }

                value = text.Substring(valueAt, at - valueAt);
            }

            return Keep(key, value, start) ? at : -1;
        }

        private bool Keep(string key, string value, int start)
        {
            for (int i = 0; key != null && i < _count; i++)
            {
                if (_key[i] == key)
                {
                    _errors.Add(SettingsReason.Repeated, Number, start + 1, key + "= a second time", "each key once");
                    return false;
                }
            }

            _key[_count] = key;
            _value[_count] = value;
            _column[_count] = start + 1;
            _used[_count] = false;
            _count++;
            return true;
        }
    }
}
