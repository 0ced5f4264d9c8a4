// Owns: the label for the front of a box, as a page to print: lamps, keys, and what to do in each state, in Chinese first.
// Must never: name a lamp, key or sentence that the box and its screen do not have; tests hold it against them.

using System.Globalization;
using System.Net;
using System.Text;
using Gateway.Core;

namespace Gateway.Tests.Wire;

public static class FrontLabel
{
    public const string File = "hardware/label/front.svg";

    private const int WidthMm = 210;
    private const int HeightMm = 297;
    private const int EdgeMm = 12;
    private const double RowMm = 7.6;
    private const double HeadMm = 9;

    // The second language stands under the first, this much lower.
    private const double EnglishMm = 3;

    private const string Red = "#c00000";
    private const string Yellow = "#e0a800";
    private const string Green = "#008040";
    private const string White = "#ffffff";

    /// <summary>By lamp: its name on the box, its colour, what it means.</summary>
    public static IReadOnlyList<(OutputRole Role, string Name, string Colour, string Chinese, string English)> Lamps { get; } =
    [
        (OutputRole.LampFire, "火警", Red, "闪：火警、可燃气体或预警，没人应答。亮：已应答或已消音，未复位",
            "fire: flashes for fire, gas or pre-alarm; burns when answered or silenced, until the reset"),
        (OutputRole.LampSupervisory, "监管", Red, "消防水泵、阀门、水压等不在正常状态", "supervisory: a pump, valve or pressure is not as it should be"),
        (OutputRole.LampFault, "故障", Yellow, "线路、设备或通信有故障，打维保电话", "fault: call maintenance"),
        (OutputRole.LampDisabled, "屏蔽", Yellow, "有部位此时不报警，或报警延时投入", "disabled: a zone raises no alarm now, or the alarm delay is on"),
        (OutputRole.LampTest, "测试", Yellow, "测试或演练中，不是正常值守", "test: a test or drill goes on"),
        (OutputRole.LampDuty, "查岗", White, "闪：有事等人按[应答]：查岗、增援、动火复查", "duty: flashes while a duty check, call-out or last look waits"),
        (OutputRole.LampLink, "传输", Green, "闪：火警正在上报，县平台还没收到。亮：县平台已收到",
            "link: flashes while the county has not yet got a fire, burns when it has"),
        (OutputRole.LampPower, "主电", Green, "亮：有电。灭：停电", "mains: burns on mains, dark in a power cut"),
        (OutputRole.LampBattery, "备电", Green, "亮：正用电池。闪：电池故障", "battery: burns on battery, flashes at its fault"),
    ];

    /// <summary>By key: its name on the box, what a press does.</summary>
    public static IReadOnlyList<(Button Key, string Name, string Chinese, string English)> Keys { get; } =
    [
        (Button.Answer, "应答", "告诉县平台有人在处理；声音不停", "answer: tells the county that somebody sees to it; silences nothing"),
        (Button.Silence, "消音", "停警报声和蜂鸣；火警还在，又一处报警会再响", "silence: the sounders; the fire goes on, another one sounds again"),
        (Button.Reset, "复位", "现场查清、处理完再按；还在报警的部位复位不了", "reset: when all is seen to; refused while a zone signals"),
        (Button.Scene, "到场", "人到了现场按一次", "on the scene: when somebody is there"),
        (Button.Joined, "增援到", "增援到了按一次", "joined: when reinforcements are there"),
        (Button.Test, "自检", "试灯试声；演练中按它结束演练", "self-test; ends a drill"),
        (Button.Mute, "蜂鸣器消音", "只停本机蜂鸣，外面的警报器照响", "mute: the box's own buzzer alone"),
        (Button.Lock, "钥匙开关", "装了钥匙开关的：转到“开”才能复位", "key switch: where there is one, a reset needs it on"),
    ];

