// Owns: what a table of stations has in its columns, and what is wrong with one.
// Must never: repeat a key or password.

using Gateway.Contract;

namespace Gateway.Sheets;

/// <summary>Who a station is, and the row that says so.</summary>
internal sealed record SheetStation(SheetRow Row, uint Number, string County, string Township, string Village, string Name);

/// <summary>The columns of a station's number and place, and the checks that hold in every table of stations.</summary>
internal static class StationSheet
{
    public const string NumberAllowed = "1..4294967295";

    private const int CountyDigits = 6;
    private const int TownshipDigits = 9;
    private const int VillageDigits = 12;

    public static readonly SheetColumn Number = new(["站号", "站点", "id", "station"]);
    public static readonly SheetColumn County = new(["县编码", "县", "county"]);
    public static readonly SheetColumn Township = new(["乡镇编码", "乡镇", "township"]);
    public static readonly SheetColumn Village = new(["村编码", "村", "village"]);
    public static readonly SheetColumn Name = new(["名称", "站名", "name"]);
    public static readonly SheetColumn CountyName = new(["县名", "county-name"], Required: false);
    public static readonly SheetColumn TownshipName = new(["乡镇名", "township-name"], Required: false);
    public static readonly SheetColumn VillageName = new(["村名", "village-name"], Required: false);
    public static readonly SheetColumn Key = new(["密钥", "key"]);
    public static readonly SheetColumn Password = new(["口令", "password"]);

    /// <summary>What `gateway new` hands to the county: keys and passwords in clear.</summary>
    public static readonly SheetColumn[] Handover = [Number, County, Township, Village, Name, Key, Password];

    /// <summary>The stations of a table, with what is wrong: each cell, what does not go together, what is there twice.</summary>
    /// <param name="divisions">Null = codes and names are not looked up.</param>
    public static IReadOnlyList<SheetStation> Stations(
        IReadOnlyList<SheetRow> rows, DivisionList? divisions, ICollection<SheetProblem> problems)
    {
        List<SheetStation> stations = [];
        Dictionary<uint, int> numbers = [];
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        foreach (SheetRow row in rows)
        {
            string named = row[Village] + " " + row[Name];
            if (!Topics.StationOf(row[Number], out uint number))
            {
                problems.Add(row.Problem(Number, Shown(row[Number]), NumberAllowed));
            }
            else if (!numbers.TryAdd(number, row.Number))
            {
                problems.Add(row.Problem(Number, $"{number}，第 {numbers[number]} 行已有\n{number}, which row {numbers[number]} has too",
                    "每站一个号\na number of its own for each station"));
            }

            if (row[Name].Length == 0)
            {
                problems.Add(row.Problem(Name, "空格子\nan empty cell", "站点的名称\nthe station's name"));
            }
            else if (!names.TryAdd(named, row.Number))
            {
                int first = names[named];
                problems.Add(row.Problem(Name, $"{row[Name]}，第 {first} 行同村已有\n{row[Name]}, which row {first} has in the same village",
                    "同村的站点名称不同\na name of its own in a village"));
            }

            if (Codes(row, problems))
            {
                divisions?.Check(row, problems);
            }

            stations.Add(new SheetStation(row, number, row[County], row[Township], row[Village], row[Name]));
        }

        return stations;
    }

    /// <summary>What is wrong with a code, or null; for a person who types one too.</summary>
    public static (string Found, string Allowed)? CountyProblem(string code) => CodeProblem(code, "", CountyDigits);

    public static (string Found, string Allowed)? TownshipProblem(string code, string county) => CodeProblem(code, county, TownshipDigits);

    public static (string Found, string Allowed)? VillageProblem(string code, string township) =>
        CodeProblem(code, township, VillageDigits);

    public static string Shown(string cell) => cell.Length == 0 ? "空格子\nan empty cell" : cell;

    /// <param name="above">The code of the division that it belongs to; empty = none.</param>
    private static (string Found, string Allowed)? CodeProblem(string code, string above, int digits)
    {
        if (code.Contains("E+", StringComparison.OrdinalIgnoreCase))
        {
            return ($"{code}，表格软件把编码改成了科学计数\n{code}, to which the spreadsheet turned the code",
                $"{digits} 位编码；先把该列设为“文本”再填\na code of {digits} digits; make the column text, then type it again");
        }

        if (!Topics.LevelOk(code))
        {
            return (Shown(code), $"1..{ContractLimits.TopicLevelMax} 个字母、数字、- 或 _\n1..{ContractLimits.TopicLevelMax} of A-Z a-z 0-9 - _");
        }

        // Codes of one's own are free; those of the state say themselves what they belong to.
        bool official = code.All(char.IsAsciiDigit) && above.All(char.IsAsciiDigit);
        return official && (code.Length != digits || !code.StartsWith(above, StringComparison.Ordinal))
            ? (code, above.Length == 0 ? $"{digits} 位编码\na code of {digits} digits"
                : $"{digits} 位编码，以 {above} 开头\na code of {digits} digits that begins with {above}")
            : null;
    }

    private static bool Codes(SheetRow row, ICollection<SheetProblem> problems)
    {
        (SheetColumn Column, (string Found, string Allowed)? Problem)[] looked =
        [
            (County, CountyProblem(row[County])),
            (Township, TownshipProblem(row[Township], row[County])),
            (Village, VillageProblem(row[Village], row[Township])),
        ];

        // What is below a wrong code is measured by it and would be told as wrong too.
        foreach ((SheetColumn column, (string Found, string Allowed)? problem) in looked)
        {
            if (problem is { } wrong)
            {
                problems.Add(row.Problem(column, wrong.Found, wrong.Allowed));
                return false;
            }
        }

        return true;
    }
}
