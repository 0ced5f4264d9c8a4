// Owns: checksum, signature and small numbers on the device, against values that another program reckoned.
// Must never: hold state in an object; the device calls these methods without one.

using System.Text;
using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsSums
    {
        [TestMethod]
        public void Every_vector_of_the_checksum_is_met()
        {
            for (int i = 0; i < Crc32Vectors.Count; i++)
            {
                byte[] message = Crc32Vectors.Message(i);
                Assert.AreEqual(Crc32Vectors.Crc(i), Crc32.Of(message, 0, message.Length), Crc32Vectors.Name(i));
            }
        }

        [TestMethod]
        public void Every_vector_of_the_signature_is_met()
        {
            byte[] signature = new byte[Mac.SignatureBytes];
            for (int i = 0; i < HmacVectors.Count; i++)
            {
                byte[] message = HmacVectors.Message(i);
                ManagedMac mac = new ManagedMac(HmacVectors.Key(i));
                byte[] code = HmacVectors.Code(i);
                mac.Sign(message, message.Length, signature, 0);
                Assert.AreEqual(Hex.Of(code, 0, code.Length), Hex.Of(signature, 0, signature.Length), HmacVectors.Name(i));
                mac.Sign(message, message.Length, signature, 0);
                Assert.AreEqual(Hex.Of(code, 0, code.Length), Hex.Of(signature, 0, signature.Length), "again: " + HmacVectors.Name(i));
            }
        }

        // Examples of the standard's own publication (FIPS 180-4 with its "abc").
        [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
        [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
        [DataRow(
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
        public void The_hash_of_a_published_example_is_met(string text, string hash)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            byte[] made = new byte[Mac.SignatureBytes];
            new ManagedMac(new byte[Mac.KeyBytes]).Hash(bytes, bytes.Length, made);
            Assert.AreEqual(hash, Hex.Of(made, 0, made.Length));
        }

        [TestMethod]
        public void Signatures_are_the_same_only_when_every_byte_is()
        {
            byte[] a = new byte[Mac.SignatureBytes + 1];
            byte[] b = new byte[Mac.SignatureBytes];
            for (int i = 0; i < Mac.SignatureBytes; i++)
            {
                a[i + 1] = (byte)(i * 3);
                b[i] = (byte)(i * 3);
            }

            Assert.IsTrue(Mac.Same(a, 1, b, 0));
            for (int i = 0; i < Mac.SignatureBytes; i++)
            {
                b[i] ^= 0x80;
                Assert.IsFalse(Mac.Same(a, 1, b, 0));
                b[i] ^= 0x80;
            }
        }

        [TestMethod]
        public void Forty_eight_bits_hold_dates_after_2038_and_clamp_what_is_no_time()
        {
            byte[] b = new byte[8];
            Bytes.PutU48(b, 1, 2147483648000);
            Assert.AreEqual(2147483648000, Bytes.U48(b, 1));
            Bytes.PutU48(b, 1, Bytes.U48Max);
            Assert.AreEqual(Bytes.U48Max, Bytes.U48(b, 1));
            Bytes.PutU48(b, 1, Bytes.U48Max + 1);
            Assert.AreEqual(Bytes.U48Max, Bytes.U48(b, 1));
            Bytes.PutU48(b, 1, -1);
            Assert.AreEqual(0L, Bytes.U48(b, 1));
            Assert.AreEqual(0, b[0] + b[7]);
        }

        [TestMethod]
        public void Numbers_use_all_their_bits()
        {
            byte[] b = new byte[6];
            Bytes.PutU32(b, 1, 4294967295);
            Assert.AreEqual(4294967295u, Bytes.U32(b, 1));
            Assert.AreEqual(-1, Bytes.I32(b, 1));
            Bytes.PutI32(b, 1, -2147483647);
            Assert.AreEqual(-2147483647, Bytes.I32(b, 1));
            Bytes.PutU16(b, 1, 65535);
            Assert.AreEqual(65535, Bytes.U16(b, 1));
            Assert.AreEqual(0, b[0] + b[5]);
            Assert.IsFalse(Bytes.Zero(b, 0, 6));
            Assert.IsTrue(Bytes.Zero(b, 5, 1));
        }
    }
}
