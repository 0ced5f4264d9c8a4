// Owns: the words of the command line.
// Must never: do what they ask; each command's own file does.

using System.CommandLine;
using Gateway.Technician.Explain;
using Gateway.Technician.Make;

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
            """,
            """
            The technician's tool: writes, checks and explains the settings of fire-alarm gateways. It needs no network.

            Exit codes:
              0  done
              1  the settings are wrong, or two settings do different things
              2  the command line, a file or the disk is in the way, and nothing was done
              3  a fault of the program
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
        root.Add(NewOptions.Create(desk));
        root.Add(check);
        root.Add(explain);
        root.Add(diff);
        return root;
    }

    private static Argument<string> File(string name, string description) => new(name) { Description = description };
}
