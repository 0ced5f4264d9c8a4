// Owns: `county station import`: many stations from one table, all of them or none.
// Must never: print a key or password, or register a part of a table.

using System.CommandLine;
using System.Text;
using Gateway.Contract;
using Gateway.County.Sql;
using Gateway.Sheets;

namespace Gateway.County.Server;

internal static class StationImport
{
    private const string FileAllowed = "a table of stations as `gateway new` writes it";
    private const string ListAllowed = "a CSV table of divisions with the columns 编码 code and 名称 name";

    private static readonly string NameAllowed =
        $"至多 {CountyLimits.DivisionNameMax} 个看得见的字\nat most {CountyLimits.DivisionNameMax} characters that are seen";

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The table: CSV in GB 18030 or UTF-8, its first row names the columns." };
        Option<string?> divisions = new("--divisions")
        {
            Description = "A table of divisions (编码, 名称): codes that are not in it are refused, townships get their names. 区划名录。",
            HelpName = "FILE",
        };
        CommonOptions.NotEmpty(divisions, ListAllowed);
        Option<bool> dryRun = new("--dry-run") { Description = "Checks the table against the registry and changes nothing. 只检查。" };
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "import",
            """
            Registers the stations of a table with the keys and passwords that are in it: all of them, or none. 批量登记。
            `gateway new` writes the table. What is wrong is told by row and column. Delete the table afterwards: it holds the keys.
            """)
        {
            file, divisions, dryRun, db,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file), parsed.GetValue(divisions), parsed.GetValue(dryRun), parsed.GetRequiredValue(db)));
        return command;
    }

    private static int Run(string file, string? divisions, bool dryRun, string db)
    {
        List<SheetProblem> problems = [];
        DivisionList? list = divisions is null ? null : Divisions(divisions);
        byte[] bytes = SecretFiles.Bytes("FILE", file, SheetLimits.BytesMax, FileAllowed);
        IReadOnlyList<StationRegistration> stations = Stations(Sheet.Read(bytes, StationSheet.Handover, problems) ?? [], list, problems);
        SheetText.Refuse(file, problems);
        using SqlStore store = SqlStore.Open(db, create: !dryRun);
        IReadOnlyList<uint> taken = dryRun
            ? [.. stations.Select(s => s.Station).Where(store.RegisteredNumbers().Contains)] : store.AddStations(stations, list?.Names);
        if (list is not null && taken.Count == stations.Count && taken.Count > 0 && Registered(store, stations) is { } registered)
        {
            // The table of stations that are there already, with a list: it is for the names.
            return Name(store, list, stations, registered, dryRun, file);
        }

        if (taken.Count > 0)
        {
            string numbers = string.Join(", ", taken.Take(SheetLimits.ProblemsShownMax));
            string more = taken.Count > SheetLimits.ProblemsShownMax ? $" 等共{taken.Count}个 of {taken.Count}" : "";
            throw new CommandException(
                $"FILE: 已登记的站号 registered already: {numbers}{more}; 一个也没有登记 none was added; allowed: free numbers, or `county "
                + "station remove` first")
            {
                ExitCode = ExitCodes.NoSuchStation,
            };
        }

        foreach (StationRegistration station in stations)
        {
            Console.WriteLine($"station {station.Station} {station.Name}");
        }

        Console.WriteLine(dryRun
            ? $"{stations.Count} stations: 检查通过，没有登记 the table is good, nothing was registered"
            : $"{stations.Count} stations: 已登记 registered in {SqlStore.Shown(db)}; 请删除 {file}，其中有密钥 delete it: it holds the keys");
        return ExitCodes.Done;
    }

    /// <summary>The registry's own of these; null when one of them is at another place, or is another maker's box.</summary>
    private static Dictionary<uint, StationRegistration>? Registered(SqlStore store, IReadOnlyList<StationRegistration> stations)
    {
        Dictionary<uint, StationRegistration> registered = store.Stations().ToDictionary(one => one.Station);
        return stations.All(one => registered.TryGetValue(one.Station, out StationRegistration? there)
            && (there.County, there.Township, there.Village) == (one.County, one.Township, one.Village)) ? registered : null;
    }

    private static int Name(
        SqlStore store, DivisionList list, IReadOnlyList<StationRegistration> stations,
        Dictionary<uint, StationRegistration> registered, bool dryRun, string file)
    {
        uint[] others = [.. stations
            .Where(one => registered[one.Station].Key.Id != one.Key.Id && registered[one.Station].NextKey?.Id != one.Key.Id)
            .Select(one => one.Station)];
        if (others.Length > 0)
        {
            Console.Error.WriteLine(
                $"表中密钥不是登记的密钥 the table has other keys than the registry: {string.Join(", ", others.Take(SheetLimits.ProblemsShownMax))}"
                + $" ({others.Length}); 登记的不变，装了表中密钥的网关连不上 the registry's stay: a box with the table's can't come in");
        }

        if (!dryRun)
        {
            store.NameTownships(list.Names);
        }

        Console.WriteLine(dryRun
            ? $"{stations.Count} stations: 都已登记，只会更新乡镇名称 all are registered, only names of townships would be set"
            : $"{stations.Count} stations: 都已登记，站点和密钥未改，乡镇名称已更新 all are registered and unchanged, townships are named; "
                + $"请删除 {file}，其中有密钥 delete it: it holds the keys");
        return ExitCodes.Done;
    }

    private static DivisionList? Divisions(string file)
    {
        List<SheetProblem> problems = [];
        byte[] bytes = SecretFiles.Bytes("--divisions", file, SheetLimits.BytesMax, ListAllowed);
        DivisionList? list = DivisionList.Read(bytes, problems, NameProblem);
        SheetText.Refuse(file, problems);
        return list;
    }

    // People on duty read it beside the code: nothing in it may hide or turn what stands there.
    private static (string Found, string Allowed)? NameProblem(string name)
    {
        string? bad = PlainText.FirstBad(name);
        if (bad is null && name.Length <= CountyLimits.DivisionNameMax)
        {
            return null;
        }

        string shown = PlainText.Clean(PlainText.Cut(name, CountyLimits.DivisionNameMax));
        return bad is null ? ($"{name.Length} 个字：{shown}\n{name.Length} characters: {shown}", NameAllowed)
            : ($"{shown}，有看不见的字符\n{shown} with {bad}", NameAllowed);
    }

    private static IReadOnlyList<StationRegistration> Stations(
        IReadOnlyList<SheetRow> rows, DivisionList? divisions, List<SheetProblem> problems)
    {
        List<StationRegistration> stations = [];
        long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (SheetStation one in StationSheet.Stations(rows, divisions, problems))
        {
            byte[]? key = Key(one.Row, problems);
            string password = one.Row[StationSheet.Password];
            if (Encoding.UTF8.GetByteCount(password) is 0 or > SheetLimits.PasswordBytesMax)
            {
                problems.Add(one.Row.Problem(StationSheet.Password, "口令长度不对\na password of the wrong length",
                    $"1..{SheetLimits.PasswordBytesMax} 字节\n1..{SheetLimits.PasswordBytesMax} bytes"));
            }

            if (key is null || problems.Count > 0)
            {
                continue;
            }

            StationRegistration station = new()
            {
                Station = one.Number,
                County = one.County,
                Township = one.Township,
                Village = one.Village,
                Name = one.Name,
                Key = new StationKey(key),
                PasswordHash = BrokerPassword.Hash(password),
                AddedMs = nowMs,
            };
            stations.Add(station);
            if (station.Problem() is { } problem)
            {
                string[] parts = problem.Split("; allowed: ", 2);
                problems.Add(one.Row.Problem(StationSheet.Name, parts[0], parts[^1]));
            }
        }

        return stations;
    }

    private static byte[]? Key(SheetRow row, List<SheetProblem> problems)
    {
        string text = row[StationSheet.Key];
        if (text.Length == Mac.KeyBytes * 2 && text.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(text);
        }

        // The cell is not repeated: it is most of a key.
        problems.Add(row.Problem(StationSheet.Key, $"{text.Length} 个字符，或有十六进制以外的\n{text.Length} characters, or others than hex digits",
            $"{Mac.KeyBytes * 2} 个十六进制字符\n{Mac.KeyBytes * 2} hex digits"));
        return null;
    }
}
