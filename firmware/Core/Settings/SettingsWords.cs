// Owns: how an error of a settings text is put into words: Chinese first, English behind, what was written cut and made visible.
// Must never: know a command, or search longer than its bounds.

using System.Text;

namespace Gateway.Core
{
    /// <summary>
    /// A text in two languages is one string, "Chinese\nEnglish": no settings line holds a line end, so what a person wrote is never
    /// taken for one. A text without a line end is the same in both.
    /// </summary>
    public static class SettingsWords
    {
        /// <summary>The Chinese of a text in two languages.</summary>
        public static string Chinese(string text)
        {
            int end = text.IndexOf('\n');
            return end < 0 ? text : text.Substring(0, end);
        }

        /// <summary>The English of a text in two languages.</summary>
        public static string English(string text)
        {
            int end = text.IndexOf('\n');
            return end < 0 ? text : text.Substring(end + 1);
        }

        /// <summary>True for our own words about what was found, false for what stands in the text.</summary>
        public static bool IsTold(string text)
        {
            return text.IndexOf('\n') >= 0;
        }

        /// <summary>What is told of something that stands in a text a second time.</summary>
        public static string Twice(string what)
        {
            return what + " 写了两次\n" + what + " a second time";
        }

        /// <summary>A whole error behind its file, line and column. Line 0 = the whole text, column 0 = the whole line.</summary>
        public static string Sentence(int line, int column, string found, string allowed)
        {
            string place = line == 0 ? "" : "第" + line.ToString() + "行" + (column == 0 ? "：" : "第" + column.ToString() + "列：");
            string written = IsTold(found) ? Chinese(found) : "写成 " + found;

            // A long list of words is the same in both languages; it stands once, at the end.
            bool list = !IsTold(allowed) && allowed.Length > Limits.ListTwiceMax;
            return place
                + written
                + "，应为 "
                + (list ? "下列之一" : Chinese(allowed))
                + " / found: "
                + English(found)
                + "; allowed: "
                + English(allowed);
        }

        /// <summary>What stands in the text, cut, so that a line of an error stays one.</summary>
        public static string Cut(string written)
        {
            if (written.Length <= Limits.ValueShownMax)
            {
                return written;
            }

            // Two halves of one character stay together.
            int end = written[Limits.ValueShownMax - 1] >= 0xD800 && written[Limits.ValueShownMax - 1] < 0xDC00 ? Limits.ValueShownMax - 1
                : Limits.ValueShownMax;
            return written.Substring(0, end) + "…";
        }

