// Owns: plans of call-out as a table: its columns, and what may stand in each.
// Must never: guess: what cannot be is told with its row and column.

using System.Globalization;
using Gateway.Sheets;

namespace Gateway.County.Server;

internal static class CalloutSheet
{
    private static readonly SheetColumn s_station = new(["站点", "站号", "station", "id"]);
    private static readonly SheetColumn s_party = new(["增援力量", "party"]);
    private static readonly SheetColumn s_ring = new(["圈", "ring"], Required: false);
    private static readonly SheetColumn s_neighbour = new(["邻站", "neighbour"], Required: false);
    private static readonly SheetColumn s_telephone = new(["电话", "telephone"], Required: false);
    private static readonly SheetColumn s_within = new(["到场秒数", "within"], Required: false);

    private static readonly SheetColumn[] s_columns = [s_station, s_party, s_ring, s_neighbour, s_telephone, s_within];

    /// <summary>The names that a table's first row may have.</summary>
    public static string Heads => string.Join(", ", s_columns.Select(column => $"{column.Names[0]} {column.Names[^1]}"));

    /// <summary>The parties of a table; what is wrong is added to the problems.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="known">Stations that are registered.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static IReadOnlyList<CalloutParty> Read(byte[] bytes, IReadOnlySet<uint> known, ICollection<SheetProblem> problems)
    {
        List<CalloutParty> parties = [];
        HashSet<(uint, string)> seen = [];
        Dictionary<uint, int> counts = [];
        foreach (SheetRow row in Sheet.Read(bytes, s_columns, problems) ?? [])
        {
            uint station = Station(row, s_station, known, problems);
            string party = row[s_party];
            if (PlainText.Problem("", party, 1, CountyLimits.CaseNameMax) is not null)
            {
                problems.Add(row.Problem(s_party, StationSheet.Shown(PlainText.Clean(party)),
                    $"1 至 {CountyLimits.CaseNameMax} 个看得见的字符\n1..{CountyLimits.CaseNameMax} characters that are seen"));
            }
            else if (!seen.Add((station, party)))
            {
                problems.Add(row.Problem(s_party, $"{party} 第二次\n{party} a second time", "每站每个力量一行\neach once a station"));
            }

            string telephone = row[s_telephone];
            if (PlainText.Problem("", telephone, 0, CountyLimits.TelephoneMax) is not null)
            {
                problems.Add(row.Problem(s_telephone, PlainText.Clean(telephone),
                    $"至多 {CountyLimits.TelephoneMax} 个字符\nat most {CountyLimits.TelephoneMax} characters"));
            }

            counts[station] = counts.GetValueOrDefault(station) + 1;
            if (counts[station] == CountyLimits.CalloutPartiesMax + 1)
            {
                problems.Add(row.Problem(s_station, $"{station} 的第 {counts[station]} 个力量\nparty {counts[station]} of {station}",
                    $"每站至多 {CountyLimits.CalloutPartiesMax} 个\nat most {CountyLimits.CalloutPartiesMax} a station"));
            }

            parties.Add(new CalloutParty
            {
                Station = station,
                Party = party,
                Ring = Number(row, s_ring, CountyLimits.CalloutRingMax, 1, problems),
                Neighbour = row[s_neighbour].Length == 0 ? 0 : Station(row, s_neighbour, known, problems),
                Telephone = telephone,
                WithinS = Number(row, s_within, CountyLimits.CalloutWithinMaxS, CountyLimits.CalloutWithinS, problems),
            });
        }

        return parties;
    }

    private static uint Station(SheetRow row, SheetColumn column, IReadOnlySet<uint> known, ICollection<SheetProblem> problems)
    {
        string text = row[column];
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && known.Contains(number))
        {
            return number;
        }

        problems.Add(row.Problem(column, StationSheet.Shown(PlainText.Clean(text)), "已登记的站点\na station that is registered"));
        return 0;
    }

    private static int Number(SheetRow row, SheetColumn column, int most, int standard, ICollection<SheetProblem> problems)
    {
        string text = row[column];
        if (text.Length == 0)
        {
            return standard;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most)
        {
            return number;
        }

        problems.Add(row.Problem(column, PlainText.Clean(text), $"1..{most}"));
        return standard;
    }
}
