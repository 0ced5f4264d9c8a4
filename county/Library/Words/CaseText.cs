// Owns: a case and its steps in words for people and as JSON for programs.
// Must never: name a grade without saying that it is one of a risk, or a person's telephone number.

using System.Text.Json;
using Gateway.Contract;

namespace Gateway.County;

internal static class CaseText
{
    private static readonly string[] s_clocks = ["", "应答", "到场", "增援到场"];

    public static string Class(CaseClass of) => of switch
    {
        CaseClass.Alarm => "火警",
        CaseClass.Danger => "隐患",
        CaseClass.Silent => "失联",
        _ => "风险预警",
    };

    public static string Class(Case c) => c.Class == CaseClass.Alarm ? AlarmText.Chinese(c) : Class(c.Class);

    /// <summary>Its class before what it is about, where that does not say it.</summary>
    public static string Whole(Case c) => c.Class == CaseClass.Alarm ? Title(c) : $"{Class(c.Class)} {Title(c)}";

    /// <summary>What it is about, with its zone.</summary>
    public static string Title(Case c)
    {
        string what = c.Trouble switch
        {
            CaseTrouble.Fire => AlarmText.Chinese(c),
            CaseTrouble.HiddenFire => "火警或燃气报警（详情未到，请电话核实）",
            CaseTrouble.ConflictingFire => AlarmText.Chinese(c) + "（同号冲突）",
            CaseTrouble.Fault => "故障隐患",
            CaseTrouble.Found => "巡查隐患",
            CaseTrouble.Silent => "站点失联",
            CaseTrouble.FalseAlarms => $"误报频繁（当日{c.Events}次）",
            CaseTrouble.DutyCheck => "查岗无人应答",
            CaseTrouble.Patrol => "夜巡漏点",
            CaseTrouble.Pump => "消防水泵不在自动",
            _ => "频繁报警",
        };
        string zones = c.Zone == 0 || c.Trouble is CaseTrouble.DutyCheck ? "" : " " + Zone(c.Zone, c.ZoneKind, c.Places);
        int more = System.Numerics.BitOperations.PopCount(c.Zones) - 1;
        return what + zones + (more > 0 ? $" 等{more + 1}处" : "") + (c.Text.Length > 0 ? $" {c.Text}" : "") + (c.Test ? " [测试]" : "");
    }

    public static string State(Case c) => c.State switch
    {
        CaseState.Merged => $"已并入 {c.MergedInto}",
        CaseState.Closed => "已销号",
        CaseState.Ended => c.Class == CaseClass.Alarm ? "已复位，待结论" : "已消除，待销号",
        CaseState.Taken => "已受理",
        _ => c.Class == CaseClass.Alarm ? "未受理" : "待办",
    };

    public static string Grade(CaseGrade grade) => Catalogue.Chinese.Risk((Severity)grade);

    public static string Judgement(CaseJudgement judgement, Case c) =>
        judgement == CaseJudgement.Real ? AlarmText.Real(c).Zh : Judgement((int)judgement);

    /// <summary>By when, and whether that is over.</summary>
    public static string Due(Case c, long nowMs) => TimeText.Local(c.DueMs) + (c.ClosedMs == 0 && c.DueMs < nowMs ? " 已逾期" : "");

    /// <summary>What happened, in one line.</summary>
    public static string Words(CaseStep s)
    {
        if (s.Kind == CaseStepKind.Platform)
        {
            // Its state stands before its words.
            string[] parts = s.Words.Split(' ', 2);
            return $"上级平台：{CaseNames.PlatformChinese(parts[0])}{(parts.Length > 1 ? " " + parts[1] : "")}";
        }

        string what = s.Kind switch
        {
            CaseStepKind.Opened => "登记" + (s.Zone != 0 ? " " + At(s) : ""),
            CaseStepKind.More => $"又报一处 {At(s)}",
            CaseStepKind.Answered => s.Value > 0 ? $"已应答 用时{Catalogue.Chinese.Duration(s.Value)}" : "已应答",
            CaseStepKind.Silenced => "警报已消音",
            CaseStepKind.ResetRefused => $"复位未成功：{At(s)}仍在报警",
            CaseStepKind.ClockMet =>
                $"已{Clock(s.Detail)} 用时{Catalogue.Chinese.Duration(s.Value)}{(s.Party.Length > 0 ? $" {s.Party}" : "")}",
            CaseStepKind.ClockMissed => $"{Catalogue.Chinese.Duration(s.Value)}未{Clock(s.Detail)}→{Level(s)}",
            CaseStepKind.Escalated => $"无人应答，已升至{Level(s)}",
            CaseStepKind.Ended => "已复位／已消除",
            CaseStepKind.Aged => $"隐患挂账{Catalogue.Chinese.Duration(s.Value)}",
            CaseStepKind.Again => "再次发生",
            CaseStepKind.Taken => "受理",
            CaseStepKind.Judged => $"结论 {Judgement(s.Detail)}",
            CaseStepKind.Noted => "备注",
            CaseStepKind.Closed => "销号",
            CaseStepKind.Graded => $"定级 {Grade((CaseGrade)s.Detail)}",
            CaseStepKind.Overdue => $"逾期未销号，已升至{Level(s)}",
            CaseStepKind.Merged => "并入",
            CaseStepKind.PassedUp => $"送上一级→{CaseNames.Chinese((EscalationLevel)s.Value)}",
            CaseStepKind.Called => $"呼叫增援 {s.Party}（限{Catalogue.Chinese.Duration(s.Value)}到场）",
            CaseStepKind.SetOut => $"增援已出动 {s.Party}",
            CaseStepKind.Joined => $"增援已到场 {s.Party}",
            CaseStepKind.StoodDown => "增援撤回",
            _ => $"步骤{(int)s.Kind}",
        };
        return s.Words.Length == 0 ? what : $"{what}：{s.Words}";
    }

