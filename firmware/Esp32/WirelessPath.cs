// Owns: the radio.
// Must never: see a settings file: name and password of the Wi-Fi are the device's own, put there by the flashing tool.

using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace Gateway.Esp32
{
    /// <summary>The firmware joins again by itself after a loss, so this only asks again when nothing has come for a while.</summary>
    public sealed class WirelessPath : NetworkPath
    {
        public override bool Present()
        {
            return Interfaces.Has(NetworkInterfaceType.Wireless80211);
        }

        public override bool HasAddress()
        {
            return Interfaces.HaveAddress(NetworkInterfaceType.Wireless80211);
        }

        public override void BringUp()
        {
            Wireless80211Configuration[] profiles = Wireless80211Configuration.GetAllWireless80211Configurations();
            if (profiles.Length == 0 || profiles[0].Ssid == null || profiles[0].Ssid.Length == 0)
            {
                Fault = "no Wi-Fi name on the device (nanoff --networkdeployment)";
                return;
            }

            // First what the firmware does by itself with a profile that joins automatically.
            bool joined;
            using (CancellationTokenSource limit = new CancellationTokenSource(EspLimits.NetworkWaitMs))
            {
                joined = WifiNetworkHelper.Reconnect(false, 0, limit.Token);
            }

            if (!joined)
            {
                // A profile that does not, or a radio that has given up. Nothing is stored by this, so flash is not worn.
                WifiConnectionResult result = WifiAdapter.FindAllAdapters()[0].Connect(profiles[0].Ssid, WifiReconnectionKind.Automatic,
                    profiles[0].Password);
                Fault = "Wi-Fi status " + ((int)result.ConnectionStatus).ToString();
            }
        }
    }
}
