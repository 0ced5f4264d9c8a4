// Owns: HMAC-SHA256 by .NET's own library, for servers and the PC.
// Must never: be compiled for the device, which has its own adapter.

using System;
using System.Security.Cryptography;

namespace Gateway.Contract
{
    /// <summary>A station's key on a server or PC. Safe for one thread at a time.</summary>
    public sealed class DotNetMac : Mac
    {
        private readonly HMACSHA256 _hmac;

        /// <param name="key">32 bytes; copied.</param>
        /// <exception cref="ArgumentException">The key does not have 32 bytes.</exception>
        public DotNetMac(byte[] key)
        {
            if (key == null || key.Length != KeyBytes)
            {
                throw new ArgumentException("a station's key has " + KeyBytes + " bytes", nameof(key));
            }

            _hmac = new HMACSHA256(key);
        }

        public override void Sign(byte[] message, int count, byte[] mac, int macAt)
        {
            byte[] hash = _hmac.ComputeHash(message, 0, count);
            Array.Copy(hash, 0, mac, macAt, SignatureBytes);
        }
    }
}
