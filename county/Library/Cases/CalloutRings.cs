// Owns: plans by distance: which neighbours stand in which ring around a place.
// Must never: compare points of two datums, which differ by hundreds of metres.

using System.Globalization;

namespace Gateway.County;

public static class CalloutRings
{
    private const double EarthMetres = 6_371_000;

    /// <summary>The nearest neighbours of a station, ring by ring.</summary>
    /// <param name="of">The place that is planned for.</param>
    /// <param name="others">Places of other stations; one without a point, or with one of another datum, is passed over.</param>
    /// <param name="ringMetres">How far each ring goes, rising.</param>
    /// <param name="most">At most so many in each ring, the nearest first.</param>
    /// <param name="name">What a station is called; null = it is not registered, and not called.</param>
    public static IReadOnlyList<CalloutParty> Of(
        PlaceFile of, IEnumerable<PlaceFile> others, IReadOnlyList<int> ringMetres, int most, Func<uint, string?> name)
    {
        ArgumentNullException.ThrowIfNull(of);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(ringMetres);
        ArgumentNullException.ThrowIfNull(name);
        (PlaceFile Place, double Metres)[] near =
        [
            .. others.Where(other => other.Station != of.Station && other.Datum == of.Datum).Select(other => (other, Metres(of, other)))
                .Where(other => other.Item2 <= ringMetres[^1]).OrderBy(other => other.Item2).ThenBy(other => other.other.Station),
        ];
        List<CalloutParty> plan = [];
        for (int ring = 0; ring < ringMetres.Count; ring++)
        {
            double least = ring == 0 ? -1 : ringMetres[ring - 1];
            int room = most;
            foreach ((PlaceFile place, double metres) in near.Where(one => one.Metres > least && one.Metres <= ringMetres[ring]))
            {
                if (room > 0 && name(place.Station) is { } called)
                {
                    room--;
                    plan.Add(new CalloutParty
                    {
                        Station = of.Station,
                        Party = $"{called} {place.Station}",
                        Ring = ring + 1,
                        Neighbour = place.Station,
                        Metres = Math.Max(1, (int)metres),
                        Telephone = place.Telephone.Length <= CountyLimits.TelephoneMax ? place.Telephone : "",
                    });
                }
            }
        }

        return plan;
    }

    /// <summary>Along the ground, by the two points' degrees; endless where one has none.</summary>
    private static double Metres(PlaceFile a, PlaceFile b)
    {
        if (!Point(a, out double aLon, out double aLat) || !Point(b, out double bLon, out double bLat))
        {
            return double.PositiveInfinity;
        }

        double lat = Math.Sin((bLat - aLat) / 2), lon = Math.Sin((bLon - aLon) / 2);
        double part = (lat * lat) + (Math.Cos(aLat) * Math.Cos(bLat) * lon * lon);
        return 2 * EarthMetres * Math.Asin(Math.Sqrt(Math.Min(1, part)));
    }

    private static bool Point(PlaceFile place, out double lon, out double lat)
    {
        lat = 0;
        bool good = Radians(place.Longitude, out lon) && Radians(place.Latitude, out lat) && place.Datum.Length > 0;
        return good;
    }

    private static bool Radians(string degrees, out double radians)
    {
        bool good = double.TryParse(degrees, NumberStyles.Float, CultureInfo.InvariantCulture, out radians);
        radians *= Math.PI / 180;
        return good;
    }
}
