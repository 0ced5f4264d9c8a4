// Owns: IP addresses, without name look-up: it stops every thread of the device.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using System.Net.Sockets;

namespace System.Net
{
    public class IPAddress
    {
        public static readonly IPAddress Any;
        public static readonly IPAddress Loopback;
        public static readonly IPAddress Broadcast;
        public static readonly IPAddress None;
        public static readonly IPAddress IPv6Any;
        public static readonly IPAddress IPv6Loopback;
        public extern AddressFamily AddressFamily { get; }
        public extern IPAddress(long newAddress);
        public extern IPAddress(byte[] address);
        public static extern bool operator ==(IPAddress a, IPAddress b);
        public static extern bool operator !=(IPAddress a, IPAddress b);
        public extern IPAddress(byte[] address, long scopeid);
        public override extern bool Equals(object other);
        public extern bool Equals(IPAddress other);
        public extern byte[] GetAddressBytes();
        public static extern IPAddress Parse(string ipString);
        public extern long ScopeId { get; set; }
        public override extern string ToString();
        public static extern IPAddress GetDefaultLocalAddress();
        public override extern int GetHashCode();
        public extern bool IsIPv4MappedToIPv6 { get; }
        public extern IPAddress MapToIPv6();
        public extern IPAddress MapToIPv4();
    }
}

namespace System.Net.Sockets
{
    public enum AddressFamily
    {
        Unknown = -1,
        Unspecified = 0,
        Unix = 1,
        InterNetwork = 2,
        ImpLink = 3,
        Pup = 4,
        Chaos = 5,
        NS = 6,
        Ipx = 6,
        Iso = 7,
        Osi = 7,
        Ecma = 8,
        DataKit = 9,
        Ccitt = 10,
        Sna = 11,
        DecNet = 12,
        DataLink = 13,
        Lat = 14,
        HyperChannel = 15,
        AppleTalk = 16,
        NetBios = 17,
        VoiceView = 18,
        FireFox = 19,
        Banyan = 21,
        Atm = 22,
        InterNetworkV6 = 23,
        Cluster = 24,
        Ieee12844 = 25,
        Irda = 26,
        NetworkDesigners = 28,
        Max = 29,
    }
}
