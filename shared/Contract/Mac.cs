// Owns: the seam to HMAC-SHA256, since the device has it in native code and a server in its own library.
// Must never: show, log or hand out a key.

namespace Gateway.Contract
{
    /// <summary>HMAC-SHA256 with one station's key, which the implementation holds and does not give back.</summary>
    public abstract class Mac
    {
        /// <summary>Bytes of a signature.</summary>
        public const int SignatureBytes = 32;

        /// <summary>Bytes of a station's key. 32 random bytes; a shorter key is refused where it is read.</summary>
        public const int KeyBytes = 32;

        /// <summary>
        /// Signs the first <paramref name="count"/> bytes of <paramref name="message"/> into 32 bytes at <paramref name="macAt"/>.
        /// </summary>
        public abstract void Sign(byte[] message, int count, byte[] mac, int macAt);

        /// <summary>Compares in a time that does not depend on where the difference is.</summary>
        public static bool Same(byte[] a, int aAt, byte[] b, int bAt)
        {
            int difference = 0;
            for (int i = 0; i < SignatureBytes; i++)
            {
                difference |= a[aAt + i] ^ b[bAt + i];
            }

            return difference == 0;
        }
    }
}