    /// <summary>The person, with the level.</summary>
    public static string Who(CaseStep s) => s.Who.Length == 0 || s.Level == 0 ? s.Who : $"{s.Who}（{Level(s)}）";

    public static string Time(CaseStep s) => TimeText.Local(s.AtMs) + s.TimeQuality switch
    {
        UtcQuality.Synchronised => "",
        UtcQuality.BackFilled => "≈",
        _ => "?",
    };

    public static string Clock(int clock) => clock is >= 1 and <= 3 ? s_clocks[clock] : $"时钟{clock}";

    public static void Write(Utf8JsonWriter json, Case c, Case? relapse, IReadOnlyList<CaseStep>? steps, PlaceFile? place = null)
    {
        json.WriteStartObject();
        json.WriteString("case", c.Id);
        json.WriteString("class", CaseNames.Of(c.Class));
        json.WriteString("trouble", CaseNames.Of(c.Trouble));
        json.WriteString("state", CaseNames.Of(c.State));
        json.WriteString("title", Title(c));
        json.WriteNumber("station", c.Station);
        json.WriteString("county", c.County);
        json.WriteString("township", c.Township);
        json.WriteString("village", c.Village);
        json.WriteNumber("zone", c.Zone);
        json.WriteString("grade", CaseNames.Of(c.Grade));
        json.WriteString("level", CaseNames.Of(c.Level));
        Moment(json, "openedAt", c.OpenedMs);
        Moment(json, "endedAt", c.EndedMs);
        Moment(json, "closedAt", c.ClosedMs);
        Moment(json, "dueAt", c.DueMs);
        Moment(json, "takenAt", c.TakenMs);
        json.WriteString("owner", c.Owner);
        json.WriteString("judgement", c.Judgement == CaseJudgement.None ? null : CaseNames.Of(c.Judgement));
        json.WriteString("cause", c.Cause);
        json.WriteBoolean("test", c.Test);
        json.WriteString("mergedInto", c.MergedInto.Length == 0 ? null : c.MergedInto);
        json.WriteString("relapseOf", relapse?.Id);
        json.WriteNumber("version", c.Version);
        if (place is not null)
        {
            json.WriteStartObject("place");
            json.WriteString("address", place.Address);
            json.WriteString("contact", place.Contact);
            json.WriteNumber("sleeping", place.Sleeping);
            json.WriteString("gas", place.Gas);
            json.WriteString("keys", place.Keys);
            json.WriteString("notes", place.Notes);
            json.WriteString("longitude", place.Longitude);
            json.WriteString("latitude", place.Latitude);
            json.WriteString("datum", place.Datum);
            json.WriteEndObject();
        }

        if (steps is not null)
        {
            json.WriteStartArray("steps");
            foreach (CaseStep step in steps)
            {
                json.WriteStartObject();
                json.WriteNumber("step", step.N);
                json.WriteString("what", CaseNames.Of(step.Kind));
                Moment(json, "at", step.AtMs);
                json.WriteString("words", Words(step));
                json.WriteNumber("zone", step.Zone);
                json.WriteNumber("value", step.Value);
                json.WriteString("level", step.Level == 0 ? null : CaseNames.Of((EscalationLevel)step.Level));
                json.WriteString("who", step.Who);
                json.WriteString("party", step.Party.Length == 0 ? null : step.Party);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Moment(Utf8JsonWriter json, string name, long ms) => json.WriteString(name, ms == 0 ? null : TimeText.Utc(ms));

    private static string Level(CaseStep s) => CaseNames.Chinese((EscalationLevel)s.Level);

    private static string Zone(int zone, ZoneKind kind, StationPlaces? places) =>
        Catalogue.Chinese.Place(zone, kind, places?.Chinese ?? PlaceNames.None);

    private static string At(CaseStep s) => Zone(s.Zone, ZoneKind.None, s.Places);

    private static string Judgement(int judgement) =>
        judgement is >= 1 and <= 4 ? ((string[])["属实", "误报", "测试", "演练"])[judgement - 1] : "";
}
