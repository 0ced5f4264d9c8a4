// Owns: the words for the village's work: code, 135 clocks, duty check, drill, hot work, patrols.
// Must never: show what does not run.

using Gateway.Core;
using Gateway.Pc.Run;

namespace Gateway.Pc.Screen;

/// <summary>Pieces of markup, the station's code first.</summary>
internal static class VillageText
{
    private static readonly Word[] FromAnswer = [new("应答", "answered"), new("到场", "on the scene"), new("到齐", "joined")];
    private static readonly Word[] FromScene = [new("本站到场", "own station"), new("邻站到场", "neighbours"), new("消防队到场", "brigade")];
    private static readonly Word[] Levels = [new("", ""), new("村", "village"), new("乡镇", "township"), new("县", "county")];
    private static readonly string[] Colours = ["grey", "green", "yellow", "red"];

    /// <param name="small">Chinese alone.</param>
    public static IReadOnlyList<string> Pieces(Snapshot s, bool small)
    {
        VillageView v = s.Village;
        var pieces = new List<string>();
        if (v.Code == StationCode.None)
        {
            return pieces;
        }

        string Text(Word word) => small ? word.Chinese : word.ToString();
        string cases = v.OpenCases == 0 ? "" : $" [yellow]{Text(new("隐患", "open cases"))} {v.OpenCases}[/]";
        string overdue = v.SelfTestOverdue ? $" [yellow]{Text(new("自检逾期", "self-test overdue"))}[/]" : "";
        pieces.Add($"[bold {Colours[(int)v.Code]}]{Text(Words.OfStationCode(v.Code))}[/]{cases}{overdue}");
        pieces.AddRange(v.Clocks.Select(clock => Clock(v, clock, Text)));
        if (v.DutyLeftS > 0)
        {
            pieces.Add($"[bold aqua]{Text(new("查岗", "duty check"))} {MinutesOf(v.DutyLeftS)}[/]");
        }

        if (v.DrillLeftMin > 0)
        {
            pieces.Add($"[bold magenta]{Text(new("演练", "drill"))} {v.DrillLeftMin} min[/]{DrillZones(v)}{Ending(v, Text)}");
        }

        if (v.DrillBrokenOff)
        {
            pieces.Add($"[bold magenta]{Text(new("演练已中止", "drill broken off"))}[/]");
        }

        if (v.PermitZones.Count > 0)
        {
            pieces.Add($"[bold]{Text(new("动火", "hot work"))} {string.Join(',', v.PermitZones)}: {v.PermitLeftMin} min[/]");
        }
        else if (v.LookAsked)
        {
            pieces.Add($"[bold aqua]{Text(new("动火后检查", "last look"))} {v.PermitLeftMin} min[/]");
        }

        pieces.AddRange(v.OpenPatrols.Select(p =>
            $"[{(p.Met ? "green" : "aqua")}]{Text(new("夜巡", "patrol"))} {p.Number}: {p.Seen}/{p.Buttons}[/]"));
        return pieces;
    }

    private static string DrillZones(VillageView v) => $" [magenta]{string.Join(',', v.DrillZones)}[/]";

    private static string Ending(VillageView v, Func<Word, string> text) =>
        v.DrillEnding ? $" [bold yellow]{text(new("即将结束，请复原按钮", "ending, put call points back"))}[/]" : "";

    private static string Clock(VillageView v, ClockView clock, Func<Word, string> text)
    {
        string name = $"135 {text((v.FromScene ? FromScene : FromAnswer)[clock.Clock])}";
        return clock.Standing switch
        {
            ClockStanding.Running => $"[bold]{name} {MinutesOf(clock.LeftS)}[/]",
            ClockStanding.Met => $"[green]{name} {text(new("已到", "met"))}[/]",
            _ => $"[bold red]{name} {text(new("超时", "missed"))} → {text(Levels[clock.Clock + 1])}[/]",
        };
    }

    private static string MinutesOf(int seconds) => $"{seconds / 60}:{seconds % 60:00}";
}
