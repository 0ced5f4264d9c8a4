// Owns: `gateway doctor`: a look over port, box, link, clock and flash, and what to do about what is wrong.
// Must never: change anything.

namespace Gateway.Technician.Serial;

internal static class DoctorCommand
{
    // What the console says, in its two languages, and what to do then.
    internal static readonly (string Verb, string Chinese, string English, string Next)[] Ills =
    [
        ("status", "没有配置", "no settings",
            "用 gateway console 装入配置，或 gateway deploy\nLoad settings with gateway console, or use gateway deploy"),
        ("status", "试运行", "on trial", "等县平台应答，或输入 settings commit\nWait for the county, or type settings commit"),
        ("status", "上传故障", "link ", "看网线、无线网络、服务器地址\nLook at the cable, the Wi-Fi, the server's address"),
        ("status", "县平台未应答", "no county answer", "打电话给县平台，问收到没有\nCall the county and ask whether it came"),
        ("status", "存储故障", "flash ", "换主板，先用 gateway log 读出记录\nChange the board; read its log with gateway log first"),
        ("status", "备用通道故障", "standby path", "看备用服务器的地址\nLook at the standby server's address"),
        ("status", "按键卡住", "a held key", "看哪个键按着没弹起\nLook which key is stuck"),
        ("status", "部件不应答", "a silent part", "看主板与扩展板之间的插头\nLook at the plugs between board and extension"),
        ("status", "待重连", "county waiting", "看网络；gateway console link 看服务器地址\nLook at the network; gateway console link shows the server"),
        ("clock", "还不知道", "not known", "接通县平台就会校时\nIt is set once the county is reached"),
        ("zones", "断线", " open", "看这个部位的线和终端电阻\nLook at that zone's wires and its end-of-line resistor"),
        ("zones", "短路", " short", "看这个部位的线\nLook at that zone's wires"),
        ("zones", "读不出", "unreadable", "看这个部位接的板和插头\nLook at that zone's board and plug"),
        ("zones", "不稳", "unsteady", "看这个部位的接线端子有没有松\nLook for a loose terminal of that zone"),
    ];

    public static int Run(Desk desk, string? port)
    {
        Tongue tongue = desk.Tongue;
        using BoxConsole box = BoxConsole.Open(desk, port);
        desk.Out.WriteLine(tongue.Of($"串口 {box.Port}：好", $"port {box.Port}: good"));
        bool ill = false;
        foreach (string verb in (string[])["status", "clock", "zones"])
        {
            foreach (string line in box.Ask(verb))
            {
                List<string> next = [.. Ills.Where(one => one.Verb == verb
                    && line.Contains(tongue.Of(one.Chinese, one.English), StringComparison.Ordinal)).Select(one => tongue.Of(one.Next))];
                desk.Out.WriteLine((next.Count == 0 ? "    " : "  ! ") + line.Trim());
                next.ForEach(one => desk.Out.WriteLine("      → " + one));
                ill |= next.Count > 0;
            }
        }

        desk.Out.WriteLine(ill ? tongue.Of("有地方不对，见上面的 !", "something is wrong, see the ! above") : tongue.Of("都正常", "all is well"));
        return ill ? ExitCodes.Found : ExitCodes.Good;
    }
}
