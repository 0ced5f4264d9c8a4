// Owns: certificates and the TLS settings that take them.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using System.Security.Cryptography.X509Certificates;

namespace System.Security.Cryptography.X509Certificates
{
    public class X509Certificate
    {
        protected string _issuer;
        protected string _subject;
        protected DateTime _effectiveDate;
        protected DateTime _expirationDate;
        protected byte[] _handle;
        protected byte[] _sessionHandle;
        public extern X509Certificate();
        public extern X509Certificate(byte[] certificate);
        public extern X509Certificate(string certificate);
        public virtual extern string Issuer { get; }
        public virtual extern string Subject { get; }
        public virtual extern DateTime GetEffectiveDate();
        public virtual extern DateTime GetExpirationDate();
        public virtual extern byte[] GetRawCertData();
    }

    public class X509Certificate2 : X509Certificate
    {
        public extern X509Certificate2();
        public extern X509Certificate2(byte[] rawData);
        public extern X509Certificate2(string certificate);
        public extern X509Certificate2(string rawData, string key, string password);
        public extern X509Certificate2(byte[] rawData, string key, string password);
        public extern X509Certificate2(byte[] rawData, byte[] key, string password);
        public extern bool HasPrivateKey { get; }
        public extern byte[] PrivateKey { get; }
        public extern byte[] PublicKey { get; }
        public extern DateTime NotAfter { get; }
        public extern DateTime NotBefore { get; }
        public extern byte[] RawData { get; }
    }
}

namespace System.Net.Security
{
    public static class CertificateManager
    {
        public static extern bool AddCaCertificateBundle(X509Certificate[] ca);
        public static extern bool AddCaCertificateBundle(string ca);
        public static extern bool AddCaCertificateBundle(byte[] ca);
    }

    [Flags]
    public enum SslProtocols
    {
        None = 0,
        Tls = 192,
        Tls11 = 768,
        Tls12 = 3072,
        Tls13 = 12288,
    }

    public enum SslVerification
    {
        NoVerification = 1,
        VerifyPeer = 2,
        CertificateRequired = 4,
        VerifyClientOnce = 8,
    }
}
