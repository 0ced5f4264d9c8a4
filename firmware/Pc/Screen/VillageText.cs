// Owns: the words for the village's work: code, 135 clocks, duty check, call-out, drill, hot work, patrols.
// Must never: show what does not run.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>Pieces of markup, the station's code first.</summary>
internal static class VillageText
{
    private static readonly Word[] FromAnswer = [new("应答", "answer"), new("到场", "on the scene"), new("增援到场", "reinforced")];
    private static readonly Word[] FromScene = [new("本站到场", "own station"), new("邻站到场", "neighbours"), new("消防队到场", "brigade")];
    private static readonly string[] Colours = ["grey", "green", "yellow", "red"];

    public static IReadOnlyList<string> Pieces(Snapshot s, Look look)
    {
        VillageView v = s.Village;
        var pieces = new List<string>();
        if (v.Code == StationCode.None)
        {
            return pieces;
        }

        string cases = v.OpenCases == 0 ? "" : $" [yellow]{look.Say($"在办隐患{v.OpenCases}处", $"{v.OpenCases} open dangers")}[/]";
        string overdue = v.SelfTestOverdue ? $" [yellow]{look.Say("人工自检逾期", "self-test overdue")}[/]" : "";
        if (s.Fires.All(fire => fire.Zone.OfDrill))
        {
            // Beside a fire a green code would read as all being well.
            pieces.Add($"[bold {Colours[(int)v.Code]}]{look.Say(Words.OfStationCode(v.Code))}[/]{cases}{overdue}");
        }

        // That the first alarm was answered is no news beside one that nobody has answered.
        pieces.AddRange(v.Clocks.Where(clock => !s.Unanswered || v.FromScene || clock is not { Clock: 0, Standing: ClockStanding.Met })
            .Select(clock => Clock(v, clock, look)));
        if (v.DutyLeftS > 0)
        {
            pieces.Add($"[bold aqua]{look.Say("县平台查岗", "duty check")} {MinutesOf(v.DutyLeftS)}[/]");
        }

        if (v.CallOutPlace.Length > 0)
        {
            string where = Markup.Escape(v.CallOutPlace);
            pieces.Add($"[bold black on yellow] {look.Say("增援", "call-out")} {where} {MinutesOf(v.CallOutLeftS)} [/]");
        }

        if (v.DrillLeftMin > 0)
        {
            string zones = Numbers(v.DrillZones, look);
            string left = look.Say($"演练 {zones}号 剩{v.DrillLeftMin}分", $"drill of zones {zones}, {v.DrillLeftMin} min left");
            pieces.Add($"[bold magenta]{left}[/]");
            if (v.DrillEnding)
            {
                pieces.Add($"[bold yellow]{look.Say("演练即将结束，请复原按钮", "drill ends, put call points back")}[/]");
            }
        }

        if (v.DrillBrokenOff)
        {
            pieces.Add($"[bold magenta]{look.Say("演练已中止", "drill broken off")}[/]");
        }

        if (v.PermitZones.Count > 0)
        {
            string zones = Numbers(v.PermitZones, look);
            string left = look.Say($"动火 {zones}号 剩{v.PermitLeftMin}分", $"hot work in zones {zones}, {v.PermitLeftMin} min left");
            pieces.Add($"[bold]{left}[/]");
        }
        else if (v.LookAsked)
        {
            pieces.Add($"[bold aqua]{look.Say($"待动火后复查 剩{v.PermitLeftMin}分", $"look after hot work, {v.PermitLeftMin} min left")}[/]");
        }

        pieces.AddRange(v.OpenPatrols.Select(p => $"[{(p.Met ? "green" : "aqua")}]"
            + look.Say($"夜巡第{p.Number}班 {p.Seen}/{p.Buttons}点", $"patrol {p.Number}: {p.Seen} of {p.Buttons} points") + "[/]"));
        return pieces;
    }

    /// <summary>Minutes and seconds, as on a clock.</summary>
    public static string MinutesOf(int seconds) => $"{seconds / 60}:{seconds % 60:00}";

    private static string Numbers(IReadOnlyList<int> zones, Look look) => string.Join(look.Say("、", ", "), zones);

    private static string Clock(VillageView v, ClockView clock, Look look)
    {
        string name = look.Say((v.FromScene ? FromScene : FromAnswer)[clock.Clock]);
        string level = look.Catalogue.Level(clock.Clock + 1);
        return clock.Standing switch
        {
            ClockStanding.Running => $"[bold]{name} {look.Say("剩", "")}{MinutesOf(clock.LeftS)}[/]",
            ClockStanding.Met => $"[green]{name} {look.Say("已完成", "done")}[/]",
            _ => $"[bold red]{name} {look.Say($"超时→已升至{level}", $"missed → {level}")}[/]",
        };
    }
}
