// Owns: station, way to the county, outputs and keys in words.
// Must never: name an output's use that the panel does not give it.

using Gateway.Core;

namespace Gateway.Technician.Explain;

internal sealed class StationWords(Tongue tongue, Settings settings)
{
    // By role: the word on the box, and what makes it work without a rule. In two languages each.
    private static readonly (string Name, string Use)[] s_roles =
    [
        ("声警报器\nsiren",
            "火警时连续响，可燃气体半秒响半秒停，演练时断续响；按[消音]停，又一处再响\nsounds for a fire, half seconds for gas, with pauses in a drill; "
                + "silenced by the key, sounds again for another zone"),
        ("光警报器\nstrobe", "火警、可燃气体、演练时亮，直到复位\non for a fire, gas or a drill until the reset"),
        ("继电器1\nrelay 1", ""), ("继电器2\nrelay 2", ""), ("继电器3\nrelay 3", ""), ("继电器4\nrelay 4", ""),
        ("蜂鸣器\nbuzzer", "火警、可燃气体、演练同响；预警、故障、监管报警、查岗、动火复查各有声音\nsounds fire, gas and drill too; "
            + "a sound of its own for pre-alarm, fault, supervisory, duty check and last look"),
        ("火警灯\nfire lamp", "火警、可燃气体和预警\nfire, gas and pre-alarm"),
        ("故障灯\nfault lamp", "故障\nfault"),
        ("传输灯\nlink lamp", "与县平台的通信和火警的上报\nthe way to the county, and the report of a fire"),
        ("主电灯\nmains lamp", "网关在运行；停电时灭\nthe gateway runs; dark in a power cut"),
        ("屏蔽灯\ndisabled lamp", "有部位屏蔽，或报警延时投入\na zone is disabled, or the delay is on"),
        ("测试灯\ntest lamp", "测试或演练\ntest or drill"),
        ("监管灯\nsupervisory lamp", "监管报警\nsupervisory signal"),
        ("查岗灯\nduty lamp", "查岗或动火复查\nduty check or last look"),
        ("备电灯\nbattery lamp", "正用备电；闪为备电故障\nruns on the battery; flashes at its fault"),
    ];

    private static readonly string[] s_keys =
        ["消音\nsilence", "复位\nreset", "应答\nanswer", "到场\non the scene", "增援到\njoined", "自检（演练中：结束演练）\nself-test (ends a drill)",
            "蜂鸣器消音\nmute (the box's own buzzer)", "钥匙开关（打开才能复位）\nkey switch (a reset needs it on)"];

    public static string Role(Tongue tongue, OutputRole role) => tongue.Of(s_roles[(int)role].Name);

    public static string KeyName(Tongue tongue, int key) => tongue.Of(s_keys[key]);

    public Item Station() => new(
        tongue.Of($"{settings.Station} 号站 {settings.Name}", $"{settings.Station} {settings.Name}"),
        [
            new(tongue.Of("所在", "place"), tongue.Of(
                $"县 {settings.County}，乡镇 {settings.Township}，村 {settings.Village}",
                $"county {settings.County}, township {settings.Township}, village {settings.Village}")),
            new(tongue.Of("当地时间", "local time"), $"UTC{(settings.UtcOffsetMin < 0 ? '-' : '+')}"
                + $"{Math.Abs(settings.UtcOffsetMin) / 60}:{Math.Abs(settings.UtcOffsetMin) % 60:00}"),
            new(tongue.Of("主板", "board"), settings.BoardName),
        ])
    {
        Key = "station",
    };

