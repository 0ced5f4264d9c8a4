// Owns: HMAC, which is native on the device.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace System.Security.Cryptography
{
    public class HMACSHA256 : IDisposable
    {
        public extern byte[] Hash { get; }
        public extern byte[] Key { get; set; }
        public extern HMACSHA256();
        public extern HMACSHA256(byte[] key);
        public extern byte[] ComputeHash(byte[] buffer);
        public static extern byte[] HashData(byte[] key, byte[] source);
        public extern void Dispose();
        protected extern void Dispose(bool disposing);
    }
}
