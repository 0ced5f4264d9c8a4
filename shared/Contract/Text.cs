// Owns: the one place where text becomes bytes of the wire and bytes from outside become text.
// Must never: pass on control characters; such text is printed on terminals and stored in tables.

namespace Gateway.Contract
{
    /// <summary>Text fields of the wire: printable ASCII, zero-padded.</summary>
    public static class Text
    {
        /// <summary>
        /// Fills the whole field: the text, cut where the field ends, then zeros; whatever is not printable ASCII becomes '?'.
        /// </summary>
        public static void Put(byte[] buffer, int at, int size, string text)
        {
            for (int i = 0; i < size; i++)
            {
                byte b = 0;
                if (i < text.Length)
                {
                    char c = text[i];
                    b = c >= ' ' && c <= '~' ? (byte)c : (byte)'?';
                }

                buffer[at + i] = b;
            }
        }

        /// <summary>The field up to its first zero byte; whatever is not printable ASCII shows as '?'.</summary>
        public static string Printable(byte[] buffer, int at, int size)
        {
            int length = 0;
            while (length < size && buffer[at + length] != 0)
            {
                length++;
            }

            char[] text = new char[length];
            for (int i = 0; i < length; i++)
            {
                byte b = buffer[at + i];
                text[i] = b >= 32 && b < 127 ? (char)b : '?';
            }

            return new string(text);
        }
    }
}
