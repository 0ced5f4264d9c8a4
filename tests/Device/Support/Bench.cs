// Owns: what the tests of messages share: opening a sealed message, and comparing a decoded head.
// Must never: hold state between tests.

using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Head and signature as a receiver checks them, and their comparison with a vector.</summary>
    public static class Bench
    {
        /// <summary>Numbers of a head at the front of a vector's values.</summary>
        public const int HeadValues = 12;

        /// <summary>Checks head and signature, in this order; only after Ok may the body be read.</summary>
        public static DecodeResult Open(byte[] message, string key, bool down, MessageHeader head)
        {
            DecodeResult result = down ? head.DecodeDown(message, message.Length) : head.DecodeUp(message, message.Length);
            if (result != DecodeResult.Ok)
            {
                return result;
            }

            bool good = MessageHeader.Verify(new ManagedMac(Hex.Bytes(key)), message, message.Length, new byte[Mac.SignatureBytes]);
            return good ? DecodeResult.Ok : DecodeResult.WrongSignature;
        }

        /// <summary>Compares the head with the first values of a vector, and writes it anew.</summary>
        public static void SameHead(long[] values, MessageHeader head, byte[] message, string what)
        {
            Assert.AreEqual(values[0], (long)MessageHeader.Magic, what);
            Assert.AreEqual(values[1], (long)head.Version, what);
            Assert.AreEqual(values[2], (long)head.Type, what);
            Assert.AreEqual(values[3], (long)head.Station, what);
            Assert.AreEqual(values[4], (long)head.Epoch, what);
            Assert.AreEqual(values[5], (long)head.Boot, what);
            Assert.AreEqual(values[6], (long)head.Session, what);
            Assert.AreEqual(values[7], (long)head.Counter, what);
            Assert.AreEqual(values[8], head.UtcMs, what);
            Assert.AreEqual(values[9], head.UptimeMs, what);
            Assert.AreEqual(values[10], (long)head.LifeS, what);
            Assert.AreEqual(values[11], (long)head.UtcQuality, what);
            byte[] again = new byte[MessageHeader.Size];
            head.Encode(again);
            Assert.AreEqual(Hex.Of(message, 0, MessageHeader.Size), Hex.Of(again, 0, MessageHeader.Size), what);
        }

        /// <summary>Seals what was written into the buffer and compares it with the vector, byte by byte.</summary>
        public static void SameMessage(byte[] buffer, int count, string key, byte[] message, string what)
        {
            int whole = MessageHeader.Seal(new ManagedMac(Hex.Bytes(key)), buffer, count);
            Assert.AreEqual(Hex.Of(message, 0, message.Length), Hex.Of(buffer, 0, whole), what);
        }

        /// <summary>Compares numbers a lane with three values of a vector.</summary>
        public static void SameLanes(long[] values, int at, uint[] lanes, string what)
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                Assert.AreEqual(values[at + lane], (long)lanes[lane], what);
            }
        }
    }
}
