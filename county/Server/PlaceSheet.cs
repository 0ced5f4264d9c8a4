// Owns: files of places as a table: its columns, and what may stand in each.
// Must never: guess: what cannot be is told with its row and column.

using System.Globalization;
using Gateway.Sheets;

namespace Gateway.County.Server;

internal static class PlaceSheet
{
    private const NumberStyles DegreeStyle = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
    private static readonly SheetColumn s_station = new(["站点", "站号", "station", "id"]);
    private static readonly SheetColumn s_address = new(["地址", "address"], Required: false);
    private static readonly SheetColumn s_contact = new(["联系人", "contact"], Required: false);
    private static readonly SheetColumn s_telephone = new(["电话", "telephone"], Required: false);
    private static readonly SheetColumn s_sleeping = new(["住宿人数", "sleeping"], Required: false);
    private static readonly SheetColumn s_gas = new(["燃气", "gas"], Required: false);
    private static readonly SheetColumn s_keys = new(["钥匙", "keys"], Required: false);
    private static readonly SheetColumn s_notes = new(["备注", "notes"], Required: false);
    private static readonly SheetColumn s_longitude = new(["经度", "longitude"], Required: false);
    private static readonly SheetColumn s_latitude = new(["纬度", "latitude"], Required: false);
    private static readonly SheetColumn s_datum = new(["坐标系", "datum"], Required: false);

    private static readonly SheetColumn[] s_columns =
    [
        s_station, s_address, s_contact, s_telephone, s_sleeping, s_gas, s_keys, s_notes, s_longitude, s_latitude, s_datum,
    ];

    /// <summary>The names that a table's first row may have.</summary>
    public static string Heads => string.Join(", ", s_columns.Select(column => $"{column.Names[0]} {column.Names[^1]}"));

    /// <summary>The places of a table; what is wrong is added to the problems.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="known">Stations that are registered.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static IReadOnlyList<PlaceFile> Read(byte[] bytes, IReadOnlySet<uint> known, ICollection<SheetProblem> problems)
    {
        List<PlaceFile> places = [];
        HashSet<uint> seen = [];
        foreach (SheetRow row in Sheet.Read(bytes, s_columns, problems) ?? [])
        {
            string station = row[s_station];
            if (!uint.TryParse(station, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) || !known.Contains(number))
            {
                problems.Add(row.Problem(s_station, StationSheet.Shown(station), "已登记的站点\na station that is registered"));
            }
            else if (!seen.Add(number))
            {
                problems.Add(row.Problem(s_station, $"{number} 第二次\n{number} a second time", "每站一行\neach once"));
            }

            foreach (SheetColumn column in s_columns.Where(c => row[c] is var text
                && (text.Length > CountyLimits.PlaceTextMax || PlainText.FirstBad(text) is not null)))
            {
                problems.Add(row.Problem(column, PlainText.Clean(row[column]),
                    $"至多 {CountyLimits.PlaceTextMax} 个看得见的字符\nat most {CountyLimits.PlaceTextMax} characters that are seen"));
            }

            places.Add(new PlaceFile
            {
                Station = number,
                Address = row[s_address],
                Contact = row[s_contact],
                Telephone = row[s_telephone],
                Sleeping = Sleeping(row, problems),
                Gas = row[s_gas],
                Keys = row[s_keys],
                Notes = row[s_notes],
                Longitude = row[s_longitude],
                Latitude = row[s_latitude],
                Datum = row[s_datum],
            });
            CheckPoint(row, problems);
        }

        return places;
    }

    private static int Sleeping(SheetRow row, ICollection<SheetProblem> problems)
    {
        string text = row[s_sleeping];
        bool good = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count <= CountyLimits.SleepingMax;
        if (text.Length > 0 && !good)
        {
            problems.Add(row.Problem(s_sleeping, text, $"0..{CountyLimits.SleepingMax}"));
        }

        return good ? count : 0;
    }

    private static void CheckPoint(SheetRow row, ICollection<SheetProblem> problems)
    {
        (string longitude, string latitude, string datum) = (row[s_longitude], row[s_latitude], row[s_datum]);
        if (longitude.Length == 0 && latitude.Length == 0 && datum.Length == 0)
        {
            return;
        }

        if (!Degrees(longitude, ServerLimits.LongitudeMax))
        {
            problems.Add(row.Problem(s_longitude, StationSheet.Shown(longitude), "经纬度同时填，如 119.6474\nboth, in degrees such as 119.6474"));
        }

        if (!Degrees(latitude, ServerLimits.LatitudeMax))
        {
            problems.Add(row.Problem(s_latitude, StationSheet.Shown(latitude), "经纬度同时填，如 29.0791\nboth, in degrees such as 29.0791"));
        }

        if (datum is not ("CGCS2000" or "GCJ-02"))
        {
            problems.Add(row.Problem(s_datum, StationSheet.Shown(datum), "CGCS2000, GCJ-02"));
        }
    }

    private static bool Degrees(string text, int most) =>
        double.TryParse(text, DegreeStyle, CultureInfo.InvariantCulture, out double degrees) && Math.Abs(degrees) <= most;
}
