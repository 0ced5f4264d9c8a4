// Owns: `gateway log`: the box's records as a table that Excel opens.
// Must never: leave half a file, or leave a damaged record out without saying so.

using System.Globalization;
using Gateway.Contract;
using Gateway.Sheets;
using Gateway.Technician.Make;

namespace Gateway.Technician.Serial;

internal static class LogCommand
{
    private static readonly SheetColumn[] s_columns =
    [
        new(["道", "lane"]), new(["序号", "sequence"]), new(["启动", "boot"]), new(["运行毫秒", "uptime-ms"]), new(["时间", "utc"]),
        new(["事件", "event"]), new(["代码", "code"]), new(["部位", "zone"]), new(["内容", "text"]), new(["记录", "record"]),
    ];

    public static int Run(Desk desk, string file, string? port)
    {
        Tongue tongue = desk.Tongue;
        if (File.Exists(file) || Directory.Exists(file))
        {
            throw Trouble.At(tongue, file, "已经存在，没有改动\nsomething that is there, and was left as it is",
                "换一个文件名\nTake another name");
        }

        WholeFolder.CheckOne(tongue, file);
        using BoxConsole box = BoxConsole.Open(desk, port);
        var names = ZoneNames.Of(box);
        List<string[]> rows = [];
        int damaged = 0;
        ProgressBars.Show(desk, progress =>
        {
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                damaged += Read(desk, box, lane, names, rows, progress);
            }
        });
        WholeFolder.WriteOne(tongue, file, Sheet.Write(s_columns, rows));
        desk.Out.WriteLine(tongue.Of($"{file}：{rows.Count}条记录{(damaged > 0 ? $"，其中{damaged}条读坏" : "")}",
            $"{file}: {rows.Count} records{(damaged > 0 ? $", {damaged} of them damaged" : "")}"));
        return damaged == 0 ? ExitCodes.Good : ExitCodes.Found;
    }

    /// <summary>One lane; how many of its records are damaged.</summary>
    private static int Read(Desk desk, BoxConsole box, Lane lane, PlaceNames names, List<string[]> rows, ProgressBars progress)
    {
        Tongue tongue = desk.Tongue;
        string title = tongue.Words.Name(lane);
        long first = 0;
        int whole = 0, damaged = 0, read = 0;
        bool ended = false;
        _ = box.Ask($"log read {(int)lane} 0", line =>
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "BEGIN" when words.Length == 3:
                    first = Number(words[1]);
                    whole = (int)(Number(words[2]) - first);
                    progress.At(title, 0, whole);
                    break;
                case "R" when words.Length == 2:
                    var record = new EventRecord();
                    byte[] bytes = words[1].Length == EventRecord.Size * 2 && words[1].All(char.IsAsciiHexDigit)
                        ? Convert.FromHexString(words[1]) : [];
                    bool good = bytes.Length > 0 && record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok;
                    damaged += good ? 0 : 1;
                    read++;
                    rows.Add(good ? Row(tongue, record, names, words[1]) : [title, "", "", "", "", "?", "", "", "", words[1]]);
                    progress.At(title, good ? (int)(record.Sequence - first) : read, whole);
                    break;
                case "END":
                    ended = true;
                    break;
            }
        });
        progress.At(title, whole, whole);
        return ended ? damaged : throw PortTrouble.Of(tongue, PortFault.Garbage, box.Port);
    }

    private static long Number(string word) => long.TryParse(word, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static string[] Row(Tongue tongue, EventRecord r, PlaceNames names, string hex) =>
    [
        tongue.Words.Name(r.LaneNumber), $"{r.Sequence}", $"{r.Boot}", $"{r.UptimeMs}",
        r.UtcMs == 0 ? ""
            : DateTimeOffset.FromUnixTimeMilliseconds(r.UtcMs).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        tongue.Words.Name(r.Kind), EventKinds.Code(r.Kind), r.Zone == 0 ? "" : $"{r.Zone}",
        tongue.Words.Sentence(r, names), hex,
    ];
}
