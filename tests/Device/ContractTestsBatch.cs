// Owns: the batch on the device: the vectors both ways, and the largest batch.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsBatch
    {
        [TestMethod]
        public void Every_vector_is_read_and_written()
        {
            MessageHeader head = new MessageHeader();
            EventRecord record = new EventRecord();
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            for (int i = 0; i < BatchVectors.Count; i++)
            {
                string what = BatchVectors.Name(i);
                byte[] message = BatchVectors.Bytes(i);
                DecodeResult result = Bench.Open(message, BatchVectors.Key, false, head);
                result = result != DecodeResult.Ok ? result : Batch.Check(message, message.Length, head, record);
                Assert.AreEqual(BatchVectors.Reason(i), (int)result, what);
                if (result != DecodeResult.Ok)
                {
                    continue;
                }

                long[] v = BatchVectors.Values(i);
                Bench.SameHead(v, head, message, what);
                Assert.AreEqual(v[Bench.HeadValues], (long)Batch.LaneOf(message), what);
                Assert.AreEqual(v[Bench.HeadValues + 1], (long)Batch.CountOf(message), what);
                Assert.AreEqual(v[Bench.HeadValues + 2], (long)Batch.AfterOf(message), what);
                head.Encode(buffer);
                Batch.EncodeHead(buffer, Batch.LaneOf(message), Batch.CountOf(message), Batch.AfterOf(message));
                int at = Batch.RecordsAt;
                for (int n = 0; n < Batch.CountOf(message); n++)
                {
                    Assert.AreEqual((int)DecodeResult.Ok, (int)record.Decode(message, at, message.Length), what);
                    record.Encode(buffer, at);
                    at += EventRecord.Size;
                }

                Bench.SameMessage(buffer, at, BatchVectors.Key, message, what);
            }
        }

        [DataRow(1, 0)]
        [DataRow(2, 0)]
        [DataRow(16, 0)]
        [DataRow(16, 3)]
        public void A_batch_of_any_size_and_gap_is_read_back(int count, int gap)
        {
            MessageHeader head = new MessageHeader();
            head.Station = 5;
            head.Epoch = 9;
            EventRecord record = new EventRecord();
            record.Station = 5;
            record.Epoch = 9;
            record.Boot = 1;
            record.Kind = EventKind.Fault;
            record.LaneNumber = Lane.Condition;
            byte[] buffer = new byte[ContractLimits.MessageBytesMax];
            Batch.EncodeHead(buffer, Lane.Condition, count, 100);
            int at = Batch.RecordsAt;
            for (int i = 0; i < count; i++)
            {
                record.Sequence = (uint)(101 + i * (gap + 1));
                record.Encode(buffer, at);
                at += EventRecord.Size;
            }

            int whole = at + Mac.SignatureBytes;
            Assert.AreEqual((int)DecodeResult.Ok, (int)Batch.Check(buffer, whole, head, record));
            Assert.AreEqual((int)DecodeResult.TooShort, (int)Batch.Check(buffer, whole - 1, head, record));
            head.Epoch = 10;
            Assert.AreEqual((int)DecodeResult.OutOfOrder, (int)Batch.Check(buffer, whole, head, record));
            head.Epoch = 9;
            head.Station = 6;
            Assert.AreEqual((int)DecodeResult.WrongStation, (int)Batch.Check(buffer, whole, head, record));
        }

        [TestMethod]
        public void The_largest_batch_is_the_largest_message_up()
        {
            int whole = Batch.RecordsAt + ContractLimits.BatchRecordsMax * EventRecord.Size + Mac.SignatureBytes;
            Assert.AreEqual(ContractLimits.MessageBytesMax, whole);
        }
    }
}
