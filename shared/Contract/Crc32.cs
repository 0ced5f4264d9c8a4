// Owns: the checksum of a record: CRC-32 of IEEE 802.3 (polynomial 0xEDB88320 reflected, start and final XOR 0xFFFFFFFF).
// Must never: be taken for a protection against forgery; that is the signature's work.

namespace Gateway.Contract
{
    /// <summary>CRC-32/ISO-HDLC; check value of the ASCII text 123456789 is 0xCBF43926.</summary>
    public static class Crc32
    {
        private static readonly uint[] s_table = MakeTable();

        public static uint Of(byte[] data, int at, int count)
        {
            return Continue(0, data, at, count);
        }

        /// <summary>The checksum of what had the checksum <paramref name="before"/> (0 of nothing) and of these bytes behind it.</summary>
        public static uint Continue(uint before, byte[] data, int at, int count)
        {
            uint[] table = s_table;
            uint crc = before ^ 0xFFFFFFFF;
            int end = at + count;
            int i = at;

            // Twelve bytes a pass, five for a record: the device interprets every instruction, the loop's own too.
            while (i + 12 <= end)
            {
                crc = table[(byte)(crc ^ data[i])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 1])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 2])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 3])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 4])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 5])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 6])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 7])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 8])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 9])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 10])] ^ (crc >> 8);
                crc = table[(byte)(crc ^ data[i + 11])] ^ (crc >> 8);
                i += 12;
            }

            for (; i < end; i++)
            {
                crc = table[(byte)(crc ^ data[i])] ^ (crc >> 8);
            }

            return crc ^ 0xFFFFFFFF;
        }

        private static uint[] MakeTable()
        {
            uint[] table = new uint[256];
            for (int i = 0; i < 256; i++)
            {
                uint c = (uint)i;
                for (int bit = 0; bit < 8; bit++)
                {
                    c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
                }

                table[i] = c;
            }

            return table;
        }
    }
}