        /// <summary>Index of the first character that only looks like one of ours, or -1; only blanks and unseen ones on demand.</summary>
        public static int FirstLookalike(string text, int from, int end, bool blanks)
        {
            for (int i = from; i < end; i++)
            {
                char c = text[i];
                if (c > 127 && (IsBlank(c) || (!blanks && Half(c) != 0)))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>True for a blank that is no space, and for what is not seen at all.</summary>
        public static bool IsBlank(char c)
        {
            return c == 0x3000
                || c == 0x00A0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202F)
                || (c >= 0x205F && c <= 0x206F)
                || c == 0xFEFF
                || c == 0x00AD
                || c == 0x061C
                || c == 0x180E
                || (c >= 0xFFF9 && c <= 0xFFFB)
                || (c >= 0x0080 && c < 0x00A0);
        }

        /// <summary>What such a character is, with its number.</summary>
        public static string NameOf(char c)
        {
            string number = " U+" + ((int)c).ToString("X4");
            string shown = IsBlank(c) ? "" : " " + c.ToString();
            return ChineseName(c) + shown + number + "\n" + EnglishName(c) + shown + number;
        }

        /// <summary>What is to stand in its place.</summary>
        public static string InsteadOf(char c)
        {
            if (IsBlank(c))
            {
                return IsWide(c) ? "半角空格\na plain space" : "删去它\nnothing there: delete it";
            }

            string half = Half(c).ToString();
            return "半角 " + half + "\na plain " + half;
        }

        private static string ChineseName(char c)
        {
            if (c == 0x3000)
            {
                return "全角空格";
            }

            if (IsBlank(c))
            {
                return c == 0x00A0 || c == 0x202F || c == 0x2007 ? "不换行空格"
                    : c == 0x200B ? "零宽空格"
                    : IsWide(c) ? "特殊空格"
                    : c == 0xFEFF || c == 0x2060 || c == 0x200C || c == 0x200D ? "零宽字符"
                    : IsTurning(c) ? "方向控制字符"
                    : c == 0x2028 || c == 0x2029 ? "分隔字符"
                    : c < 0x00A0 ? "控制字符"
                    : "不可见字符";
            }

            int half = Half(c);
            return c == 0xFF1D ? "全角等号"
                : c == 0xFF1A ? "全角冒号"
                : c == 0xFF0C ? "全角逗号"
                : half == '"' || half == '\'' ? "中文引号"
                : c < 0xFF00 ? "中文标点"
                : half >= '0' && half <= '9' ? "全角数字"
                : (half >= 'a' && half <= 'z') || (half >= 'A' && half <= 'Z') ? "全角字母"
                : "全角符号";
        }

        private static string EnglishName(char c)
        {
            if (IsBlank(c))
            {
                return c == 0x3000 ? "full-width space"
                    : c == 0x00A0 || c == 0x202F || c == 0x2007 ? "no-break space"
                    : c == 0x200B ? "zero-width space"
                    : IsWide(c) ? "unusual space"
                    : IsTurning(c) ? "bidirectional control"
                    : c == 0x2028 || c == 0x2029 ? "separator"
                    : c < 0x00A0 ? "control character"
                    : "character that is not seen";
            }

            return c < 0xFF00 ? "typographic mark" : "full-width character";
        }

        /// <summary>Turns the order around in which the characters beside it are seen.</summary>
        private static bool IsTurning(char c)
        {
            return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        }

        /// <summary>A blank that takes room, so that a space was meant.</summary>
        private static bool IsWide(char c)
        {
            return c == 0x3000 || c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
        }

        /// <summary>The ASCII character that a full-width or typographic one stands for; '\0' when it is neither.</summary>
        private static char Half(char c)
        {
            if (c > 0xFF00 && c < 0xFF5F)
            {
                return (char)(c - 0xFEE0);
            }

            return c == 0x201C || c == 0x201D || c == 0x201E || c == 0x201F ? '"'
                : c == 0x2018 || c == 0x2019 ? '\''
                : c == 0x3001 ? ','
                : (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ? '-'
                : '\0';
        }

        /// <summary>Index of the first letter of another alphabet, which may look like one of ours, or -1.</summary>
        public static int FirstForeign(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                bool latin = c >= 0x00C0 && c < 0x0250 && c != 0x00D7 && c != 0x00F7;
                if (latin || (c >= 0x0370 && c < 0x0530) || (c >= 0xFB00 && c <= 0xFB06))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Such a letter with its number.</summary>
        public static string ForeignName(char c)
        {
            string number = c.ToString() + " U+" + ((int)c).ToString("X4");
            return "不是英文字母 " + number + "\nletter of another alphabet " + number;
        }

        /// <summary>A text without single quotes or corner brackets around it, which are no quotes here.</summary>
        public static string Unquoted(string text)
        {
            int last = text.Length - 1;
            bool quoted = last > 0
                && ((text[0] == '\'' && text[last] == '\'') || (text[0] == 0x300C && text[last] == 0x300D)
                    || (text[0] == 0x300E && text[last] == 0x300F));
            return quoted ? text.Substring(1, last - 1) : text;
        }

        /// <summary>
        /// How far a word is from a right one: what differs between their common beginning and end, letters in either case;
        /// -1 when more than half of it differs.
        /// </summary>
        public static int Distance(string word, string right)
        {
            int longer = word.Length > right.Length ? word.Length : right.Length;
            int shorter = word.Length + right.Length - longer;
            if (longer > Limits.NearWordMax || shorter * 2 < longer)
            {
                return -1;
            }

            int start = 0;
            while (start < shorter && Lower(word[start]) == Lower(right[start]))
            {
                start++;
            }

            int end = 0;
            while (end < shorter - start && Lower(word[word.Length - 1 - end]) == Lower(right[right.Length - 1 - end]))
            {
                end++;
            }

            int distance = longer - start - end;
            bool swapped =
                distance == 2
                && word.Length == right.Length
                && Lower(word[start]) == Lower(right[start + 1])
                && Lower(word[start + 1]) == Lower(right[start]);
            distance = swapped ? 1 : distance;
            return distance * 2 <= longer ? distance : -1;
        }

        private static int Lower(char c)
        {
            return c >= 'A' && c <= 'Z' ? c + 32
                : c == '_' ? '-'
                : c;
        }
    }
}
