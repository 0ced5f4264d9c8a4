// Owns: the checksum's published check value, on the device as on a server.
// Must never: hold state in an object; the device calls these methods without one.

using System.Text;
using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class Crc32Tests
    {
        [TestMethod]
        public void Nothing_has_the_checksum_zero()
        {
            Assert.AreEqual(0u, Crc32.Of(new byte[0], 0, 0));
        }

        [DataRow("123456789", "CBF43926")]
        [DataRow("a", "E8B7BE43")]
        [DataRow("火警", "2F82C8DE")]
        public void A_text_has_its_known_checksum(string text, string checksum)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Assert.AreEqual(checksum, Crc32.Of(bytes, 0, bytes.Length).ToString("X8"));
        }

        [DataRow(0)]
        [DataRow(7)]
        public void Only_the_named_part_of_the_buffer_counts(int at)
        {
            byte[] text = Encoding.UTF8.GetBytes("123456789");
            byte[] buffer = new byte[32];
            text.CopyTo(buffer, at);
            Assert.AreEqual(0xCBF43926u, Crc32.Of(buffer, at, text.Length));
        }

        [TestMethod]
        public void Every_changed_bit_changes_the_checksum()
        {
            byte[] record = new byte[16];
            uint whole = Crc32.Of(record, 0, record.Length);
            for (int bit = 0; bit < record.Length * 8; bit++)
            {
                record[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.AreNotEqual(whole, Crc32.Of(record, 0, record.Length));
                record[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }
}
