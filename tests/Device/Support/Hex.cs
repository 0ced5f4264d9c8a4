// Owns: turning the vectors' text into bytes, in the device's C#.
// Must never: be lenient: a text that is no hex would make a test pass for the wrong reason.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Lower-case hex, two characters a byte.</summary>
    public static class Hex
    {
        private const string Digits = "0123456789abcdef";

        public static byte[] Bytes(string text)
        {
            Assert.AreEqual(0, text.Length % 2, text);
            byte[] bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                int high = Digits.IndexOf(text[i * 2]);
                int low = Digits.IndexOf(text[i * 2 + 1]);
                Assert.IsTrue(high >= 0 && low >= 0, text);
                bytes[i] = (byte)(high * 16 + low);
            }

            return bytes;
        }

        public static string Of(byte[] bytes, int at, int count)
        {
            char[] text = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                text[i * 2] = Digits[bytes[at + i] >> 4];
                text[i * 2 + 1] = Digits[bytes[at + i] & 15];
            }

            return new string(text);
        }
    }
}
