// Owns: HMAC-SHA256 in plain C#, for tests that run where the device's native class is not.
// Must never: be used by the firmware: it is some hundred times slower than the native class and leaves the key in memory.

using Gateway.Contract;

namespace Gateway.Tests.Device
{
    /// <summary>HMAC (RFC 2104, FIPS 198-1) over SHA-256 (FIPS 180-4), written from those texts alone.</summary>
    public sealed class ManagedMac : Mac
    {
        private const int BlockBytes = 64;
        private const int Rounds = 64;

        /// <summary>First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).</summary>
        private static readonly uint[] s_k =
        {
            0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
            0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
            0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
            0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
            0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
            0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
            0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
            0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
        };

        private readonly byte[] _innerPad = new byte[BlockBytes];
        private readonly byte[] _outerPad = new byte[BlockBytes];
        private readonly byte[] _block = new byte[BlockBytes];
        private readonly byte[] _inner = new byte[SignatureBytes];
        private readonly uint[] _state = new uint[8];
        private readonly uint[] _schedule = new uint[Rounds];
        private int _filled;
        private long _bytes;

        /// <param name="key">32 bytes; copied.</param>
        public ManagedMac(byte[] key)
        {
            for (int i = 0; i < BlockBytes; i++)
            {
                int k = i < KeyBytes ? key[i] : 0;
                _innerPad[i] = (byte)(k ^ 0x36);
                _outerPad[i] = (byte)(k ^ 0x5c);
            }
        }

        public override void Sign(byte[] message, int count, byte[] mac, int macAt)
        {
            Begin();
            Take(_innerPad, 0, BlockBytes);
            Take(message, 0, count);
            End(_inner, 0);
            Begin();
            Take(_outerPad, 0, BlockBytes);
            Take(_inner, 0, SignatureBytes);
            End(mac, macAt);
        }

        /// <summary>SHA-256 of the first <paramref name="count"/> bytes.</summary>
        public void Hash(byte[] message, int count, byte[] hash)
        {
            Begin();
            Take(message, 0, count);
            End(hash, 0);
        }

        private void Begin()
        {
            // First 32 bits of the fractional parts of the square roots of the first 8 primes (FIPS 180-4, 5.3.3).
            _state[0] = 0x6a09e667;
            _state[1] = 0xbb67ae85;
            _state[2] = 0x3c6ef372;
            _state[3] = 0xa54ff53a;
            _state[4] = 0x510e527f;
            _state[5] = 0x9b05688c;
            _state[6] = 0x1f83d9ab;
            _state[7] = 0x5be0cd19;
            _filled = 0;
            _bytes = 0;
        }

        private void Take(byte[] data, int at, int count)
        {
            _bytes += count;
            for (int i = 0; i < count; i++)
            {
                _block[_filled++] = data[at + i];
                if (_filled == BlockBytes)
                {
                    Compress();
                    _filled = 0;
                }
            }
        }

        /// <summary>A one bit, zeros, and the length in bits as 64 bits, high byte first; then the state, high bytes first.</summary>
        private void End(byte[] hash, int at)
        {
            long bits = _bytes * 8;
            _block[_filled++] = 0x80;
            if (_filled > BlockBytes - 8)
            {
                Zero(_filled, BlockBytes);
                Compress();
                _filled = 0;
            }

            Zero(_filled, BlockBytes - 8);
            for (int i = 0; i < 8; i++)
            {
                _block[BlockBytes - 1 - i] = (byte)(bits >> (8 * i));
            }

            Compress();
            for (int i = 0; i < 8; i++)
            {
                uint word = _state[i];
                hash[at + i * 4] = (byte)(word >> 24);
                hash[at + i * 4 + 1] = (byte)(word >> 16);
                hash[at + i * 4 + 2] = (byte)(word >> 8);
                hash[at + i * 4 + 3] = (byte)word;
            }
        }

        private void Zero(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                _block[i] = 0;
            }
        }

        private void Compress()
        {
            uint[] w = _schedule;
            byte[] block = _block;
            for (int i = 0; i < 16; i++)
            {
                int at = i * 4;
                w[i] = ((uint)block[at] << 24) | ((uint)block[at + 1] << 16) | ((uint)block[at + 2] << 8) | block[at + 3];
            }

            for (int i = 16; i < Rounds; i++)
            {
                uint x = w[i - 15];
                uint y = w[i - 2];
                uint s0 = Right(x, 7) ^ Right(x, 18) ^ (x >> 3);
                uint s1 = Right(y, 17) ^ Right(y, 19) ^ (y >> 10);
                w[i] = w[i - 16] + s0 + w[i - 7] + s1;
            }

            uint a = _state[0];
            uint b = _state[1];
            uint c = _state[2];
            uint d = _state[3];
            uint e = _state[4];
            uint f = _state[5];
            uint g = _state[6];
            uint h = _state[7];
            for (int i = 0; i < Rounds; i++)
            {
                uint big1 = Right(e, 6) ^ Right(e, 11) ^ Right(e, 25);
                uint choice = (e & f) ^ (~e & g);
                uint t1 = h + big1 + choice + s_k[i] + w[i];
                uint big0 = Right(a, 2) ^ Right(a, 13) ^ Right(a, 22);
                uint majority = (a & b) ^ (a & c) ^ (b & c);
                uint t2 = big0 + majority;
                h = g;
                g = f;
                f = e;
                e = d + t1;
                d = c;
                c = b;
                b = a;
                a = t1 + t2;
            }

            _state[0] += a;
            _state[1] += b;
            _state[2] += c;
            _state[3] += d;
            _state[4] += e;
            _state[5] += f;
            _state[6] += g;
            _state[7] += h;
        }

        private static uint Right(uint x, int n)
        {
            return (x >> n) | (x << (32 - n));
        }
    }
}
