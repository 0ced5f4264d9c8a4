// Owns: HMAC-SHA256 with the station's key by the device's native code.
// Must never: show, print or hand out the key.

using System;
using System.Security.Cryptography;
using Gateway.Contract;

namespace Gateway.Esp32
{
    /// <summary>Safe for one thread at a time: the loop's.</summary>
    public sealed class EspMac : Mac
    {
        private readonly byte[] _key = new byte[KeyBytes];
        private byte[] _exact = new byte[0];

        /// <param name="key">32 bytes; copied.</param>
        /// <exception cref="ArgumentException">The key does not have 32 bytes.</exception>
        public EspMac(byte[] key)
        {
            if (key == null || key.Length != KeyBytes)
            {
                throw new ArgumentException("a station's key has 32 bytes");
            }

            Array.Copy(key, 0, _key, 0, KeyBytes);
        }

        public override void Sign(byte[] message, int count, byte[] mac, int macAt)
        {
            byte[] hash;
            try
            {
                hash = Hash(message, count);
            }
            catch (OutOfMemoryException)
            {
                // Most of the heap can be free and yet in pieces; one compaction cures that.
                nanoFramework.Runtime.Native.GC.Run(true);
                hash = Hash(message, count);
            }

            Array.Copy(hash, 0, mac, macAt, SignatureBytes);
        }

        /// <summary>
        /// The library hashes whole arrays only. The copy is kept for the next message, since most are of one size: heartbeats and single
        /// records. The static call keeps no state; a disposed HMACSHA256 would clear the key that it was given.
        /// </summary>
        private byte[] Hash(byte[] message, int count)
        {
            if (count == message.Length)
            {
                return HMACSHA256.HashData(_key, message);
            }

            if (_exact.Length != count)
            {
                _exact = new byte[count];
            }

            Array.Copy(message, 0, _exact, 0, count);
            return HMACSHA256.HashData(_key, _exact);
        }
    }
}
