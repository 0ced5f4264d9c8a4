// Owns: `gateway new --from`: a folder with all stations of a table.
// Must never: write anything while one row is wrong.

using Gateway.Core;
using Gateway.Sheets;

namespace Gateway.Technician.Make;

internal static class Fleet
{
    private static readonly SheetColumn s_host = new(["服务器", "host"], Required: false);
    private static readonly SheetColumn s_port = new(["端口", "port"], Required: false);
    private static readonly SheetColumn s_board = new(["主板", "board"], Required: false);
    private static readonly SheetColumn s_template = new(["模板", "template"], Required: false);
    private static readonly SheetColumn s_wifi = new(["无线网络", "wifi"], Required: false);
    private static readonly SheetColumn s_wifiPassword = new(["无线密码", "wifi-password"], Required: false);

    private static readonly SheetColumn[] s_columns =
    [
        StationSheet.Number, StationSheet.County, StationSheet.Township, StationSheet.Village, StationSheet.Name,
        StationSheet.CountyName, StationSheet.TownshipName, StationSheet.VillageName,
        s_host, s_port, s_board, s_template, s_wifi, s_wifiPassword,
    ];

    /// <param name="usual">What holds for each station whose row says nothing else; its number and place are not looked at.</param>
    /// <param name="folder">Null = named after the table.</param>
    public static int Run(Desk desk, string table, string? divisions, StationDraft usual, string? folder, bool dryRun)
    {
        Tongue tongue = desk.Tongue;
        string path = folder ?? Path.GetFileNameWithoutExtension(table);
        byte[] bytes = SmallFile.Read(tongue, table, SheetLimits.BytesMax);
        DivisionList? list = Divisions(tongue, divisions);
        List<SheetProblem> problems = [];
        IReadOnlyList<SheetRow> rows = Sheet.Read(bytes, s_columns, problems) ?? [];
        IReadOnlyList<SheetStation> stations = StationSheet.Stations(rows, list, problems);
        List<(StationDraft Draft, string Text)> drafts = [];
        Progress progress = new(desk, tongue.Of("检查站点", "stations checked"), stations.Count);
        HashSet<int> bad = [.. problems.Select(p => p.Row)];
        foreach (SheetStation station in stations)
        {
            int before = problems.Count;
            StationDraft draft = Draft(tongue, table, station, usual, problems);
            string text = draft.Text(tongue);
            if (problems.Count == before && !bad.Contains(station.Row.Number))
            {
                Check(text, station, problems);
            }

            drafts.Add((draft, text));
            progress.At(drafts.Count);
        }

        SheetWords.Refuse(tongue, table, problems);
        if (!dryRun)
        {
            WholeFolder.CheckFree(tongue, path);
        }

        foreach ((StationDraft draft, _) in drafts)
        {
            desk.Out.WriteLine($"{draft.Number} {draft.Name}");
        }

        string count = tongue.Count(drafts.Count, "个站点", "station", "stations");
        if (dryRun)
        {
            desk.Out.WriteLine(tongue.Of(
                $"{table}：{count}，都通过。这是试查，什么也没有写。", $"{table}: {count}, all good. A dry run: nothing was written."));
            return ExitCodes.Good;
        }

        List<MadeStation> made = [.. drafts.Select(one => StationFiles.Of(one.Draft, one.Text))];
        IEnumerable<NewFile> files = drafts.Zip(made).SelectMany(pair =>
            pair.Second.Files.Select(f => f with { Path = Path.Combine($"st{pair.First.Draft.Number}", f.Path) }));
        WholeFolder.Write(desk, path, [.. files, StationFiles.Table(made.Select(one => one.Row))]);
        desk.Out.WriteLine(tongue.Of(
            $"{path}：{count}，每站一个文件夹。{StationFiles.Handover} 交给县平台：county station import {StationFiles.Handover}，登记后删除，其中有全部密钥。",
            $"{path}: {count}, a folder each. Give {StationFiles.Handover} to the county (county station import {StationFiles.Handover}); "
                + "delete it when it is in: it holds all keys."));
        return ExitCodes.Good;
    }

    public static DivisionList? Divisions(Tongue tongue, string? file)
    {
        if (file is null)
        {
            return null;
        }

        List<SheetProblem> problems = [];
        DivisionList? list = DivisionList.Read(SmallFile.Read(tongue, file, SheetLimits.BytesMax), problems);
        SheetWords.Refuse(tongue, file, problems);
        return list;
    }

    private static StationDraft Draft(
        Tongue tongue, string table, SheetStation station, StationDraft usual, List<SheetProblem> problems)
    {
        SheetRow row = station.Row;
        string wifi = Or(row[s_wifi], usual.Wifi), password = row[s_wifi].Length > 0 ? row[s_wifiPassword] : usual.WifiPassword;
        if (StationFiles.WifiProblem(wifi, password) is { } wrong)
        {
            problems.Add(row.Problem(s_wifi, wrong.Found, wrong.Allowed));
        }

        string? template = usual.Template;
        if (row[s_template].Length > 0)
        {
            try
            {
                // A table names its templates as they lie beside it.
                string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(table))!, row[s_template]);
                template = SmallFile.Text(tongue, path, Limits.SettingsBytesMax);
            }
            catch (TroubleException e)
            {
                problems.Add(row.Problem(s_template, $"{e.Message}\n{e.Message}", "可读的配置文件\na readable settings file"));
            }
        }

        return new StationDraft(station.Number, station.County, station.Township, station.Village, station.Name)
        {
            Host = Or(row[s_host], usual.Host),
            Port = Or(row[s_port], usual.Port),
            Board = Or(row[s_board], usual.Board),
            Template = template,
            Wifi = wifi,
            WifiPassword = password,
        };
    }

    /// <summary>The device's own parser has the last word: a name that is too long, a board that is not there, a wrong template.</summary>
    private static void Check(string text, SheetStation station, List<SheetProblem> problems)
    {
        StationText read = StationText.Of("", text);
        if (read.Settings is null)
        {
            (string chinese, string english) = read.Sentence(0);
            problems.Add(new SheetProblem(station.Row.Number, "",
                $"得出的配置有误：{chinese}\nthe settings that come of it: {english}",
                "网关接受的配置\nsettings that a gateway takes"));
        }
    }

    private static string Or(string cell, string usual) => cell.Length > 0 ? cell : usual;
}
