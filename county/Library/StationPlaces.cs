// Owns: the names of a station's places as its tables tell them, and which table an event has.
// Must never: let a name steer what shows it, or give a place the name of another time.

using System.Text;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>One part of a table of names as it came.</summary>
/// <param name="Station">Whose.</param>
/// <param name="SettingsCrc">Of the settings whose places these are.</param>
/// <param name="Part">1 and up.</param>
/// <param name="Last">No part follows.</param>
/// <param name="Places">Their bytes, checked.</param>
public sealed record NamesRow(uint Station, uint SettingsCrc, int Part, bool Last, byte[] Places)
{
    /// <summary>Whether these are all parts of a table: from 1 to one that is the last.</summary>
    public static bool Whole(IReadOnlyCollection<NamesRow> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Where(part => part.Last).Select(part => part.Part).DefaultIfEmpty().Min() is > 0 and int last
            && Enumerable.Range(1, last).All(n => parts.Any(part => part.Part == n));
    }
}

/// <summary>The places of one text of settings.</summary>
public sealed class StationPlaces
{
    private readonly Dictionary<int, string> _zones = [];
    private readonly Dictionary<int, ZoneKind> _kinds = [];
    private readonly Dictionary<int, (OutputUse Use, string Name)> _outputs = [];

    public StationPlaces(IEnumerable<NamesRow> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        foreach (NamesRow part in parts)
        {
            Take(part.Places);
        }

        Chinese = new Names(this, Catalogue.Chinese);
        English = new Names(this, Catalogue.English);
    }

    public PlaceNames Chinese { get; }

    public PlaceNames English { get; }

    /// <summary>What a zone watches; none where no table says it.</summary>
    public ZoneKind KindOf(int zone) => _kinds.GetValueOrDefault(zone);

    /// <summary>Bytes that nobody has checked but for their lengths, as text that steers nothing.</summary>
    public static string Shown(ReadOnlySpan<byte> name) => PlainText.Clean(Encoding.UTF8.GetString(name)).Trim();

    private void Take(byte[] places)
    {
        PlaceEntry place = new();
        for (int at = 0; place.Decode(places, at, places.Length) == DecodeResult.Ok; at = place.NameAt + place.NameBytes)
        {
            if (place.Sort == PlaceSort.Zone)
            {
                _kinds[place.Number] = (ZoneKind)place.Kind;
                _zones[place.Number] = Shown(places.AsSpan(place.NameAt, place.NameBytes));
            }
            else if (place.Sort == PlaceSort.Output)
            {
                _outputs[place.Number] = ((OutputUse)place.Kind, Shown(places.AsSpan(place.NameAt, place.NameBytes)));
            }
        }
    }

    private sealed class Names(StationPlaces of, Catalogue words) : PlaceNames
    {
        public override string Zone(int number) => of._zones.GetValueOrDefault(number, "");

        public override string Output(int number)
        {
            (OutputUse use, string name) = of._outputs.GetValueOrDefault(number, (OutputUse.Unknown, ""));
            string what = words.Use(use);
            return name.Length == 0 ? what : $"{what} {name}".Trim();
        }
    }
}
