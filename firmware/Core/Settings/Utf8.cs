// Owns: the check that a text is UTF-8 before it is read as such.
// Must never: repair a text; a text in another encoding is refused with its place.

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
