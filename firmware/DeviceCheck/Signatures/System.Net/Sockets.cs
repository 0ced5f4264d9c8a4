// Owns: a connection by address and name, without what goes over it.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using System.Net.Sockets;

namespace System.Net
{
    public abstract class EndPoint
    {
        protected extern EndPoint();
    }

    public class IPEndPoint : EndPoint
    {
        public extern IPEndPoint(IPAddress address, int port);
        public extern IPAddress Address { get; }
        public extern int Port { get; }
    }
}

namespace System.Net.Sockets
{
    public enum SocketType
    {
        Stream = 1,
        Dgram = 2,
        Raw = 3,
        Rdm = 4,
        Seqpacket = 5,
        Unknown = -1,
    }

    public enum ProtocolType
    {
        IP = 0,
        IPv6HopByHopOptions = 0,
        Icmp = 1,
        Igmp = 2,
        Ggp = 3,
        IPv4 = 4,
        Tcp = 6,
        Pup = 12,
        Udp = 17,
        Idp = 22,
        IPv6 = 41,
        IPv6RoutingHeader = 43,
        IPv6FragmentHeader = 44,
        IPSecEncapsulatingSecurityPayload = 50,
        IPSecAuthenticationHeader = 51,
        IcmpV6 = 58,
        IPv6NoNextHeader = 59,
        IPv6DestinationOptions = 60,
        ND = 77,
        Raw = 255,
        Unspecified = 0,
        Ipx = 1000,
        Spx = 1256,
        SpxII = 1257,
        Unknown = -1,
    }

    public class Socket : IDisposable
    {
        public extern Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType);
        public extern void Connect(EndPoint remoteEP);
        public extern void Close();
        extern void IDisposable.Dispose();
    }
}