    /// <summary>By state: what to do. The screen adds places and times.</summary>
    public static IReadOnlyList<(string State, string Chinese, string English)> Guidance { get; } =
    [
        ("火警", "①按[应答] ②派人带灭火器看现场 ③真火打119、疏散 ④再[消音]。查清前不要[复位]",
            "Fire: Press [answer]. Send somebody with an extinguisher. Real fire: call 119, evacuate. Then [silence]. Do not reset yet"),
        ("燃气", "①按[应答] ②不动电器、不点火，关燃气阀、开窗，人撤出再打119。查清前不要[复位]",
            "Gas: Press [answer]. No switch, no flame. Shut the gas valve, open windows, get everybody out, then call 119"),
        ("已消音", "警报声已停，火警还在。人到现场按[到场]，查清处理后再按[复位]",
            "Silenced: The sounders are silent, the fire is not over. Go and look; reset only when you know"),
        ("复位不了", "用钥匙复原按钮后再按[复位]；烟或热散了后再按[复位]",
            "Not reset: Put it back or find out why, then press [reset] again"),
        ("预警", "单只报警，马上派人去看", "Pre-alarm: signals alone: go and look"),
        ("故障", "此处报不了火警。打维保电话，修好前加强巡查", "Fault: it can raise no alarm. Call maintenance and go round more often"),
        ("停电", "停电，正用备电。查空气开关，通知电工", "Power cut: Mains failed, on battery. Check the circuit breaker, call the electrician"),
        ("联系不上", "县平台联系不上，火警发不出去。真火自己打119，并打县值班电话",
            "No link: The county can't be reached and does not know of the fire. Call 119 and its duty room yourself"),
        ("查岗", "县平台查岗，限时内按[应答]", "Duty check: press [answer] within the time"),
        ("演练", "真着火：喊人、打119、按[自检]结束演练", "Drill: Real fire: shout, call 119, press [test] to end the drill"),
        ("平时", "监视正常。发现着火：按报警按钮、喊人、打119", "Quiet: All quiet. If you see a fire: press a call point, shout, call 119"),
    ];

    public static string Make()
    {
        StringBuilder svg = new();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WidthMm}mm\" height=\"{HeightMm}mm\" ");
        svg.Append($"viewBox=\"0 0 {WidthMm} {HeightMm}\" font-family=\"'Noto Sans CJK SC','Microsoft YaHei',sans-serif\">\n");
        svg.Append($"<rect width=\"{WidthMm}\" height=\"{HeightMm}\" fill=\"#ffffff\"/>\n");
        double y = 15;
        Text(svg, EdgeMm, y, 7, "消防网关：看灯、按键、怎么办", bold: true);
        Text(svg, 128, y, 3, "Fire-alarm gateway: lamps, keys, what to do");
        y += 8;
        Text(svg, EdgeMm, y, 3.8, "站点 _______________　火警 119　县值班电话 ______________　维保 ______________");
        y = Head(svg, y, "灯 Lamps");
        foreach ((_, string name, string colour, string chinese, string english) in Lamps)
        {
            svg.Append($"<circle cx=\"{EdgeMm + 3}\" cy=\"{N(y - 1.2)}\" r=\"2.2\" fill=\"{colour}\" stroke=\"#000000\" ");
            svg.Append("stroke-width=\"0.3\"/>\n");
            y = Row(svg, y, EdgeMm + 8, name, chinese, english);
        }

        y = Head(svg, y, "按键 Keys（没有装的键不用管 what is not fitted does not matter）");
        foreach ((_, string name, string chinese, string english) in Keys)
        {
            y = Row(svg, y, EdgeMm, $"[{name}]", chinese, english);
        }

        y = Head(svg, y, "怎么办 What to do");
        foreach ((string state, string chinese, string english) in Guidance)
        {
            y = Row(svg, y, EdgeMm, state, chinese, english);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double Head(StringBuilder svg, double y, string words)
    {
        svg.Append($"<path d=\"M{EdgeMm} {N(y + 2.5)}H{WidthMm - EdgeMm}\" stroke=\"#000000\" stroke-width=\"0.4\"/>\n");
        Text(svg, EdgeMm, y + HeadMm - 1, 4.4, words, bold: true);
        return y + HeadMm + 5.5;
    }

    private static double Row(StringBuilder svg, double y, double x, string name, string chinese, string english)
    {
        Text(svg, x, y, 3.8, name, bold: true);
        Text(svg, EdgeMm + 26, y, 3.7, chinese);
        Text(svg, EdgeMm + 26, y + EnglishMm, 2.4, english);
        return y + RowMm;
    }

    private static void Text(StringBuilder svg, double x, double y, double size, string words, bool bold = false) =>
        svg.Append($"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\"{(bold ? " font-weight=\"bold\"" : "")}>")
            .Append($"{WebUtility.HtmlEncode(words)}</text>\n");

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
