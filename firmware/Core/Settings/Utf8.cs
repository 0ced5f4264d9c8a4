// Owns: the check that a text is UTF-8 before it is read as such, and a sent line made fit to be shown.
// Must never: repair a text of settings; one in another encoding is refused with its place.

using System.Text;

namespace Gateway.Core
{
    /// <summary>
    /// UTF-8 as of RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF, no control characters but tab and line ends.
    /// </summary>
    public static class Utf8
    {
        /// <summary>The index of the first byte that does not belong, or -1.</summary>
        public static int FirstBad(byte[] text, int at, int end)
        {
            int i = at;
            while (i < end)
            {
                int length = Length(text, i, end);
                if (length == 0)
                {
                    return i;
                }

                i += length;
            }

            return -1;
        }

        /// <summary>
        /// A line that somebody sent, fit to be shown: what is no UTF-8 becomes '?', what controls a screen a space. "" when it is too
        /// long, or nothing is left.
        /// </summary>
        public static string Line(byte[] text, int at, int count, int bytesMax)
        {
            if (count > bytesMax)
            {
                return "";
            }

            byte[] clean = new byte[count];
            int length;
            for (int i = 0; i < count; i += length)
            {
                length = Length(text, at + i, at + count);
                bool good = length > 0;
                bool shown = good && !Controls(text, at + i, length);
                length = good ? length : 1;
                for (int k = i; k < i + length; k++)
                {
                    clean[k] =
                        shown ? text[at + k]
                        : good || text[at + k] < 0x80 ? (byte)' '
                        : (byte)'?';
                }
            }

            return Encoding.UTF8.GetString(clean, 0, count).Trim();
        }

        /// <summary>Tabs and line ends, C1, marks of writing direction, what has no width, separators of lines.</summary>
        private static bool Controls(byte[] text, int i, int length)
        {
            int second = length > 1 ? text[i + 1] : 0;
            int third = length > 2 ? text[i + 2] : 0;
            switch (text[i])
            {
                case 0xC2:
                    return second < 0xA0;
                case 0xD8:
                    return second == 0x9C;
                case 0xE2:
                    return (second == 0x80 && third >= 0x8B && (third <= 0x8F || (third >= 0xA8 && third <= 0xAE)))
                        || (second == 0x81 && third >= 0xA0 && third <= 0xAF);
                case 0xEF:
                    return second == 0xBB && third == 0xBF;
                default:
                    return text[i] < 32;
            }
        }

        private static int Length(byte[] text, int i, int end)
        {
            int b = text[i];
            if (b < 0x80)
            {
                return (b >= 32 && b != 127) || b == 9 || b == 10 || b == 13 ? 1 : 0;
            }

            int length =
                b >= 0xC2 && b <= 0xDF ? 2
                : b >= 0xE0 && b <= 0xEF ? 3
                : b >= 0xF0 && b <= 0xF4 ? 4
                : 0;
            if (length == 0 || i + length > end)
            {
                return 0;
            }

            int second = text[i + 1];
            if (
                (b == 0xE0 && second < 0xA0)
                || (b == 0xED && second > 0x9F)
                || (b == 0xF0 && second < 0x90)
                || (b == 0xF4 && second > 0x8F)
            )
            {
                return 0;
            }

            for (int k = 1; k < length; k++)
            {
                if ((text[i + k] & 0xC0) != 0x80)
                {
                    return 0;
                }
            }

            return length;
        }
    }
}
