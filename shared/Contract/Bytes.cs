// Owns: how numbers lie in bytes, little-endian, at an offset of a caller's buffer.
// Must never: allocate, or read or write outside the width that the method's name says.

namespace Gateway.Contract
{
    /// <summary>Little-endian numbers in a byte array. Callers check the bounds once for a whole message or record.</summary>
    public static class Bytes
    {
        /// <summary>Largest value of a 48-bit field; as milliseconds this reaches the year 10889.</summary>
        public const long U48Max = 0xFFFFFFFFFFFF;

        public static int U16(byte[] b, int at)
        {
            return b[at] | (b[at + 1] << 8);
        }

        public static int I32(byte[] b, int at)
        {
            return b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24);
        }

        public static uint U32(byte[] b, int at)
        {
            return (uint)I32(b, at);
        }

        public static long U48(byte[] b, int at)
        {
            return (long)U32(b, at) | ((long)U16(b, at + 4) << 32);
        }

        public static void PutU16(byte[] b, int at, int value)
        {
            b[at] = (byte)value;
            b[at + 1] = (byte)(value >> 8);
        }

        public static void PutI32(byte[] b, int at, int value)
        {
            b[at] = (byte)value;
            b[at + 1] = (byte)(value >> 8);
            b[at + 2] = (byte)(value >> 16);
            b[at + 3] = (byte)(value >> 24);
        }

        public static void PutU32(byte[] b, int at, uint value)
        {
            PutI32(b, at, (int)value);
        }

        /// <summary>
        /// Writes a 48-bit value. A value outside 0..<see cref="U48Max"/> is clamped: a wrong clock must not stop an alarm.
        /// </summary>
        public static void PutU48(byte[] b, int at, long value)
        {
            if (value < 0)
            {
                value = 0;
            }
            else if (value > U48Max)
            {
                value = U48Max;
            }

            PutI32(b, at, (int)value);
            PutU16(b, at + 4, (int)(value >> 32));
        }

        /// <summary>True when the bytes are all zero: reserved fields must be, so that a later version can use them.</summary>
        public static bool Zero(byte[] b, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (b[at + i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
