// Owns: the thread that brings the network up and says whether there is an address.
// Must never: be waited for; the alarm works without it.

using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace Gateway.Esp32
{
    /// <summary>
    /// Name and password of the Wi-Fi are the device's own, put there by the flashing tool; this class never sees a settings file. The
    /// firmware joins again by itself after a loss, so this thread only waits, looks, and asks again when nothing has come for a while.
    /// </summary>
    public sealed class EspNetwork
    {
        private readonly string _timeServer;
        private bool _timed;
        private bool _up;
        private int _progress;
        private string _fault = "";

        /// <param name="timeServer">Empty = the one of the firmware image.</param>
        public EspNetwork(string timeServer)
        {
            _timeServer = timeServer;
        }

        /// <summary>True while an interface has an address. Read by other threads; a late look does no harm.</summary>
        public bool Up
        {
            get { return _up; }
        }

        /// <summary>Moves with every look.</summary>
        public int Progress
        {
            get { return _progress; }
        }

        /// <summary>Why there is no address, for a technician; empty when nothing is known.</summary>
        public string Fault
        {
            get { return _fault; }
        }

        public void Start()
        {
            Thread thread = new Thread(Run);
            thread.Start();
        }

        private void Run()
        {
            while (true)
            {
                _progress++;
                try
                {
                    // Asked for, and not waited for as an event: with DHCP the runtime may never send one.
                    _up = HasAddress();
                    if (!_up)
                    {
                        BringUp();
                        _up = HasAddress();
                    }

                    SetTimeServer();
                }
                catch (Exception e)
                {
                    _up = false;
                    _fault = e.Message;
                }

                Thread.Sleep(_up ? EspLimits.NetworkUpLookMs : EspLimits.NetworkLookMs);
            }
        }

        /// <summary>The runtime starts with its own servers as soon as there is an address, so ours is named after that, once.</summary>
        private void SetTimeServer()
        {
            if (_up && !_timed && _timeServer.Length > 0)
            {
                // Not tried again: without a time server the gateway works on.
                _timed = true;
                try
                {
                    Sntp.Stop();
                    Sntp.Server1 = _timeServer;
                    Sntp.Server2 = _timeServer;
                    Sntp.Start();
                }
                catch (Exception e)
                {
                    _fault = "time server: " + e.Message;
                }
            }
        }

        private void BringUp()
        {
            bool wired = false;
            bool wireless = false;
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                wired |= all[i].NetworkInterfaceType == NetworkInterfaceType.Ethernet;
                wireless |= all[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211;
            }

            if (wired)
            {
                using (CancellationTokenSource limit = new CancellationTokenSource(EspLimits.NetworkWaitMs))
                {
                    NetworkHelper.SetupAndConnectNetwork(limit.Token, false);
                }
            }

            // A board with both: the cable first, and the radio while the cable gives no address.
            if (wireless && !HasAddress())
            {
                JoinWireless();
            }

            if (!wired && !wireless)
            {
                _fault = "the firmware image has no network interface";
            }
        }

        private void JoinWireless()
        {
            Wireless80211Configuration[] profiles = Wireless80211Configuration.GetAllWireless80211Configurations();
            if (profiles.Length == 0 || profiles[0].Ssid == null || profiles[0].Ssid.Length == 0)
            {
                _fault = "no Wi-Fi name on the device (nanoff --networkdeployment)";
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
                _fault = "Wi-Fi status " + ((int)result.ConnectionStatus).ToString();
            }
        }

        private static bool HasAddress()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                string address = all[i].IPv4Address;
                bool ours = all[i].NetworkInterfaceType != NetworkInterfaceType.WirelessAP;
                if (ours && address != null && address.Length > 0 && address[0] != '0')
                {
                    return true;
                }
            }

            return false;
        }
    }
}
