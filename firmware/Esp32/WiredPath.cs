// Owns: the cable.
// Must never: be needed: a board without one has the radio.

using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace Gateway.Esp32
{
    /// <summary>The runtime drives the part for the cable, and takes an address again by itself after a loss.</summary>
    public sealed class WiredPath : NetworkPath
    {
        public override bool Present()
        {
            return Interfaces.Has(NetworkInterfaceType.Ethernet);
        }

        public override bool HasAddress()
        {
            return Interfaces.HaveAddress(NetworkInterfaceType.Ethernet);
        }

        public override void BringUp()
        {
            using (CancellationTokenSource limit = new CancellationTokenSource(EspLimits.NetworkWaitMs))
            {
                Fault = NetworkHelper.SetupAndConnectNetwork(limit.Token, false) ? "" : "no address by the cable";
            }
        }
    }
}
