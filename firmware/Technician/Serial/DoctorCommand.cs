// Owns: `gateway doctor`: a look over port, versions, box, clock, link and zones, and what to do about what is wrong.
// Must never: change anything, or judge what the box judges; it looks for the box's words and figures.

using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Core;

namespace Gateway.Technician.Serial;

/// <summary>A word of the console, in its two languages, that says that something is wrong, and what to do then.</summary>
internal sealed record Ill(string Verb, string Chinese, string English, string Next);

/// <summary>A figure of the console by the word before it, the one from which, or up to which, it is wrong, and what to do then.</summary>
internal sealed record Figure(string Verb, string Chinese, string English, int From, int Through, string Next);

internal static partial class DoctorCommand
{
    internal static readonly Ill[] Ills =
    [
        new("status", "没有配置", "no settings",
            "用 gateway load 装入配置，或 gateway deploy\nLoad settings with gateway load, or use gateway deploy"),
        new("status", "试运行", "on trial", "等县平台应答，或 gateway console \"settings commit\""
            + "\nWait for the county, or use gateway console \"settings commit\""),
        new("status", "通信故障", "link ", "看网线、无线网络、服务器地址\nLook at the cable, the Wi-Fi, the server's address"),
        new("status", "县平台未收到", "no county answer", "打电话给县平台，问收到没有\nCall the county and ask whether it came"),
        new("status", "存储故障", "flash ", "换主板，先用 gateway log 读出记录\nChange the board; read its log with gateway log first"),
        new("status", "备用线路故障", "standby path", "看备用服务器的地址\nLook at the standby server's address"),
        new("status", "按键卡住", "a held key", "看哪个键按着没弹起\nLook which key is stuck"),
        new("status", "部件不应答", "a silent part", "看主板与扩展板之间的插头\nLook at the plugs between board and extension"),
        new("status", "显示屏故障", "display", "看显示屏的插头\nLook at the display's plug"),
        new("clock", "还不知道", "not known", "接通县平台就会校时\nIt is set once the county is reached"),
        new("link", "待重连", "county waiting", "看网线、无线网络，以及下面的服务器地址和端口"
            + "\nLook at the cable, the Wi-Fi, and the server's address and port below"),
        new("zones", "断线", " open", "看这个部位的线和终端电阻\nLook at that zone's wires and its end-of-line resistor"),
        new("zones", "短路", " short", "看这个部位的线\nLook at that zone's wires"),
        new("zones", "采集失败", "unreadable", "看这个部位接的板和插头\nLook at that zone's board and plug"),
        new("zones", "信号不稳", "unsteady", "看这个部位的接线端子有没有松\nLook for a loose terminal of that zone"),
    ];

    internal static readonly Figure[] Figures =
    [
        new("status", "最长一轮 ", "longest pass ", Limits.BoxGapMs, int.MaxValue,
            "箱子停顿太久：gateway log 读出记录交给开发者，再重启箱子看会不会再来"
                + "\nThe box stood still: read its log with gateway log for the developers, restart it and see whether it comes again"),
        new("status", "内存余 ", "memory left ", 0, (Limits.BoxFreeBytes >> 10) - 1,
            "内存快用完：减少规则和名称，或换有 PSRAM 的板\nMemory runs out: fewer rules and names, or a board with PSRAM"),
        new("status", "系统余 ", "the system's ", 0, (Limits.BoxNativeBytes >> 10) - 1,
            "系统内存快用完：重启箱子；再来就交给开发者\nThe system's memory runs out: restart the box; if it comes again tell the developers"),
        new("link", "未受理 ", "refused ", 1, int.MaxValue,
            "县平台拒收：请县里看 county refused；密钥不符就用 gateway deploy 重装\n"
                + "The county refuses: ask it for county refused; if it is the key, bring it anew with gateway deploy"),
    ];

