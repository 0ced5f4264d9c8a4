// Owns: the record on the device: the vectors both ways, and the rules that need no vector.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsRecord
    {
        [TestMethod]
        public void Every_vector_gives_its_values_or_its_reason()
        {
            EventRecord record = new EventRecord();
            for (int i = 0; i < RecordVectors.Count; i++)
            {
                string what = RecordVectors.Name(i);
                byte[] bytes = RecordVectors.Bytes(i);
                Assert.AreEqual(RecordVectors.Reason(i), (int)record.Decode(bytes, 0, bytes.Length), what);
                if (RecordVectors.Reason(i) == (int)DecodeResult.Ok)
                {
                    Same(RecordVectors.Values(i), record, what);
                }
            }
        }

        [TestMethod]
        public void Every_valid_vector_is_written_byte_by_byte()
        {
            EventRecord record = new EventRecord();
            byte[] again = new byte[EventRecord.Size + 2];
            for (int i = 0; i < RecordVectors.Count; i++)
            {
                if (RecordVectors.Reason(i) == (int)DecodeResult.Ok)
                {
                    Fill(record, RecordVectors.Values(i));
                    record.Encode(again, 1);
                    byte[] bytes = RecordVectors.Bytes(i);
                    Assert.AreEqual(Hex.Of(bytes, 0, bytes.Length), Hex.Of(again, 1, EventRecord.Size), RecordVectors.Name(i));
                    Assert.AreEqual(0, again[0] + again[EventRecord.Size + 1]);
                }
            }
        }

        [DataRow(0)]
        [DataRow(1)]
        [DataRow(200)]
        public void A_record_is_read_at_its_place_and_not_beyond_the_end(int at)
        {
            EventRecord written = Sample();
            byte[] buffer = new byte[at + EventRecord.Size];
            written.Encode(buffer, at);
            EventRecord read = new EventRecord();
            Assert.AreEqual((int)DecodeResult.Ok, (int)read.Decode(buffer, at, buffer.Length));
            Assert.AreEqual(written.Sequence, read.Sequence);
            Assert.AreEqual(written.Sequence, EventRecord.SequenceOf(buffer, at));
            Assert.AreEqual((int)DecodeResult.TooShort, (int)read.Decode(buffer, at, buffer.Length - 1));
            Assert.AreEqual((int)DecodeResult.TooShort, (int)read.Decode(buffer, at + 1, buffer.Length));
            Assert.AreEqual((int)DecodeResult.TooShort, (int)read.Decode(buffer, at, buffer.Length + 100));
        }

        [TestMethod]
        public void Every_turned_bit_is_noticed()
        {
            byte[] bytes = new byte[EventRecord.Size];
            Sample().Encode(bytes, 0);
            for (int bit = 0; bit < EventRecord.Size * 8; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                DecodeResult result = EventRecord.Check(bytes, 0, bytes.Length);
                Assert.IsTrue(result == DecodeResult.WrongCrc || result == DecodeResult.WrongVersion, DecodeResults.Name((int)result));
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        [TestMethod]
        public void Clearing_leaves_nothing_of_the_event_before()
        {
            EventRecord cleared = Sample();
            cleared.Clear();
            byte[] a = new byte[EventRecord.Size];
            byte[] b = new byte[EventRecord.Size];
            cleared.Encode(a, 0);
            new EventRecord().Encode(b, 0);
            Assert.AreEqual(Hex.Of(b, 0, b.Length), Hex.Of(a, 0, a.Length));
        }

        private static EventRecord Sample()
        {
            EventRecord record = new EventRecord();
            record.Station = 1001;
            record.Epoch = 7;
            record.LaneNumber = Lane.Condition;
            record.Sequence = 4000000000;
            record.Boot = 3;
            record.UptimeMs = 4294967296;
            record.Kind = EventKind.Fault;
            record.Value = -5;
            return record;
        }

        /// <summary>The order of CONTRACT.md's table, without the reserved bytes.</summary>
        private static void Same(long[] v, EventRecord r, string what)
        {
            Assert.AreEqual(v[0], (long)EventRecord.Version, what);
            Assert.AreEqual(v[1], (long)r.LaneNumber, what);
            Assert.AreEqual(v[2], (long)r.Kind, what);
            Assert.AreEqual(v[3], (long)r.Station, what);
            Assert.AreEqual(v[4], (long)r.Epoch, what);
            Assert.AreEqual(v[5], (long)r.Sequence, what);
            Assert.AreEqual(v[6], (long)r.Boot, what);
            Assert.AreEqual(v[7], r.UptimeMs, what);
            Assert.AreEqual(v[8], r.UtcMs, what);
            Assert.AreEqual(v[9], (long)r.UtcQuality, what);
            Assert.AreEqual(v[10], (long)r.Severity, what);
            Assert.AreEqual(v[11], (long)r.Flags, what);
            Assert.AreEqual(v[12], (long)r.Zone, what);
            Assert.AreEqual(v[13], (long)r.ZoneKind, what);
            Assert.AreEqual(v[14], (long)r.OtherZone, what);
            Assert.AreEqual(v[15], (long)r.Rule, what);
            Assert.AreEqual(v[16], (long)r.Value, what);
            Assert.AreEqual(v[17], (long)r.Unit, what);
            Assert.AreEqual(v[18], (long)r.A, what);
            Assert.AreEqual(v[19], (long)r.B, what);
            Assert.AreEqual(v[20], (long)r.C, what);
        }

        private static void Fill(EventRecord r, long[] v)
        {
            r.LaneNumber = (Lane)v[1];
            r.Kind = (EventKind)v[2];
            r.Station = (uint)v[3];
            r.Epoch = (uint)v[4];
            r.Sequence = (uint)v[5];
            r.Boot = (uint)v[6];
            r.UptimeMs = v[7];
            r.UtcMs = v[8];
            r.UtcQuality = (UtcQuality)v[9];
            r.Severity = (Severity)v[10];
            r.Flags = (EventFlags)v[11];
            r.Zone = (int)v[12];
            r.ZoneKind = (ZoneKind)v[13];
            r.OtherZone = (int)v[14];
            r.Rule = (int)v[15];
            r.Value = (int)v[16];
            r.Unit = (Unit)v[17];
            r.A = (int)v[18];
            r.B = (int)v[19];
            r.C = (int)v[20];
        }
    }
}
