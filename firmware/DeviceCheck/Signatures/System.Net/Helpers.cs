// Owns: the helpers that bring a network up.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using System;
using System.Threading;

namespace nanoFramework.Networking
{
    public class IPConfiguration
    {
        public extern IPConfiguration(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress,
            string[] ipv4DnsAddresses = null);
        public extern string IPAddress { get; set; }
        public extern string IPSubnetMask { get; set; }
        public extern string IPGatewayAddress { get; set; }
        public extern string[] IPDns { get; set; }
    }

    public static class NetworkHelper
    {
        public static extern ManualResetEvent NetworkReady { get; }
        public static extern NetworkHelperStatus Status { get; }
        public static extern Exception HelperException { get; }
        public static extern void SetupNetworkHelper(bool requiresDateTime = false);
        public static extern void SetupNetworkHelper(IPConfiguration ipConfiguration, bool requiresDateTime = false);
        public static extern bool SetupAndConnectNetwork(CancellationToken token = default, bool requiresDateTime = false);
        public static extern bool SetupAndConnectNetwork(IPConfiguration ipConfiguration, CancellationToken token = default,
            bool requiresDateTime = false);
        public static extern void Reset();
    }

    public enum NetworkHelperStatus
    {
        None = 0,
        Started = 1,
        NetworkIsReady = 2,
        FailedNoNetworkInterface = 3,
        TokenExpiredWaitingIPAddress = 4,
        TokenExpiredWaitingDateTime = 5,
        ErrorConnetingToWiFiWhileScanning = 6,
        ExceptionOccurred = 7,
        Reconnecting = 8,
    }
}