    public static int Run(Desk desk, string? port)
    {
        Tongue tongue = desk.Tongue;
        string named = port ?? PortsCommand.Only(desk, null);
        desk.Out.WriteLine(tongue.Of("■ 串口", "■ Port"));
        string driver = PortDriver.Of(tongue, named);
        desk.Out.WriteLine(tongue.Of($"    {named}，驱动 {driver}", $"    {named}, driver {driver}"));
        using BoxConsole box = BoxConsole.Open(desk, named);
        desk.Out.WriteLine(tongue.Of("    有权限，没有别的程序占用，控制台有回答", "    allowed, no other program has it, the console answers"));
        bool empty = false;
        bool ill = Part(desk, tongue.Of("■ 箱子", "■ Box"), box.Ask("status"), "status", line =>
        {
            empty |= line.Contains(tongue.Of("没有配置", "no settings"), StringComparison.Ordinal);
            return VersionTrouble(tongue, line);
        });
        if (!empty)
        {
            ill |= Part(desk, tongue.Of("■ 时钟", "■ Clock"), box.Ask("clock"), "clock",
                line => ClockTrouble(tongue, line, DateTimeOffset.Now));
            ill |= Part(desk, tongue.Of("■ 县平台", "■ County"), box.Ask("link"), "link", _ => null);
            ill |= Part(desk, tongue.Of("■ 部位", "■ Zones"), box.Ask("zones"), "zones", _ => null);
        }

        desk.Out.WriteLine(ill ? tongue.Of("有地方不对，见上面的 !", "something is wrong, see the ! above") : tongue.Of("都正常", "all is well"));
        return ill ? ExitCodes.Found : ExitCodes.Good;
    }

    /// <summary>What is wrong with a line, and what to do, as the sentences of this tool say it.</summary>
    internal static IEnumerable<string> Judge(Tongue tongue, string verb, string line) =>
    [
        .. Ills.Where(one => one.Verb == verb && line.Contains(tongue.Of(one.Chinese, one.English), StringComparison.Ordinal))
            .Select(one => tongue.Of(one.Next)),
        .. Figures.Where(one => one.Verb == verb && NumberBehind(line, tongue.Of(one.Chinese, one.English)) is { } number
            && number >= one.From && number <= one.Through).Select(one => tongue.Of(one.Next)),
    ];

    /// <summary>The application's version beside this tool's, where the line has one; null = they are one.</summary>
    internal static string? VersionTrouble(Tongue tongue, string line)
    {
        string own = Own;
        return ProgramLine().Match(line) is not { Success: true } found || found.Groups["version"].Value == own ? null : tongue.Of(
            $"本工具是 {own}：用同一版的工具，或 gateway flash 换应用",
            $"this tool is {own}: use a tool of that version, or change the application with gateway flash");
    }

    /// <summary>What the laptop's clock says to the box's; null = no more than a little.</summary>
    internal static string? ClockTrouble(Tongue tongue, string line, DateTimeOffset now)
    {
        string text = TimeInLine().Match(line).Value;
        if (!DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset box))
        {
            return null;
        }

        double offS = (box - now).TotalSeconds;
        string most = $"{Math.Abs(offS):0}";
        return Math.Abs(offS) < TechnicianLimits.ClockOffS ? null : tongue.Of(
            $"比电脑{(offS > 0 ? "快" : "慢")} {most} 秒：先看电脑的时间对不对；箱子的时间由县平台校",
            $"{most} s {(offS > 0 ? "ahead of" : "behind")} this laptop: look at the laptop's first; the box's is set by the county");
    }

    /// <summary>This tool's version, which is that of all that is built with it.</summary>
    internal static string Own { get; } = typeof(DoctorCommand).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss zzz";

    /// <summary>True when something is wrong.</summary>
    private static bool Part(Desk desk, string title, IReadOnlyList<string> lines, string verb, Func<string, string?> more)
    {
        desk.Out.WriteLine(title);
        bool ill = false;
        foreach (string line in lines)
        {
            List<string> next = [.. Judge(desk.Tongue, verb, line)];
            if (more(line) is { } one)
            {
                next.Add(one);
            }

            desk.Out.WriteLine((next.Count == 0 ? "    " : "  ! ") + line.Trim());
            next.ForEach(each => desk.Out.WriteLine("      → " + each));
            ill |= next.Count > 0;
        }

        return ill;
    }

    private static int? NumberBehind(string line, string words)
    {
        int at = line.IndexOf(words, StringComparison.Ordinal);
        string digits = at < 0 ? "" : string.Concat(line.Skip(at + words.Length).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d", RegexOptions.None, 60_000)]
    private static partial Regex TimeInLine();

    [GeneratedRegex(@"^\s*(?:程序|program)\s(?:\S*?)(?<version>\d+\.\d+\.\d+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex ProgramLine();
}
