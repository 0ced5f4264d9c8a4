// Owns: the words of the command line.
// Must never: do what they ask; each command's own file does.

using System.CommandLine;
using Gateway.Technician.Explain;
using Gateway.Technician.Flash;
using Gateway.Technician.Label;
using Gateway.Technician.Make;
using Gateway.Technician.Serial;

namespace Gateway.Technician;

internal static class Commands
{
    public static RootCommand Root(Desk desk, string langOption)
    {
        Tongue tongue = desk.Tongue;
        Option<string> lang = new(langOption)
        {
            Description = tongue.Of("语言 zh 或 en；不写时同系统", "Language, zh or en; without it that of the system"),
            HelpName = "zh|en",
            Recursive = true,
        };
        lang.AcceptOnlyFromAmong("zh", "en");
        RootCommand root = new(tongue.Of(
            """
            技术员的工具：编写、检查、说明消防网关的配置。不联网。

            退出码：
              0  正常
              1  配置有误，或两份配置的作用不同
              2  命令行、文件或磁盘有问题，什么也没有做
              3  程序错误
              4  串口：没有、被占用、没有权限
              5  板子：不答话、乱码、中途断线
              6  写板子没有做完，按提示再做
              7  离线包缺东西，或版本不对
            """,
            """
            The technician's tool: writes, checks and explains the settings of fire-alarm gateways. It needs no network.

            Exit codes:
              0  done
              1  the settings are wrong, or two settings do different things
              2  the command line, a file or the disk is in the way, and nothing was done
              3  a fault of the program
              4  the serial port: not there, another program's, not allowed
              5  the board: silent, garbage, a pulled cable
              6  flashing was not finished; do again as the sentence says
              7  the offline kit lacks something, or versions differ
            """))
        {
            lang,
        };
        Argument<string> file = File("FILE", tongue.Of("配置文件，如 station.conf", "A settings file, such as station.conf"));
        Command check = new("check", tongue.Of(
            "用网关自己的解析器检查配置：第几行第几列，写成什么，应为什么。", "Checks settings with the device's own parser: line, column, found, allowed."))
        {
            file,
        };
        check.SetAction(parsed => CheckCommand.Run(desk, parsed.GetRequiredValue(file)));
        Command explain = new("explain", tongue.Of(
            "用白话说明这份配置让网关做什么：部位、接线、延时、规则、时限、输出、村级工作。",
            "Says in plain words what a station will do with these settings: zones, wiring, delays, rules, clocks, outputs, village work."))
        {
            file,
        };
        explain.SetAction(parsed => ExplainCommand.Run(desk, parsed.GetRequiredValue(file)));
        Argument<string> before = File("OLD", tongue.Of("原配置", "The settings that are in force"));
        Argument<string> after = File("NEW", tongue.Of("新配置", "The settings that are to come"));
        Command diff = new("diff", tongue.Of(
            "说明换成新配置会改变什么、哪些部位和规则增减、要不要重启。",
            "Says what changes with new settings, which zones and rules come or go, and what takes a restart."))
        {
            before, after,
        };
        diff.SetAction(parsed => DiffCommand.Run(desk, parsed.GetRequiredValue(before), parsed.GetRequiredValue(after)));
        Argument<string> labelled = File("FOLDER", tongue.Of(
            "站点的文件夹，或其中的 station.conf", "The station's folder, or the station.conf in it"));
        Option<string> telephone = new("--phone")
        {
            Description = tongue.Of("县平台值班电话，印在上面", "The county's telephone, to be printed"),
            HelpName = "NUMBER",
        };
        Option<string?> sheet = new("--out")
        {
            Description = tongue.Of("写到哪个文件；不写时为同一文件夹的 label.html", "The file; without it label.html in the same folder"),
            HelpName = "FILE",
        };
        Command label = new("label", tongue.Of(
            "箱门标签：站点、部位、端子、线色、二维码，一页 A4。没有密钥。",
            "A sheet for the door: station, zones, terminals, colours of wires, QR code, on A4. No secret is in it."))
        {
            labelled, telephone, sheet,
        };
        label.SetAction(parsed => LabelCommand.Run(
            desk, parsed.GetRequiredValue(labelled), parsed.GetValue(telephone) ?? "", parsed.GetValue(sheet)));
        Option<string?> tried = new("--try")
        {
            Description = tongue.Of("试一个串口：板子答不答话", "Tries a port: does the board answer?"),
            HelpName = "PORT",
        };
        Command ports = new("ports", tongue.Of("列出串口；拔插一次就知道哪个是板子。", "Lists serial ports; pull and plug to see which is the board."))
        {
            tried,
        };
        ports.SetAction(parsed => PortsCommand.Run(desk, parsed.GetValue(tried)));
        root.Add(ports);
        FlashOptions.AddTo(root, desk);
        BoxOptions.AddTo(root, desk);
        root.Add(NewOptions.Create(desk));
        root.Add(label);
        root.Add(check);
        root.Add(explain);
        root.Add(diff);
        return root;
    }

    private static Argument<string> File(string name, string description) => new(name) { Description = description };
}
