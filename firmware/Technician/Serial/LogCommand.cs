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
        new(["事件", "kind"]), new(["部位", "zone"]), new(["内容", "text"]), new(["记录", "record"]),
    ];

    public static int Run(Desk desk, string file, string? port)
    {
        Tongue tongue = desk.Tongue;
        if (File.Exists(file) || Directory.Exists(file))
        {
            throw Trouble.At(tongue, file, "已经存在，没有改动\nsomething that is there, and was left as it is",
                "换一个文件名\nTake another name");
        }

        using BoxConsole box = BoxConsole.Open(desk, port);
        List<string[]> rows = [];
        int damaged = 0;
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            Progress? progress = null;
            long first = 0;
            bool ended = false;
            _ = box.Ask($"log read {(int)lane} 0", line =>
            {
                string[] words = line.Split(' ');
                switch (words[0])
                {
                    case "BEGIN":
                        first = long.Parse(words[1], CultureInfo.InvariantCulture);
                        progress = new Progress(desk, Lanes.Name(lane), (int)(long.Parse(words[2], CultureInfo.InvariantCulture) - first));
                        break;
                    case "R":
                        var record = new EventRecord();
                        byte[] bytes = Convert.FromHexString(words[1]);
                        bool good = record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok;
                        damaged += good ? 0 : 1;
                        rows.Add(good ? Row(tongue, record, words[1]) : [Lanes.Name(lane), "", "", "", "", "", "", "?", words[1]]);
                        progress?.At(good ? (int)(record.Sequence - first) : rows.Count);
                        break;
                    case "END":
                        ended = true;
                        break;
                }
            });
            if (!ended)
            {
                throw PortTrouble.Of(tongue, PortFault.Garbage, box.Port);
            }
        }

        WholeFolder.WriteOne(tongue, file, Sheet.Write(s_columns, rows));
        desk.Out.WriteLine(tongue.Of($"{file}：{rows.Count}条记录{(damaged > 0 ? $"，其中{damaged}条读坏" : "")}",
            $"{file}: {rows.Count} records{(damaged > 0 ? $", {damaged} of them damaged" : "")}"));
        return damaged == 0 ? ExitCodes.Good : ExitCodes.Found;
    }

    private static string[] Row(Tongue tongue, EventRecord r, string hex) =>
    [
        Lanes.Name(r.LaneNumber), $"{r.Sequence}", $"{r.Boot}", $"{r.UptimeMs}",
        r.UtcMs == 0 ? ""
            : DateTimeOffset.FromUnixTimeMilliseconds(r.UtcMs).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        EventKinds.Code(r.Kind), r.Zone == 0 ? "" : $"{r.Zone}",
        (tongue.Chinese ? Catalogue.Chinese : Catalogue.English).Sentence(r, PlaceNames.None), hex,
    ];
}
