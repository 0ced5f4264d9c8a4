// Owns: the table of names on the device: the vectors both ways.
// Must never: hold state in an object; the device calls these methods without one.

using System;
using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsPlaces
    {
        [TestMethod]
        public void Every_vector_of_names_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            NamesPart part = new NamesPart();
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < NamesVectors.Count; i++)
            {
                string what = NamesVectors.Name(i);
                byte[] message = NamesVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, NamesVectors.Key, false, head);
                result = result != DecodeResult.Ok ? result : part.Decode(message, message.Length);
                Assert.AreEqual(NamesVectors.Reason(i), (int)result, what);
                if (result == DecodeResult.Ok)
                {
                    long[] v = NamesVectors.Values(i);
                    Bench.SameHead(v, head, message, what);
                    int at = Bench.HeadValues;
                    Assert.AreEqual(v[at], (long)part.SettingsCrc, what);
                    Assert.AreEqual(v[at + 1], (long)part.Part, what);
                    Assert.AreEqual(v[at + 2] == 1, part.Last, what);
                    Assert.AreEqual(v[at + 3], (long)part.Count, what);
                    head.Encode(buffer);
                    part.EncodeHead(buffer);
                    int end = Written(part, message, buffer);
                    Assert.AreEqual(v[at + 4], (long)Crc32.Of(buffer, NamesPart.PlacesAt, end - NamesPart.PlacesAt), what);
                    Bench.SameMessage(buffer, end, NamesVectors.Key, message, what);
                }
            }
        }

        /// <summary>Each place read and written anew; where they end.</summary>
        private static int Written(NamesPart part, byte[] message, byte[] buffer)
        {
            PlaceEntry place = new PlaceEntry();
            int at = NamesPart.PlacesAt;
            for (int i = 0; i < part.Count; i++)
            {
                Assert.AreEqual(DecodeResult.Ok, place.Decode(message, at, message.Length - Mac.SignatureBytes));
                int name = place.EncodeHead(buffer, at);
                Array.Copy(message, name, buffer, name, place.NameBytes);
                at = name + place.NameBytes;
            }

            return at;
        }
    }
}
