// Owns: what is told of a line that is wrong: each fault once, at its own place, with the nearest right word.
// Must never: tell what only follows from another fault, or search without a bound.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class SettingsLine
    {
        private readonly string[] _asked = new string[Limits.LineKeysMax];
        private readonly string[] _missing = new string[Limits.LineMissingMax];
        private readonly string[] _missingAllowed = new string[Limits.LineMissingMax];
        private int _askedCount;
        private int _missingCount;
        private int _searches;
        private int _before;
        private string _lack;
        private string _lackAllowed;
        private bool _misspelt;

        /// <summary>True once a line of this text could not be taken: what it would have added is not there, and is not missed.</summary>
        public bool Lost { get; set; }

        /// <summary>True once a line of this text had an error: values of it are not known, and nothing is concluded from them.</summary>
        public bool Doubt { get; set; }

        /// <summary>True when this line has no error so far.</summary>
        public bool Clean
        {
            get { return _errors.Total == _before && _missingCount == 0 && _lack == null; }
        }

        /// <summary>Notes an error at the word that <see cref="Next"/> gave last, or at the line's end.</summary>
        public void RefuseWord(string allowed)
        {
            if (_last < 0)
            {
                AddAt(SettingsReason.Missing, _count == 0 ? 1 : _column[_count - 1], "这一行没写完\nthe line's end", allowed);
            }
            else
            {
                Error(_last, allowed);
            }
        }

        /// <summary>Notes that the word that <see cref="Next"/> gave last is none of some names.</summary>
        public void RefuseName(string word, string[] names)
        {
            RefuseWord(word == null ? Listed(names) : NearOr(word, names));
        }

        /// <summary>Notes an error at a key's place.</summary>
        public void Refuse(SettingKey which, string allowed)
        {
            string key = _table.Find(which).Key;
            for (int i = 1; i < _count; i++)
            {
                if (_key[i] == key)
                {
                    Error(i, allowed);
                    return;
                }
            }

            Missing(key, allowed);
        }

        /// <summary>Notes an error of the line as a whole. What values exclude each other is told when each of them is right.</summary>
        public void RefuseLine(SettingsReason reason, string found, string allowed)
        {
            if (reason == SettingsReason.Missing)
            {
                _lack = found;
                _lackAllowed = allowed;
            }
            else if (reason != SettingsReason.NotAllowed || Clean)
            {
                AddAt(reason, 1, found, allowed);
            }
        }

        /// <summary>Refuses a command that there is not.</summary>
        public void RefuseCommand(string[] commands)
        {
            Lost = true;
            int foreign = SettingsWords.FirstForeign(Command);
            if (BeginsComment(Command))
            {
                AddAt(SettingsReason.UnknownWord, _column[0], SettingsWords.Cut(Command), "注释以 # 开头\na comment begins with #");
            }
            else if (foreign >= 0)
            {
                Foreign(_column[0] + foreign, Command[foreign], NearOr(Command, commands));
            }
            else
            {
                AddAt(SettingsReason.UnknownWord, 1, SettingsWords.Cut(Command), NearOr(Command, commands));
            }
        }

        /// <summary>The nearest of some words, or null; only <see cref="Limits.NearPerLine"/> times a line.</summary>
        public string Near(string word, string[] names)
        {
            return Near(word, names, names.Length);
        }

        /// <summary>
        /// Called after the last value was read: reports missing keys and words that no key took. A word is reported with the key that was
        /// probably meant; a word that may belong to a wrong value is not reported.
        /// </summary>
        public void End()
        {
            bool clean = Clean;
            for (int m = 0; m < _missingCount; m++)
            {
                int meant = _errors.Total < _before + Limits.SettingsErrorsMax ? NearestUnused(_missing[m]) : -1;
                if (meant >= 0)
                {
                    RefuseKey(meant, _missing[m]);
                }
                else
                {
                    string found = Command + " 缺 " + _missing[m] + "=\n" + Command + " without " + _missing[m] + "=";
                    string chinese = _missing[m] + "= " + SettingsWords.Chinese(_missingAllowed[m]);
                    string english = _missing[m] + "= " + SettingsWords.English(_missingAllowed[m]);
                    AddAt(SettingsReason.Missing, 1, found, chinese + "\n" + english);
                }
            }

            for (int i = 1; i < _count; i++)
            {
                if (_used[i])
                {
                    continue;
                }

                if (_key[i] != null)
                {
                    string meant = Near(_key[i], _asked, _askedCount);
                    if (meant != null)
                    {
                        RefuseKey(i, meant);
                    }
                    else if (clean)
                    {
                        string keys = _askedCount == 0 ? "这里不再有内容\nnothing more" : "下列键之一\nkeys " + Listed(_asked, _askedCount);
                        AddAt(SettingsReason.UnknownWord, _column[i], Written(i), keys);
                    }
                }
            }

            if (_lack != null && !_misspelt)
            {
                AddAt(SettingsReason.Missing, 1, _lack, _lackAllowed);
            }
        }

        /// <summary>Words behind a free text are its rest.</summary>
        private void RefuseUnquoted(int i)
        {
            int text = i - 1;
            string whole = _value[text];
            while (i < _count && _key[i] == null && !_used[i])
            {
                whole += " " + _value[i];
                i++;
            }

            // Typographic quotes around it are what is wrong, and the first of them is the place.
            int odd = SettingsWords.FirstLookalike(_value[text], 0, _value[text].Length == 0 ? 0 : 1, false);
            if (odd == 0)
            {
                Lookalike(_valueColumn[text], _value[text][0]);
            }
            else
            {
                string pair = _key[text] + "=\"" + SettingsWords.Cut(SettingsWords.Unquoted(whole)) + "\"";
                string told = "值里有空格要加引号：" + pair + "\na value with a space in quotes: " + pair;
                AddAt(SettingsReason.UnknownWord, _column[text + 1], Written(text + 1), told);
            }
        }

        private void RefuseKey(int word, string meant)
        {
            _misspelt = true;
            _used[word] = true;
            int foreign = SettingsWords.FirstForeign(_key[word]);
            if (foreign >= 0)
            {
                Foreign(_column[word] + foreign, _key[word][foreign], meant + "=");
                return;
            }

            AddAt(SettingsReason.UnknownWord, _column[word], SettingsWords.Cut(_key[word]) + "=", meant + "=");
        }

        private int NearestUnused(string key)
        {
            int nearest = -1;
            int least = Limits.NearWordMax;
            for (int i = 1; i < _count && _searches < Limits.NearPerLine; i++)
            {
                int distance = _used[i] || _key[i] == null ? -1 : SettingsWords.Distance(_key[i], key);
                if (distance >= 0 && distance < least)
                {
                    least = distance;
                    nearest = i;
                }
            }

            _searches++;
            return nearest;
        }

        private string Near(string word, string[] names, int count)
        {
            string nearest = null;
            if (_searches < Limits.NearPerLine)
            {
                _searches++;
                int least = Limits.NearWordMax;
                for (int n = 0; n < count; n++)
                {
                    int distance = SettingsWords.Distance(word, names[n]);
                    if (distance >= 0 && distance < least)
                    {
                        least = distance;
                        nearest = names[n];
                    }
                }
            }

            return nearest;
        }

        /// <summary>The nearest word, with the others where they are few; all of them where none is near.</summary>
        public string NearOr(string word, string[] names)
        {
            string all = Listed(names);
            string near = Near(word, names);
            string others = all.Length > Limits.ListTwiceMax ? "（或下列之一）" : "（可用 " + all + "）";
            return near == null || names.Length <= 2 ? all : near + others + "\n" + near + " (one of " + all + ")";
        }

        private void Missing(string key, string allowed)
        {
            if (_missingCount < Limits.LineMissingMax)
            {
                _missing[_missingCount] = key;
                _missingAllowed[_missingCount] = allowed;
                _missingCount++;
            }
        }

        /// <summary>A word is told once: what is said of it later follows from the same fault.</summary>
        private void Error(int word, string allowed)
        {
            if (_told[word])
            {
                return;
            }

            _told[word] = true;
            int odd = SettingsWords.FirstLookalike(_value[word], 0, _value[word].Length, false);
            int foreign = SettingsWords.FirstForeign(_value[word]);
            if (odd >= 0)
            {
                Lookalike(_valueColumn[word] + odd, _value[word][odd]);
            }
            else if (foreign >= 0)
            {
                Foreign(_valueColumn[word] + foreign, _value[word][foreign], allowed);
            }
            else
            {
                AddAt(SettingsReason.NotAllowed, _column[word], Written(word), allowed);
            }
        }

        private void Foreign(int column, char c, string allowed)
        {
            AddAt(SettingsReason.Form, column, SettingsWords.ForeignName(c), allowed);
        }

        private void Lookalike(int column, char c)
        {
            AddAt(SettingsReason.Form, column, SettingsWords.NameOf(c), SettingsWords.InsteadOf(c));
        }

        private string Written(int word)
        {
            string value = SettingsWords.Cut(_value[word]);
            return _key[word] == null ? value : SettingsWords.Cut(_key[word]) + "=" + value;
        }

        private void AddAt(SettingsReason reason, int column, string found, string allowed)
        {
            _errors.Add(reason, Number, column, found, allowed);
        }
    }
}
