// Owns: who another maker's box is to the county: its number among the stations, its address in frames, its place and its ways.
// Must never: hold a key: such a box has none, and its address can be forged.

using System.Globalization;
using System.Net;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>A box that speaks by frames instead of by the contract. It has a number as stations have; no station has the same.</summary>
public sealed class PeerRegistration
{
    /// <summary>The largest address: six bytes.</summary>
    public const long AddressMax = 0xFFFF_FFFF_FFFF;

    /// <summary>What allowed source addresses look like, for messages.</summary>
    public const string SourcesAllowed = "addresses or ranges with commas, such as 10.1.2.3,10.2.0.0/16; any for all";

    private const string Any = "any";

    private StationRegistration? _asStation;
    private IPNetwork[]? _networks;

    /// <summary>1..4294967295, given by the county; its events are stored under it.</summary>
    public required uint Station { get; init; }

    /// <summary>Six bytes as a number, the first on the wire lowest; some makers give all their boxes 0.</summary>
    public required long Address { get; init; }

    public required string County { get; init; }

    public required string Township { get; init; }

    /// <summary>As a station's.</summary>
    public string TownshipName { get; init; } = "";

    public required string Village { get; init; }

    /// <summary>For people, as a station's.</summary>
    public required string Name { get; init; }

    /// <summary>Flags of its ways, as the protocol's library numbers them.</summary>
    public int Profile { get; init; }

    /// <summary>From where it may speak; see <see cref="SourcesAllowed"/>.</summary>
    public required string Sources { get; init; }

    /// <summary>The life of its numbers, drawn when it was registered: a number given again to another box is another epoch.</summary>
    public required uint Epoch { get; init; }

    /// <summary>When it was registered, ms since 1970 UTC.</summary>
    public long AddedMs { get; init; }

    /// <summary>
    /// The same as a station, for those who are told of it. Its key is drawn and forgotten, so nothing can be signed for it.
    /// </summary>
    public StationRegistration AsStation => _asStation ??= new StationRegistration
    {
        Station = Station,
        County = County,
        Township = Township,
        TownshipName = TownshipName,
        Village = Village,
        Name = Name,
        Key = StationKey.Create(),
        AddedMs = AddedMs,
    };

    /// <summary>Whether it may speak from there.</summary>
    public bool MayComeFrom(IPAddress from)
    {
        ArgumentNullException.ThrowIfNull(from);
        IPAddress plain = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        _networks ??= Networks(Sources) ?? [];
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    /// <summary>Whether it and another may speak from one place; of two boxes with one address, the place tells which speaks.</summary>
    public bool MeetsSources(string sources)
    {
        IPNetwork[] own = Networks(Sources) ?? [], others = Networks(sources) ?? [];
        return Array.Exists(own, one => Array.Exists(others, other => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress)));
    }

    /// <summary>What is wrong with these fields: place, value and what is allowed; null when nothing is.</summary>
    public string? Problem()
    {
        if (Address is < 0 or > AddressMax)
        {
            return $"address: {Address}; allowed: six bytes, 0..{AddressMax}";
        }

        bool sources = Networks(Sources) is not null && (Sources == Any || Array.TrueForAll(Parts(Sources), IsAsItLooks));
        return AsStation.Problem() ?? (sources ? null : $"from: '{Sources}'; allowed: {SourcesAllowed}");
    }

    public override string ToString() => AsStation.ToString();

    /// <summary>Null when the text names no such networks.</summary>
    private static IPNetwork[]? Networks(string text)
    {
        if (text == Any)
        {
            return [new IPNetwork(IPAddress.Any, 0), new IPNetwork(IPAddress.IPv6Any, 0)];
        }

        List<IPNetwork> networks = [];
        foreach (string one in Parts(text))
        {
            if (IPAddress.TryParse(one, out IPAddress? address) && one.Contains(address.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(one, out IPNetwork network))
            {
                networks.Add(network);
            }
            else
            {
                return null;
            }
        }

        return [.. networks];
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>
    /// Something can come from there, and a range is named by its first address: who types 10.1.2.3/16 may have meant the address alone.
    /// </summary>
    private static bool IsAsItLooks(string one)
    {
        string[] parts = one.Split('/');
        IPAddress first = IPAddress.Parse(parts[0]);
        return !first.IsIPv4MappedToIPv6 && (parts.Length > 1 ? IPNetwork.Parse(one).BaseAddress.Equals(first)
            : !first.Equals(IPAddress.Any) && !first.Equals(IPAddress.IPv6Any));
    }
}

/// <summary>Why a frame's sender is listed and nothing of it is stored.</summary>
public enum StrangerReason
{
    /// <summary>Nobody registered the address.</summary>
    Unregistered = 0,

    /// <summary>The address is registered, but not from where it came.</summary>
    ForeignSource = 1,
}

/// <summary>A sender of frames that is not registered, with its newest bytes, so that it can be registered.</summary>
/// <param name="Address">Its address in frames.</param>
/// <param name="Source">Where the newest came from.</param>
/// <param name="Reason">Why nothing is stored.</param>
/// <param name="Count">Frames so far.</param>
/// <param name="FirstMs">First one, ms since 1970 UTC.</param>
/// <param name="LastMs">Newest one.</param>
/// <param name="Sample">The newest frame.</param>
public sealed record PeerStranger(
    long Address, string Source, StrangerReason Reason, long Count, long FirstMs, long LastMs, byte[] Sample);
