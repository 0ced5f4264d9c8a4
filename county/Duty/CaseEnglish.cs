// Owns: cases and their steps in English, for the page's English switch; the Chinese words are the county's own.
// Must never: say less than the Chinese does: what has no word here shows as its word for programs.

using System.Numerics;
using Gateway.Contract;

namespace Gateway.County.Duty;

internal static class CaseEnglish
{
    private static readonly string[] s_clocks = ["", "answered", "on the scene", "reinforced"];

    public static string Title(Case c)
    {
        string what = c.Trouble switch
        {
            CaseTrouble.Fire => AlarmText.English(c),
            CaseTrouble.HiddenFire => "Fire or gas alarm, no details received: telephone the station",
            CaseTrouble.ConflictingFire => AlarmText.English(c) + " under another record's name",
            CaseTrouble.Fault => "Fault",
            CaseTrouble.Found => "Danger found",
            CaseTrouble.Silent => "Station not heard",
            CaseTrouble.FalseAlarms => $"Many false alarms ({c.Events} that day)",
            CaseTrouble.DutyCheck => "Duty check not answered",
            CaseTrouble.Patrol => "Patrol missed",
            CaseTrouble.Pump => "Fire pump not in automatic",
            _ => "Chattering alarm",
        };
        string zone = c.Zone == 0 || c.Trouble is CaseTrouble.DutyCheck ? "" : " " + Zone(c.Zone, c.Places);
        int more = BitOperations.PopCount(c.Zones) - 1;
        return what + zone + (more > 0 ? $" and {more} more" : "") + (c.Text.Length > 0 ? $" {c.Text}" : "") + (c.Test ? " [test]" : "");
    }

    public static string State(Case c) => c.State switch
    {
        CaseState.Merged => $"part of {c.MergedInto}",
        CaseState.Closed => "closed",
        CaseState.Ended => c.Class == CaseClass.Alarm ? "reset, to be judged" : "gone, to be closed",
        CaseState.Taken => "taken",
        _ => c.Class == CaseClass.Alarm ? "not taken" : "to be done",
    };

    public static string Grade(CaseGrade grade) => grade == CaseGrade.None ? "" : CaseNames.Of(grade) + " risk";

    public static string Judgement(CaseJudgement judgement, Case c) =>
        judgement == CaseJudgement.Real ? AlarmText.Real(c).En : Judgement(judgement);

    private static string Judgement(CaseJudgement judgement) => judgement switch
    {
        CaseJudgement.Real => "right",
        CaseJudgement.False => "false alarm",
        CaseJudgement.Test => "test",
        CaseJudgement.Drill => "drill",
        _ => "",
    };

    public static string Clock(int clock) => clock is >= 1 and <= 3 ? s_clocks[clock] : $"clock {clock}";

    public static string Words(CaseStep s)
    {
        string what = s.Kind switch
        {
            CaseStepKind.Platform => "The platform above",
            CaseStepKind.Opened => "Began" + (s.Zone != 0 ? " in " + Zone(s.Zone, s.Places) : ""),
            CaseStepKind.More => $"Also {Zone(s.Zone, s.Places)}",
            CaseStepKind.Answered => s.Value > 0 ? $"Answered after {Catalogue.English.Duration(s.Value)}" : "Answered",
            CaseStepKind.Silenced => "Silenced",
            CaseStepKind.ResetRefused => $"Not reset: {Zone(s.Zone, s.Places)} still signals",
            CaseStepKind.ClockMet =>
                $"{Clock(s.Detail)} after {Catalogue.English.Duration(s.Value)}{(s.Party.Length > 0 ? $" {s.Party}" : "")}",
            CaseStepKind.ClockMissed => $"not {Clock(s.Detail)} in {Catalogue.English.Duration(s.Value)}, to the {Level(s)}",
            CaseStepKind.Escalated => $"Nobody answered: to the {Level(s)}",
            CaseStepKind.Ended => "Reset, or gone",
            CaseStepKind.Aged => $"A danger for {Catalogue.English.Duration(s.Value)}",
            CaseStepKind.Again => "Once more",
            CaseStepKind.Taken => "Taken",
            CaseStepKind.Judged => $"Judged {Judgement((CaseJudgement)s.Detail)}",
            CaseStepKind.Noted => "Note",
            CaseStepKind.Closed => "Closed",
            CaseStepKind.Graded => $"Graded {Grade((CaseGrade)s.Detail)}",
            CaseStepKind.Overdue => $"Not closed in time: to the {Level(s)}",
            CaseStepKind.Merged => "Part of",
            CaseStepKind.Called => $"Called {s.Party}, to be there in {Catalogue.English.Duration(s.Value)}",
            CaseStepKind.SetOut => $"Set out: {s.Party}",
            CaseStepKind.Joined => $"On the scene: {s.Party}",
            CaseStepKind.StoodDown => "Reinforcements stood down",
            CaseStepKind.PassedUp => $"Passed up to the {CaseNames.Of((EscalationLevel)s.Value)}",
            _ => $"{CaseNames.Of(s.Kind)}{(s.Level == 0 ? "" : $", {Level(s)}")}",
        };
        return s.Words.Length == 0 ? what : $"{what}: {s.Words}";
    }

    /// <summary>By when, and whether that is over.</summary>
    public static string Due(Case c, long nowMs) => TimeText.Local(c.DueMs) + (c.ClosedMs == 0 && c.DueMs < nowMs ? " overdue" : "");

    public static string Who(CaseStep s) => s.Who.Length == 0 || s.Level == 0 ? s.Who : $"{s.Who} ({Level(s)})";

    private static string Level(CaseStep s) => CaseNames.Of((EscalationLevel)s.Level);

    private static string Zone(int zone, StationPlaces? places) =>
        Catalogue.English.Place(zone, ZoneKind.None, places?.English ?? PlaceNames.None);
}
