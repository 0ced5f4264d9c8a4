// Owns: what is told of words that stand where only key=value may.
// Must never: tell what follows from such a word; the line's values are not judged then.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class SettingsLine
    {
        /// <summary>
        /// Refuses the first word too many, with what was probably meant. True when there is one: then values are cut off or glued, and
        /// what is wrong with them follows from it.
        /// </summary>
        /// <param name="commands">All commands: one of them inside a line begins another.</param>
        /// <param name="words">Commands that have one word behind them.</param>
        public bool RefuseStrays(string[] commands, string[] words)
        {
            if (Command == "rule" || IndexOf(commands, Command) < 0)
            {
                return false;
            }

            int most = IndexOf(words, Command) >= 0 ? 1 : 0;
            for (int i = 1; i < _count; i++)
            {
                if (_key[i] == null && most-- <= 0)
                {
                    Lost = true;
                    RefuseStray(i, commands);
                    return true;
                }
            }

            return false;
        }

        /// <summary>Refuses key=value in a rule, where a colon stands; true when there is one.</summary>
        public bool RefusePairs()
        {
            for (int i = 1; i < _count; i++)
            {
                if (_key[i] != null)
                {
                    string pair = SettingsWords.Cut(_key[i] + ":" + _value[i]);
                    AddAt(SettingsReason.Form, _column[i], Written(i), "规则里用冒号：" + pair + "\na colon in a rule: " + pair);
                    return true;
                }
            }

            return false;
        }

        private void RefuseStray(int i, string[] commands)
        {
            string word = _value[i];
            int colon = word.IndexOf(':');
            int equals = word.IndexOf('=');
            string allowed;
            if (BeginsComment(word))
            {
                allowed = "注释以 # 开头\na comment begins with #";
            }
            else if (word[0] == ',' || EndsWithComma(i - 1))
            {
                allowed = "逗号前后不留空格，如 1,2\nno space beside a comma, as in 1,2";
            }
            else if (IndexOf(commands, word) >= 0)
            {
                allowed = "一行只写一条命令，" + word + " 另起一行\none command a line: " + word + " on a line of its own";
            }
            else if (equals > 0)
            {
                string pair = SettingsWords.Cut(word.Substring(0, equals + 1) + "\"" + word.Substring(equals + 1) + "\"");
                allowed = "引号写在 = 后面：" + pair + "\nthe quotes behind the =: " + pair;
            }
            else if (colon > 0 && IsWord(word, colon))
            {
                string pair = SettingsWords.Cut(word.Substring(0, colon) + "=" + word.Substring(colon + 1));
                allowed = "用等号：" + pair + "\nan equals sign: " + pair;
            }
            else if (_key[i - 1] == "name")
            {
                RefuseUnquoted(i);
                return;
            }
            else
            {
                allowed = "这里只写 键=值，= 两边不留空格\nonly key=value here, without a space beside the =";
            }

            AddAt(SettingsReason.UnknownWord, _column[i], SettingsWords.Cut(word), allowed);
        }

        private static bool BeginsComment(string word)
        {
            return word.IndexOf("//") == 0 || word.IndexOf("--") == 0 || word.IndexOf("/*") == 0 || word.IndexOf(';') == 0
                || word.IndexOf('；') == 0;
        }

        private bool EndsWithComma(int i)
        {
            string value = _value[i];
            return value.Length > 0 && value[value.Length - 1] == ',';
        }

        private static bool IsWord(string text, int end)
        {
            for (int i = 0; i < end; i++)
            {
                char c = text[i];
                if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
