// Owns: which addresses lie inside: this machine, its neighbours, and networks that nobody outside can reach.
// Must never: ask a name server; names are looked at when they are resolved for a connection.

using System.Net;
using System.Net.Sockets;

namespace Gateway.County.HandOver;

/// <summary>
/// A URL is a setting, but what a name in it stands for is not. Where the platform is outside, a connection into the county's own network
/// is somebody's trick or mistake.
/// </summary>
public static class InsideAddress
{
    private static readonly IPNetwork[] s_inside =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"),

        // Tunnels to an address of the old kind that is hidden in them: nobody's platform is behind one.
        IPNetwork.Parse("2001::/32"), IPNetwork.Parse("2002::/16"),
    ];

    // The last four bytes are an address of the old kind.
    private static readonly IPNetwork[] s_wrapped =
        [IPNetwork.Parse("::/96"), IPNetwork.Parse("::ffff:0:0:0/96"), IPNetwork.Parse("64:ff9b::/96")];

    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Listed(plain) || (plain.AddressFamily == AddressFamily.InterNetworkV6
            && Array.Exists(s_wrapped, network => network.Contains(plain)) && Listed(new IPAddress(plain.GetAddressBytes()[^4..])));
    }

    private static bool Listed(IPAddress address) => Array.Exists(s_inside, network => network.Contains(address));
}
