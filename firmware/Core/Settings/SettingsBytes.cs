// Owns: what is told of a byte that does not belong into a settings text.
// Must never: repair a text, or tell a byte as one of our characters.

namespace Gateway.Core
{
    /// <summary>Bytes of another encoding, control characters, and line ends of other systems.</summary>
    public static class SettingsBytes
    {
        private const byte CarriageReturn = 13;

        /// <summary>The index of the first byte of a line that does not belong, or -1.</summary>
        public static int FirstBad(byte[] text, int at, int end)
        {
            int bad = Utf8.FirstBad(text, at, end);
            int last = bad < 0 ? end : bad;
            for (int i = at; i < last; i++)
            {
                if (text[i] == CarriageReturn)
                {
                    return i;
                }
            }

            return bad;
        }

        /// <summary>True for a byte that tells of the whole text: what is behind it is wrong in the same way.</summary>
        public static bool SpoilsAll(byte bad)
        {
            return bad >= 128 || bad == 0 || bad == CarriageReturn;
        }

        public static string Found(byte bad)
        {
            string name = "0x" + bad.ToString("X2");
            string kind =
                bad == CarriageReturn ? "行中间有回车符，字节 "
                : SpoilsAll(bad) ? "不是 UTF-8 编码，字节 "
                : "控制字符，字节 ";
            return kind + name + "\nbyte " + name;
        }

        public static string Allowed(byte bad)
        {
            return bad == CarriageReturn ? "行尾只用 LF 或 CR LF（用记事本重新保存）\nlines ended by LF or CR LF alone"
                : "UTF-8 文本，不含控制字符（用 UTF-8 另存）\nUTF-8 without control characters (save the file as UTF-8)";
        }
    }
}
