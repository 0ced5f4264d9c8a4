// Owns: the first lines of the screen: the station, its conditions side by side, and what can be pressed.
// Must never: let one condition hide another.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>Pieces of markup, each of which stays on one line.</summary>
internal static class Banner
{
    private static readonly (int Bit, string Text)[] Lesser =
    [
        (ConditionBits.Supervisory, "[bold white on blue] 监管 supervisory [/]"),
        (ConditionBits.Disabled, "[magenta]屏蔽 disabled[/]"),
        (ConditionBits.Test, "[aqua]测试 test[/]"),
        (ConditionBits.Drill, "[bold magenta]演练 drill[/]"),
        (ConditionBits.DutyCheck, "[bold aqua]查岗 duty check[/]"),
        (ConditionBits.HotWork, "[bold]动火 hot work[/]"),
        (ConditionBits.DelayOn, "[magenta]延时 delay on[/]"),
        (ConditionBits.Patrol, "[aqua]夜巡 patrol[/]"),
        (ConditionBits.NoCountyAnswer, "[bold red]上级未应答 no county answer[/]"),
    ];

    public static IReadOnlyList<string> Conditions(Snapshot s)
    {
        string name = s.Configured
            ? $"[bold]{Markup.Escape(s.StationName)}[/] [grey]{s.StationNumber}{Time(s)}[/]"
            : "[bold]消防网关 gateway[/]";
        var shown = new List<string> { name };
        if ((s.Summary & ConditionBits.Fire) != 0)
        {
            string where = s.FirstZone == s.LatestZone ? $"{s.FirstZone}" : $"首 first {s.FirstZone} · 末 latest {s.LatestZone}";
            bool drill = s.Zones.Where(zone => zone.In(Core.Conditions.Fire)).All(zone => zone.OfDrill);
            shown.Add(drill ? $"[bold white on magenta] 演练火警 DRILL FIRE {where} [/]" : $"[bold white on red] 火警 FIRE {where} [/]");
        }

        if ((s.Summary & ConditionBits.PreAlarm) != 0)
        {
            shown.Add("[bold red]预警 pre-alarm[/]");
        }

        if ((s.Summary & ConditionBits.Silenced) != 0)
        {
            shown.Add("[red]已消音 silenced[/]");
        }

        if ((s.Summary & ConditionBits.Fault) != 0)
        {
            shown.Add($"[bold black on yellow] 故障 fault{BoxFaults(s)} [/]");
        }

        shown.AddRange(Lesser.Where(condition => (s.Summary & condition.Bit) != 0).Select(condition => condition.Text));
        if (!s.Configured)
        {
            shown.Add("[bold black on yellow] 未配置 NOT CONFIGURED [/]");
        }
        else if (shown.Count == 1)
        {
            shown.Add("[bold white on green] 正常 normal [/]");
        }

        return shown;
    }

    /// <param name="small">Chinese alone.</param>
    public static IReadOnlyList<string> Help(Snapshot s, bool small)
    {
        string Text(Word word) => small ? word.Chinese : word.ToString();
        var keys = new List<string>();
        if (s.Zones.Count > 0)
        {
            keys.Add($"[bold]1-9[/] {Text(new("选防区", "zone"))}");
            foreach (HandMove move in (HandMove[])[HandMove.Press, HandMove.Cut, HandMove.Short, HandMove.Release])
            {
                keys.Add($"[bold]{ScreenKeys.LetterOf(move)}[/] {Text(Words.Of(move))}");
            }
        }

        keys.AddRange(s.Keys.Select(key => $"[bold]{ScreenKeys.LetterOf(key)}[/] {Text(Words.OfKey(key))}"));
        keys.Add($"[bold]q[/] {Text(new("退出", "quit"))}");
        return keys;
    }

    /// <summary>The station's local time; a story may be far from the computer's.</summary>
    private static string Time(Snapshot s)
    {
        DateTimeOffset local = DateTimeOffset.FromUnixTimeMilliseconds(s.UtcMs).ToOffset(TimeSpan.FromMinutes(s.UtcOffsetMin));
        return s.UtcMs == 0 ? "" : $" {local:MM-dd HH:mm:ss}";
    }

    private static string BoxFaults(Snapshot s)
    {
        string link = (s.PanelFaults & BoxFault.Link) != 0 ? " 上行 link" : "";
        string flash = (s.PanelFaults & BoxFault.Flash) != 0 ? " 存储 flash" : "";
        string idle = (s.PanelFaults & BoxFault.IdlePath) != 0 ? " 备用通道 idle path" : "";
        string key = (s.PanelFaults & BoxFault.Key) != 0 ? " 按键卡住 held key" : "";
        string part = (s.PanelFaults & BoxFault.Part) != 0 ? " 扩展芯片 board part" : "";
        return link + flash + idle + key + part;
    }
}
