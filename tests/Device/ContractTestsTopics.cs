// Owns: topics on the device: the vectors both ways, and which leaf a message belongs to.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsTopics
    {
        [TestMethod]
        public void Every_vector_is_read_into_its_levels_or_refused()
        {
            string[] levels = new string[4];
            for (int i = 0; i < TopicsVectors.Count; i++)
            {
                string what = TopicsVectors.Name(i);
                uint station;
                Assert.AreEqual(TopicsVectors.Reason(i), (int)Topics.ParseUp(TopicsVectors.Topic(i), levels, out station), what);
                if (TopicsVectors.Reason(i) == (int)DecodeResult.Ok)
                {
                    Assert.AreEqual(TopicsVectors.Levels(i), levels[0] + "/" + levels[1] + "/" + levels[2] + "/" + levels[3], what);
                    Assert.AreEqual(TopicsVectors.Station(i), station, what);
                }
            }
        }

        [TestMethod]
        public void A_stations_topics_are_made_of_its_levels()
        {
            Topics topics = new Topics("330683", "changle", "v-017", 4294967295);
            Assert.AreEqual("fgw/1/330683/changle/v-017/4294967295/down", topics.Down);
            Assert.AreEqual("fgw/1/330683/changle/v-017/4294967295/up/hello", topics.Hello);
            Assert.AreEqual("fgw/1/330683/changle/v-017/4294967295/up/heartbeat", topics.Heartbeat);
            Assert.AreEqual("fgw/1/330683/changle/v-017/4294967295/up/offline", topics.Offline);
            Assert.AreEqual("fgw/1/330683/changle/v-017/4294967295/up/names", topics.Names);
            Assert.AreEqual("fgw/1/330683/changle/v-017/4294967295/up/fire", topics.Up(Lane.Fire));
            Assert.AreEqual("fgw/1/330683/changle/v-017/4294967295/up/routine", topics.Up(Lane.Routine));
        }

        [DataRow((int)MessageType.Hello, 0, "hello")]
        [DataRow((int)MessageType.Batch, (int)Lane.Fire, "fire")]
        [DataRow((int)MessageType.Batch, (int)Lane.Condition, "condition")]
        [DataRow((int)MessageType.Batch, (int)Lane.Routine, "routine")]
        [DataRow((int)MessageType.Heartbeat, 0, "heartbeat")]
        [DataRow((int)MessageType.Offline, 0, "offline")]
        [DataRow((int)MessageType.Names, 0, "names")]
        [DataRow((int)MessageType.Held, 0, "")]
        [DataRow(0, 0, "")]
        public void A_message_belongs_to_one_leaf(int type, int lane, string leaf)
        {
            Assert.AreEqual(leaf, Topics.LeafOf((MessageType)type, (Lane)lane));
        }

        [DataRow("a", 1)]
        [DataRow("A-z_09", 1)]
        [DataRow("abcdefghijklmnopqrstuvwx", 1)]
        [DataRow("abcdefghijklmnopqrstuvwxy", 0)]
        [DataRow("", 0)]
        [DataRow("+", 0)]
        [DataRow("#", 0)]
        [DataRow("a/b", 0)]
        [DataRow("村", 0)]
        public void A_level_is_plain_and_not_long(string level, int good)
        {
            Assert.AreEqual(good == 1, Topics.LevelOk(level));
        }
    }
}
