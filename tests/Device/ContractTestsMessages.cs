// Owns: the bodies of all messages but the batch on the device: the vectors both ways.
// Must never: hold state in an object; the device calls these methods without one.

using System;
using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsMessages
    {
        [TestMethod]
        public void Every_vector_of_hello_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            Hello hello = new Hello();
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < HelloVectors.Count; i++)
            {
                string what = HelloVectors.Name(i);
                byte[] message = HelloVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, HelloVectors.Key, false, head);
                result = result != DecodeResult.Ok ? result : hello.Decode(message, message.Length);
                Assert.AreEqual(HelloVectors.Reason(i), (int)result, what);
                if (result != DecodeResult.Ok)
                {
                    continue;
                }

                long[] v = HelloVectors.Values(i);
                Bench.SameHead(v, head, message, what);
                int at = Bench.HeadValues;
                Assert.AreEqual(v[at], (long)hello.VersionMin, what);
                Assert.AreEqual(v[at + 1], (long)hello.VersionMax, what);
                for (int lane = 0; lane < Lanes.Count; lane++)
                {
                    Assert.AreEqual(v[at + 2 + lane * 3], (long)hello.Oldest[lane], what);
                    Assert.AreEqual(v[at + 3 + lane * 3], (long)hello.Last[lane], what);
                    Assert.AreEqual(v[at + 4 + lane * 3], (long)hello.Held[lane], what);
                }

                Assert.AreEqual(v[at + 11], (long)hello.Abilities, what);
                Assert.AreEqual(HelloVectors.Firmware(i), hello.Firmware, what);
                if (!HelloVectors.DecodeOnly(i))
                {
                    head.Encode(buffer);
                    Bench.SameMessage(buffer, hello.Encode(buffer), HelloVectors.Key, message, what);
                }
            }
        }

        [TestMethod]
        public void Every_vector_of_welcome_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            uint[] held = new uint[Lanes.Count];
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < WelcomeVectors.Count; i++)
            {
                string what = WelcomeVectors.Name(i);
                byte[] message = WelcomeVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, WelcomeVectors.Key, true, head);
                result = result != DecodeResult.Ok ? result : Welcome.Decode(message, message.Length, held);
                Assert.AreEqual(WelcomeVectors.Reason(i), (int)result, what);
                if (result == DecodeResult.Ok)
                {
                    long[] v = WelcomeVectors.Values(i);
                    Bench.SameHead(v, head, message, what);
                    Bench.SameLanes(v, Bench.HeadValues + 1, held, what);
                    head.Encode(buffer);
                    int count = Welcome.Encode(buffer, (int)v[Bench.HeadValues], held);
                    Bench.SameMessage(buffer, count, WelcomeVectors.Key, message, what);
                }
            }
        }

        [TestMethod]
        public void Every_vector_of_held_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            uint[] held = new uint[Lanes.Count];
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < HeldVectors.Count; i++)
            {
                string what = HeldVectors.Name(i);
                byte[] message = HeldVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, HeldVectors.Key, true, head);
                result = result != DecodeResult.Ok ? result : HeldThrough.Decode(message, message.Length, held);
                Assert.AreEqual(HeldVectors.Reason(i), (int)result, what);
                if (result == DecodeResult.Ok)
                {
                    Bench.SameHead(HeldVectors.Values(i), head, message, what);
                    Bench.SameLanes(HeldVectors.Values(i), Bench.HeadValues, held, what);
                    head.Encode(buffer);
                    Bench.SameMessage(buffer, HeldThrough.Encode(buffer, held), HeldVectors.Key, message, what);
                }
            }
        }

        [TestMethod]
        public void Every_vector_of_refuse_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            Refuse refuse = new Refuse();
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < RefuseVectors.Count; i++)
            {
                string what = RefuseVectors.Name(i);
                byte[] message = RefuseVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, RefuseVectors.Key, true, head);
                result = result != DecodeResult.Ok ? result : refuse.Decode(message, message.Length);
                Assert.AreEqual(RefuseVectors.Reason(i), (int)result, what);
                if (result == DecodeResult.Ok)
                {
                    long[] v = RefuseVectors.Values(i);
                    Bench.SameHead(v, head, message, what);
                    Assert.AreEqual(v[Bench.HeadValues], (long)refuse.Reason, what);
                    Assert.AreEqual(v[Bench.HeadValues + 1], (long)refuse.VersionMin, what);
                    Assert.AreEqual(v[Bench.HeadValues + 2], (long)refuse.VersionMax, what);
                    Assert.AreEqual(v[Bench.HeadValues + 3], (long)refuse.BootAtLeast, what);
                    head.Encode(buffer);
                    Bench.SameMessage(buffer, refuse.Encode(buffer), RefuseVectors.Key, message, what);
                }
            }
        }

        [TestMethod]
        public void Every_vector_of_command_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            Command command = new Command();
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < CommandVectors.Count; i++)
            {
                string what = CommandVectors.Name(i);
                byte[] message = CommandVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, CommandVectors.Key, true, head);
                result = result != DecodeResult.Ok ? result : command.Decode(message, message.Length);
                Assert.AreEqual(CommandVectors.Reason(i), (int)result, what);
                if (result == DecodeResult.Ok)
                {
                    long[] v = CommandVectors.Values(i);
                    Bench.SameHead(v, head, message, what);
                    int at = Bench.HeadValues;
                    Assert.AreEqual(v[at], (long)command.Number, what);
                    Assert.AreEqual(v[at + 1], (long)command.Code, what);
                    Assert.AreEqual(v[at + 2], (long)command.TextBytes, what);
                    Assert.AreEqual(v[at + 3], (long)command.A, what);
                    Assert.AreEqual(v[at + 4], (long)command.B, what);
                    Assert.AreEqual(v[at + 5], (long)command.C, what);
                    Assert.AreEqual(v[at + 6], (long)Crc32.Of(message, Command.TextAt, command.TextBytes), what);
                    Array.Copy(message, Command.TextAt, buffer, Command.TextAt, command.TextBytes);
                    head.Encode(buffer);
                    Bench.SameMessage(buffer, command.Encode(buffer), CommandVectors.Key, message, what);
                }
            }
        }

        [TestMethod]
        public void A_command_cut_short_shows_nothing_of_the_one_before()
        {
            Command command = new Command();
            command.Number = 7;
            command.Code = CommandCode.Drill;
            command.TextBytes = 5;
            byte[] message = new byte[Command.TextAt + Mac.SignatureBytes - 1];
            Assert.AreEqual((int)DecodeResult.TooShort, (int)command.Decode(message, message.Length));
            Assert.AreEqual(0u, command.Number);
            Assert.AreEqual(0, (int)command.Code);
            Assert.AreEqual(0, command.TextBytes);
        }

        [TestMethod]
        public void Every_vector_of_heartbeat_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            Heartbeat beat = new Heartbeat();
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < HeartbeatVectors.Count; i++)
            {
                string what = HeartbeatVectors.Name(i);
                byte[] message = HeartbeatVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, HeartbeatVectors.Key, false, head);
                result = result != DecodeResult.Ok ? result : beat.Decode(message, message.Length);
                Assert.AreEqual(HeartbeatVectors.Reason(i), (int)result, what);
                if (result == DecodeResult.Ok)
                {
                    long[] v = HeartbeatVectors.Values(i);
                    Bench.SameHead(v, head, message, what);
                    int at = Bench.HeadValues;
                    Assert.AreEqual(v[at], (long)beat.Conditions, what);
                    Assert.AreEqual(v[at + 1], (long)beat.StationCode, what);
                    Assert.AreEqual(v[at + 2], (long)beat.OpenCases, what);
                    Assert.AreEqual(v[at + 3], (long)beat.ZonesFire, what);
                    Assert.AreEqual(v[at + 4], (long)beat.ZonesFault, what);
                    Assert.AreEqual(v[at + 5], (long)beat.ZonesDisabled, what);
                    Assert.AreEqual(v[at + 6], (long)beat.ZonesTest, what);
                    Assert.AreEqual(v[at + 7], (long)beat.ZonesSupervisory, what);
                    Bench.SameLanes(v, at + 8, beat.Last, what);
                    Bench.SameLanes(v, at + 11, beat.Held, what);
                    Assert.AreEqual(v[at + 14], (long)beat.Connections, what);
                    Assert.AreEqual(v[at + 15], (long)beat.Resends, what);
                    Assert.AreEqual(v[at + 16], (long)beat.Refused, what);
                    Assert.AreEqual(v[at + 17], (long)beat.SettingsCrc, what);
                    head.Encode(buffer);
                    Bench.SameMessage(buffer, beat.Encode(buffer), HeartbeatVectors.Key, message, what);
                }
            }
        }

        [DataRow("0.1.0", "0.1.0")]
        [DataRow("", "")]
        [DataRow("火警1", "??1")]
        [DataRow("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwx")]
        public void Firmware_text_is_cut_and_cleaned(string written, string read)
        {
            Hello hello = new Hello();
            hello.VersionMin = 1;
            hello.VersionMax = 1;
            hello.Firmware = written;
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            int count = hello.Encode(buffer) + Mac.SignatureBytes;
            Assert.AreEqual((int)DecodeResult.Ok, (int)hello.Decode(buffer, count));
            Assert.AreEqual(read, hello.Firmware);
        }

        [TestMethod]
        public void A_refused_held_leaves_the_callers_numbers_alone()
        {
            for (int i = 0; i < HeldVectors.Count; i++)
            {
                if (HeldVectors.Reason(i) == (int)DecodeResult.OutOfRange)
                {
                    uint[] held = new uint[] { 7, 8, 9 };
                    byte[] message = HeldVectors.Bytes(i);
                    Assert.AreEqual((int)DecodeResult.OutOfRange, (int)HeldThrough.Decode(message, message.Length, held));
                    Assert.AreEqual(24u, held[0] + held[1] + held[2]);
                }
            }
        }
    }
}
