// Owns: the words of `gateway new`.
// Must never: make a file; NewCommand and Fleet do.

using System.CommandLine;

namespace Gateway.Technician.Make;

internal static class NewOptions
{
    public static Command Create(Desk desk)
    {
        Tongue tongue = desk.Tongue;
        Option<string> Text(string name, string help, string zh, string en) => new(name)
        {
            Description = tongue.Of(zh, en),
            HelpName = help,
        };
        Option<string> id = Text("--id", "NUMBER", "站号 1..4294967295，由县给", "The station's number, 1..4294967295, given by the county");
        Option<string> county = Text("--county", "CODE", "县编码，如 330726", "Code of the county, such as 330726");
        Option<string> township = Text("--township", "CODE", "乡镇编码，如 330726101", "Code of the township, such as 330726101");
        Option<string> village = Text("--village", "CODE", "村编码，如 330726101003", "Code of the village, such as 330726101003");
        Option<string> name = Text("--name", "TEXT", "站点名称", "The station's name for people");
        Option<string> host = Text("--host", "HOST", "站点所见的服务器，最好是IP地址", "The broker as the station sees it, best an IP address");
        Option<string> port = Text("--port", "NUMBER", "服务器端口；不写为 1883", "Its port; without it 1883");
        Option<string> board = Text("--board", "NAME", "主板，如 carrier-s3", "The board, such as carrier-s3");
        Option<string> template = Text("--template", "FILE",
            "模板：其中的部位、规则等照搬", "A settings text whose zones, rules and so on are taken over");
        Option<string> wifi = Text("--wifi", "NAME", "无线网络名；用网线的不写", "The Wi-Fi network; none where there is a cable");
        Option<string> wifiPassword = Text("--wifi-password-file", "FILE",
            "第一行是无线密码的文件", "A file whose first line is the Wi-Fi password");
        Option<string> from = Text("--from", "TABLE",
            "站点表（CSV）：一次写出许多站点", "A table of stations (CSV): makes many at once");
        Option<string> divisions = Text("--divisions", "LIST",
            "县给的区划名录（CSV：编码、名称），核对编码", "The county's table of divisions (CSV: code, name), in which codes are looked up");
        Option<string> folder = Text("--out", "FOLDER", "新文件夹；不写时为 st站号", "The new folder; without it stNUMBER");
        Option<bool> dryRun = new("--dry-run")
        {
            Description = tongue.Of("只检查，什么也不写", "Checks all, and writes nothing"),
        };
        Command command = new("new", tongue.Of(
            """
            编写一个新站点：配置、密钥、无线网络、给县平台的登记表。没写的选项逐个问。
            写成一个新文件夹，要么全有，要么没有；已有的不改。--from 从一张表写出许多站点。
            """,
            """
            Makes a new station: settings, key, network, and the table for the county. What no option says is asked.
            All goes into a new folder, or nothing does; what is there is not touched. --from makes many stations from a table.
            """))
        {
            id, county, township, village, name, host, port, board, template, wifi, wifiPassword, from, divisions, folder, dryRun,
        };
        command.SetAction(parsed =>
        {
            string Of(Option<string> option) => parsed.GetValue(option) ?? "";
            var asked = new NewWords(Of(id), Of(county), Of(township), Of(village), Of(name), Of(host), Of(port), Of(board), Of(wifi))
            {
                Template = parsed.GetValue(template),
                WifiPasswordFile = parsed.GetValue(wifiPassword),
                Divisions = parsed.GetValue(divisions),
                Folder = parsed.GetValue(folder),
                DryRun = parsed.GetValue(dryRun),
            };
            if (parsed.GetValue(from) is not { } table)
            {
                return NewCommand.Run(desk, asked);
            }

            Option<string>[] ofOne = [id, county, township, village, name];
            return ofOne.FirstOrDefault(o => Of(o).Length > 0) is { } extra
                ? throw Trouble.At(tongue, extra.Name, "不能与 --from 同用\nnot together with --from",
                    "站号、编码、名称写在表里\nNumbers, codes and names stand in the table")
                : NewCommand.RunFleet(desk, asked, table);
        });
        return command;
    }
}
