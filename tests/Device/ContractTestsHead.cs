// Owns: the head, the signature, the will and the rules of a session on the device.
// Must never: hold state in an object; the device calls these methods without one.

using System.Text;
using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsHead
    {
        [TestMethod]
        public void Every_vector_of_the_head_gives_its_values_or_its_reason()
        {
            MessageHeader head = new MessageHeader();
            for (int i = 0; i < HeadVectors.Count; i++)
            {
                string what = HeadVectors.Name(i);
                byte[] message = HeadVectors.Bytes(i);
                Assert.AreEqual(HeadVectors.Reason(i), (int)Bench.Open(message, HeadVectors.Key, HeadVectors.Down(i), head), what);
                if (HeadVectors.Reason(i) == (int)DecodeResult.Ok)
                {
                    Bench.SameHead(HeadVectors.Values(i), head, message, what);
                }
            }
        }

        [TestMethod]
        public void Every_vector_of_the_will_gives_its_values_or_its_reason()
        {
            MessageHeader head = new MessageHeader();
            byte[] message = new byte[Offline.MessageBytes];
            for (int i = 0; i < OfflineVectors.Count; i++)
            {
                string what = OfflineVectors.Name(i);
                byte[] text = Encoding.UTF8.GetBytes(OfflineVectors.Text(i));
                DecodeResult result = Offline.FromText(text, text.Length, message);
                if (result == DecodeResult.Ok)
                {
                    result = Bench.Open(message, OfflineVectors.Key, false, head);
                }

                Assert.AreEqual(OfflineVectors.Reason(i), (int)result, what);
                if (result == DecodeResult.Ok)
                {
                    Bench.SameHead(OfflineVectors.Values(i), head, message, what);
                    Assert.AreEqual(OfflineVectors.Text(i), Offline.ToText(message), what);
                }
            }
        }

        [TestMethod]
        public void Every_vector_of_a_session_is_judged_as_it_says()
        {
            MessageHeader head = new MessageHeader();
            for (int i = 0; i < SessionVectors.Count; i++)
            {
                long[] m = SessionVectors.Message(i);
                long[] k = SessionVectors.Known(i);
                head.Station = (uint)m[0];
                head.Epoch = (uint)m[1];
                head.Boot = (uint)m[2];
                head.Session = (uint)m[3];
                head.Counter = (uint)m[4];
                head.Type = (MessageType)m[5];
                head.UtcMs = m[6];
                head.UtcQuality = (UtcQuality)m[7];
                head.LifeS = (int)m[8];
                DecodeResult result;
                switch (SessionVectors.Rule(i))
                {
                    case "hello":
                        result = SessionRule.Hello(head, (uint)k[2], (uint)k[3], (uint)k[4]);
                        break;
                    case "up":
                        result = SessionRule.Up(head, (uint)k[1], (uint)k[2], (uint)k[3], (uint)k[4]);
                        break;
                    default:
                        result = SessionRule.Down(head, (uint)k[0], (uint)k[1], (uint)k[2], (uint)k[3], (uint)k[4], k[5]);
                        break;
                }

                Assert.AreEqual(SessionVectors.Reason(i), (int)result, SessionVectors.Name(i));
            }
        }

        [DataRow(7, 3, 7, 3, 0)]
        [DataRow(7, 3, 7, 4, 1)]
        [DataRow(7, 3, 8, 1, 1)]
        [DataRow(7, 3, 7, 2, 0)]
        [DataRow(7, 3, 6, 9, 0)]
        public void A_later_session_is_told_from_an_earlier_one(int boot, int session, int otherBoot, int otherSession, int later)
        {
            MessageHeader head = new MessageHeader();
            head.Boot = (uint)otherBoot;
            head.Session = (uint)otherSession;
            Assert.AreEqual(later == 1, SessionRule.Later(head, (uint)boot, (uint)session));
        }

        [TestMethod]
        public void Every_vector_of_versions_is_agreed_as_it_says()
        {
            for (int i = 0; i < VersionsVectors.Count; i++)
            {
                long[] r = VersionsVectors.Ranges(i);
                int agreed = Hello.Agree((int)r[0], (int)r[1], (int)r[2], (int)r[3]);
                Assert.AreEqual(VersionsVectors.Agreed(i), agreed, VersionsVectors.Name(i));
            }
        }

        [TestMethod]
        public void A_verification_does_not_read_beyond_what_is_there()
        {
            byte[] message = HeldVectors.Bytes(0);
            ManagedMac mac = new ManagedMac(Hex.Bytes(HeldVectors.Key));
            byte[] scratch = new byte[Mac.SignatureBytes];
            Assert.IsTrue(MessageHeader.Verify(mac, message, message.Length, scratch));
            Assert.IsFalse(MessageHeader.Verify(mac, message, message.Length + 1, scratch));
            Assert.IsFalse(MessageHeader.Verify(mac, message, message.Length - 1, scratch));
            Assert.IsFalse(MessageHeader.Verify(mac, message, 0, scratch));
        }
    }
}
