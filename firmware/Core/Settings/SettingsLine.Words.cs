// Owns: taking one line of settings apart into a command, words and key=value pairs, with the column of each.
// Must never: know what a command or a value means.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class SettingsLine
    {
        private const string InsideWord = "引号在词的中间\na quote inside a word";
        private const string Quoted = "键=\"文字\"\nkey=\"text\"";

        /// <summary>Splits a line. False when its form is wrong; the error is noted.</summary>
        public bool Read(string text, int number)
        {
            Number = number;
            Command = null;
            _count = 0;
            _askedCount = 0;
            _missingCount = 0;
            _searches = 0;
            _before = _errors.Total;
            _lack = null;
            _misspelt = false;
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

            _openQuote = false;
            if (_count > 0)
            {
                if (_key[0] != null)
                {
                    AddAt(SettingsReason.Form, _column[0], Written(0), "先写命令；一条命令写在一行里\na command word first; a command is one line");
                    return false;
                }

                Command = _value[0];
                _used[0] = true;
                _last = 0;
            }

            return true;
        }

        private int ReadWord(string text, int at)
        {
            if (_count == Limits.LineWordsMax)
            {
                string most = Limits.LineWordsMax.ToString();
                AddAt(SettingsReason.Form, at + 1, "这一行词太多\na line of more words", "每行最多 " + most + " 个词\n" + most + " words a line");
                return -1;
            }

            int start = at;
            string key = null;
            bool ours = text[at] < 128 || text[at] >= 0xFF00;
            while (at < text.Length && text[at] != ' ' && text[at] != '\t' && text[at] != '#' && text[at] != '"')
            {
                // Behind a Chinese character it may be the rest of a free text; then its missing quotes are what is told.
                if (SettingsWords.FirstLookalike(text, at, at + 1, !ours) >= 0)
                {
                    Lookalike(at + 1, text[at]);
                    return -1;
                }

                if (text[at] == '=' && key == null)
                {
                    key = text.Substring(start, at - start);
                    if (key.Length == 0)
                    {
                        AddAt(SettingsReason.Form, start + 1, "=", "键=值\nkey=value");
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
                    // The line behind a broken value has its other quote.
                    if (close >= 0 || !_openQuote)
                    {
                        AddAt(SettingsReason.Form, at + 1, close < 0 ? "引号没有成对\na quote without its end" : InsideWord, Quoted);
                    }

                    _openQuote = close < 0 && !_openQuote;
                    return -1;
                }

                valueAt = at + 1;
                value = text.Substring(valueAt, close - valueAt);
                at = close + 1;
            }
            else
            {
                while (at < text.Length && text[at] != ' ' && text[at] != '\t' && text[at] != '#')
                {
                    if (text[at] == '"')
                    {
                        AddAt(SettingsReason.Form, at + 1, InsideWord, Quoted);
                        return -1;
                    }

                    if (SettingsWords.FirstLookalike(text, at, at + 1, true) >= 0)
                    {
                        Lookalike(at + 1, text[at]);
                        return -1;
                    }

                    at++;
                }

                value = text.Substring(valueAt, at - valueAt);
            }

            return Keep(key, value, start, valueAt) ? at : -1;
        }

        private bool Keep(string key, string value, int start, int valueAt)
        {
            for (int i = 0; key != null && i < _count; i++)
            {
                if (_key[i] == key)
                {
                    string twice = SettingsWords.Twice(key + "=");
                    AddAt(SettingsReason.Repeated, start + 1, twice, "每个键一次，一行一条命令\neach key once, one command a line");
                    return false;
                }
            }

            _key[_count] = key;
            _value[_count] = value;
            _column[_count] = start + 1;
            _valueColumn[_count] = valueAt + 1;
            _used[_count] = false;
            _told[_count] = false;
            _count++;
            return true;
        }
    }
}
