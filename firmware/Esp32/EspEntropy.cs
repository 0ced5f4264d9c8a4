// Owns: the random number that names the life of an event store.
// Must never: give 0, or be used for a key.

using System;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using Gateway.Contract;
using nanoFramework.Hardware.Esp32;

namespace Gateway.Esp32
{
    /// <summary>
    /// An epoch must not repeat one that the same station had before, or the county would take new records for old ones. It is needed only
    /// when the store is new. Sources, hashed together so that the best of them decides:
    /// the chip's random generator (System.Random on this runtime; full strength only while the radio runs), the lowest bits of 64
    /// conversions of the reference channel (noise of the converter), the microseconds since the chip started (flash and radio start with
    /// a jitter of milliseconds), the chip's address, which makes two boxes differ, and the time of day where it survived.
    /// With 32 even bits, a station that loses its store 100 times has a chance of about one in a million that any two epochs are the same.
    /// </summary>
    public static class EspEntropy
    {
        private const int RandomBytes = 32;
        private const int NoiseBytes = EspLimits.EntropyReads / 8;
        private const int AddressBytes = 8;
        private const int ClockAt = RandomBytes + NoiseBytes + AddressBytes;
        private const int TimerAt = ClockAt + 8;
        private const int Length = TimerAt + 8;

        /// <summary>Any number but 0.</summary>
        public static uint NewEpoch(EspBoard board)
        {
            byte[] pool = new byte[Length];
            byte[] noise = new byte[NoiseBytes];
            byte[] random = new byte[RandomBytes];
            new Random().NextBytes(random);
            board.NoiseBits(noise);
            Array.Copy(random, 0, pool, 0, RandomBytes);
            Array.Copy(noise, 0, pool, RandomBytes, NoiseBytes);
            PutAddress(pool, RandomBytes + NoiseBytes);
            PutLong(pool, ClockAt, DateTime.UtcNow.Ticks);
            PutLong(pool, TimerAt, (long)HighResTimer.GetCurrent());
            byte[] hash = HMACSHA256.HashData(random, pool);
            for (int at = 0; at + 4 <= hash.Length; at += 4)
            {
                uint epoch = Bytes.U32(hash, at);
                if (epoch != 0)
                {
                    return epoch;
                }
            }

            return 1;
        }

        private static void PutAddress(byte[] into, int at)
        {
            try
            {
                NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
                byte[] address = all.Length == 0 ? null : all[0].PhysicalAddress;
                for (int i = 0; address != null && i < address.Length && i < AddressBytes; i++)
                {
                    into[at + i] = address[i];
                }
            }
            catch (Exception)
            {
                // The other sources are enough.
            }
        }

        private static void PutLong(byte[] into, int at, long value)
        {
            Bytes.PutI32(into, at, (int)value);
            Bytes.PutI32(into, at + 4, (int)(value >> 32));
        }
    }
}