    public Item Uplink()
    {
        List<Clause> clauses =
        [
            new(tongue.Of("服务器", "broker"), $"{settings.Host[0]}:{settings.Port[0]}"),
            new(tongue.Of("第二服务器", "second broker"), settings.TwoPaths
                ? tongue.Of($"{settings.Host[1]}:{settings.Port[1]}，轮流连接；平时每 5 分钟试一次",
                    $"{settings.Host[1]}:{settings.Port[1]}, in turns; tried every 5 min")
                : tongue.Of("无", "none")),
            new(tongue.Of("用户", "user"), settings.User.Length == 0 ? tongue.Of("无", "none") : settings.User),
            new(tongue.Of("报平安", "sign of life"), tongue.Of(
                $"每 {settings.HeartbeatS} 秒一次；约 {settings.HeartbeatS * 3} 秒收不到，县平台判失联",
                $"every {settings.HeartbeatS} s; after some {settings.HeartbeatS * 3} s without one the county calls it silent")),
            new(tongue.Of("补报", "backlog"), tongue.Of($"每秒 {settings.DrainPerS} 条，火警不受此限",
                $"{settings.DrainPerS} a second; fires do not wait for it")),
            new(tongue.Of("时间服务器", "time server"), settings.TimeServer.Length == 0 ? tongue.Of("固件自带的",
                "that of the firmware image") : settings.TimeServer),
        ];
        if (settings.TlsWithoutWatchdog)
        {
            clauses.Add(new("TLS", tongue.Of("没有外部看门狗也用，握手卡住时要人断电重启",
                "also without an external watchdog; a stalled handshake then needs a power cut")));
        }

        return new Item(tongue.Of("与县平台通信", "Way to the county"), clauses) { Key = "uplink" };
    }

    public IReadOnlyList<Item> Outputs() =>
        [.. Roles().Where(role => settings.OutputOf[(int)role] >= 0 || Ruled(role)).Select(Output), .. Display()];

    public IReadOnlyList<Item> Keys() =>
    [
        .. Enumerable.Range(0, Buttons.Count).Select(key =>
        {
            int input = settings.ButtonInput[key];
            bool closed = (settings.ButtonsClosed & (1 << key)) != 0;
            string wired = input < 0 ? tongue.Of("未接", "not there")
                : $"{ZoneWords.Input(settings, input)}{(closed ? tongue.Of("，常闭", ", opens when pressed") : tongue.Of("，常开",
                    ", closes when pressed"))}";
            return new Item(tongue.Of($"[{SettingsWords.Chinese(s_keys[key])}] {wired}",
                $"{SettingsWords.English(s_keys[key])}: {wired}"), [])
            {
                Key = $"button {Buttons.Names()[key]}",
            };
        }),
    ];

    private IEnumerable<Item> Display()
    {
        if (settings.Display)
        {
            yield return new Item(tongue.Of("显示屏", "display"), [
                new(tongue.Of("端子", "terminal"), tongue.Of("主板的 I2C，地址 0x3C", "the board's I2C bus, address 0x3C")),
                new(tongue.Of("用途", "works for"), tongue.Of(
                    "显示当时最要紧的一件事：什么、几处、几点、几号部位、下一步做什么（只有中文）；没有应答就报显示屏故障",
                    "the gravest state at that moment: what, how many, since when, which zone, what next (in Chinese only); "
                        + "a fault of the box when it does not answer")),
            ])
            {
                Key = "display",
            };
        }
    }

    private static IEnumerable<OutputRole> Roles() => Enumerable.Range(0, OutputRoles.Count).Select(role => (OutputRole)role);

    private bool Ruled(OutputRole role) => (settings.Rules.RolesUsed & (1 << (int)role)) != 0;

    private Item Output(OutputRole role)
    {
        int output = settings.OutputOf[(int)role];
        bool inverted = (settings.OutputsInverted & (1 << (int)role)) != 0;
        string name = settings.OutputName[(int)role];
        string title = Role(tongue, role) + (name.Length == 0 ? "" : tongue.Of($"（{name}）", $" ({name})"));
        string place = output < 0 ? tongue.Of("未接，规则对它不起作用", "not there, so rules about it do nothing")
            : tongue.Of($"输出 {output + 1}{(inverted ? "，低电平接通" : "")}", $"output {output + 1}{(inverted ? ", on at low level" : "")}");
        return new Item(title, [new(tongue.Of("端子", "terminal"), place), new(tongue.Of("用途", "works for"), Use(role))])
        {
            Key = $"output {OutputRoles.Names()[(int)role]}",
        };
    }

    private string Use(OutputRole role)
    {
        if (role is < OutputRole.Relay1 or > OutputRole.Relay4)
        {
            string ruled = Ruled(role) ? tongue.Of("；另见规则", "; and what rules say") : "";
            return tongue.Of(s_roles[(int)role].Use) + ruled;
        }

        return Ruled(role) ? tongue.Of("只按规则动作", "only what rules say")
            : role <= OutputRole.Relay2 ? tongue.Of("火警时启动，直到复位", "on for a fire until the reset")
            : tongue.Of("没有规则用它，不会动作", "no rule uses it, so it never works");
    }
}
