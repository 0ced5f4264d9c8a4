// Owns: looking at the runtime's network interfaces.
// Must never: change one.

using System.Net.NetworkInformation;

namespace Gateway.Esp32
{
    /// <summary>Asked for, and not waited for as an event: with DHCP the runtime may never send one.</summary>
    public static class Interfaces
    {
        public static bool Has(NetworkInterfaceType type)
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            bool has = false;
            for (int i = 0; i < all.Length; i++)
            {
                has |= all[i].NetworkInterfaceType == type;
            }

            return has;
        }

        public static bool HaveAddress(NetworkInterfaceType type)
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                string address = all[i].IPv4Address;
                if (all[i].NetworkInterfaceType == type && address != null && address.Length > 0 && address[0] != '0')
                {
                    return true;
                }
            }

            return false;
        }
    }
}
