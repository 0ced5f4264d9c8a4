// Owns: `county place …` and `county inspection …`: files of places, and who looks at them when.
// Must never: take half a table of places over.

using System.CommandLine;
using Gateway.County.Sql;
using Gateway.Sheets;

namespace Gateway.County.Server;

internal static class PlaceCommands
{
    private const string FileAllowed = "a table of places in CSV, in GB 18030 or UTF-8";

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = $"A table; its first line names the columns: {PlaceSheet.Heads}." };
        Option<string> db = CommonOptions.Db();
        Command import = new("import", "Takes files of places over from a table; all of it or nothing. 导入一户一档。") { file, db };
        import.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            byte[] bytes = SecretFiles.Bytes("FILE", path, SheetLimits.BytesMax, FileAllowed);
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            List<SheetProblem> problems = [];
            IReadOnlyList<PlaceFile> places = PlaceSheet.Read(bytes, store.RegisteredNumbers(), problems);
            SheetText.Refuse(path, problems);
            store.PutPlaces(places, CaseCommands.NowMs());
            Console.WriteLine($"places {places.Count}");
            return ExitCodes.Done;
        });
        return new Command("place", "Files of stations' places, shown with each case. 一户一档。") { import };
    }

    public static Command Inspections() => new("inspection", "When places are inspected, by their stations' codes. 检查。") { List(), Done() };

    private static Command List()
    {
        Option<bool> overdue = new("--overdue") { Description = "Only those that are due." };
        Option<string> db = CommonOptions.Db();
        Command command = new("list", "Stations' codes, and when each place is next inspected: monthly, weekly or daily. 应检。")
        {
            overdue, db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            long nowMs = CaseCommands.NowMs();
            ReportTable table = new("站点", "名称", "乡镇", "站点码", "在办", "周期", "上次检查", "应检");
            foreach (StationInspection one in StationCodes.All(
                store.Stations().Concat(store.Peers().Select(peer => peer.AsStation)),
                store.Cases(new CaseQuery { OpenOnly = true }), store.States(), store.Inspections(), nowMs))
            {
                if (parsed.GetValue(overdue) && one.DueMs > nowMs)
                {
                    continue;
                }

                (string code, string often) = one.Code switch
                {
                    PlaceCode.Green => ("绿", "每月"),
                    PlaceCode.Yellow => ("黄", "每周"),
                    _ => ("红", "每日"),
                };
                table.Add(
                    $"{one.Station.Station}", one.Station.Name, one.Station.Township, code, $"{one.Open}", often,
                    one.LastMs == 0 ? "" : TimeText.Local(one.LastMs), TimeText.Local(one.DueMs) + (one.DueMs <= nowMs ? " 已逾期" : ""));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Done()
    {
        Option<uint?> station = CommonOptions.Station("Whose place was inspected.");
        station.Required = true;
        Option<string> by = CaseCommands.Text("--by", "Who did it: a name.", 1, CountyLimits.CaseNameMax, required: true);
        Option<string> words = CaseCommands.Text("--words", "What there is to say.", 0, CountyLimits.CaseWordsMax, required: false);
        Option<string> db = CommonOptions.Db();
        Command command = new("done", "Notes that a place was inspected. 已检查。") { station, by, words, db };
        command.SetAction(parsed =>
        {
            uint number = parsed.GetValue(station) ?? 0;
            using SqlStore store = StationCommands.OpenFor(number, parsed.GetRequiredValue(db));
            CaseDesk.Inspected(store, number, parsed.GetRequiredValue(by), parsed.GetRequiredValue(words), CaseCommands.NowMs());
            Console.WriteLine($"station {number}: inspected");
            return ExitCodes.Done;
        });
        return command;
    }
}
