// Owns: what a desk sees at a glance: rows, counts, and a sign for each station.
// Must never: be made for a person; it is made for a scope, and the same for all who share it.

using Gateway.Contract;

namespace Gateway.County.Duty;

/// <summary>A case in the list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Rank">By which the list is sorted: untaken fires first, then the oldest.</param>
/// <param name="Sound">What is heard: fire, or empty.</param>
/// <param name="Html">Its row.</param>
public sealed record BoardRow(string Id, string Rank, string Sound, string Html);

/// <summary>Open cases by what they are.</summary>
/// <param name="Fire">Alarms that nobody took, but for those of gas.</param>
/// <param name="Gas">Those of combustible gas alone.</param>
/// <param name="Taken">Alarms that somebody took, or that are over.</param>
/// <param name="Silent">Stations that are not heard.</param>
/// <param name="Danger">Dangers.</param>
/// <param name="Risk">Risks.</param>
public sealed record BoardCounts(int Fire, int Gas, int Taken, int Silent, int Danger, int Risk)
{
    /// <summary>How many more there are than are shown.</summary>
    public int Beyond(int shown) => Math.Max(0, Fire + Gas + Taken + Silent + Danger + Risk - shown);
}

/// <summary>A station on the grid.</summary>
/// <param name="Station">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Township">Its township's code.</param>
/// <param name="TownshipShown">Code and name of its township.</param>
/// <param name="Look">A word of <see cref="BoardLook"/>.</param>
/// <param name="State">What that look says.</param>
/// <param name="StateEn">The same in English.</param>
public sealed record BoardCell(
    uint Station, string Name, string Township, string TownshipShown, string Look, string State, string StateEn)
{
    public string Sign => BoardLook.Sign(Look);
}

/// <param name="Rows">In their order, no more than are shown.</param>
/// <param name="More">How many more there are.</param>
/// <param name="Counts">Of all.</param>
/// <param name="Cells">Of all stations.</param>
/// <param name="Shift">Who is on duty for it with an open page.</param>
public sealed record Board(
    IReadOnlyList<BoardRow> Rows, int More, BoardCounts Counts, IReadOnlyList<BoardCell> Cells, string Shift);

/// <summary>How cases and stations look: each a word for the style, a sign and words, so that colour is never alone.</summary>
internal static class BoardLook
{
    /// <summary>Of a case.</summary>
    public static string Of(Case one) => one.Class switch
    {
        CaseClass.Alarm when one.State == CaseState.Open => "fire",
        CaseClass.Alarm when one.State == CaseState.Ended && one.TakenMs == 0 => "over",
        CaseClass.Alarm => "taken",
        CaseClass.Silent => "silent",
        _ => "danger",
    };

    private const ConditionBits Apart =
        ConditionBits.Disabled | ConditionBits.Test | ConditionBits.Drill | ConditionBits.HotWork;

    /// <summary>
    /// Whether an alarm went up above the level of whoever took it: it waits for somebody there as one that nobody took.
    /// </summary>
    /// <param name="one">The case.</param>
    /// <param name="steps">Its steps by their times.</param>
    public static bool IsRaised(Case one, IEnumerable<CaseStep> steps) => one.Class == CaseClass.Alarm && one.State == CaseState.Taken
        && (steps.LastOrDefault(step => step.Kind == CaseStepKind.Taken)?.Level ?? 0) < (int)one.Level;

    /// <summary>Of a station, by what it last said and by its open alarm. What a drill latches is no fire: a real one ends it.</summary>
    public static string Of(StationState? state, string? alarm) => alarm
        ?? (state is null ? "none"
            : !state.Online || state.Silent ? "silent"
            : (state.Conditions & (ConditionBits.Fire | ConditionBits.Drill)) == ConditionBits.Fire ? "fire"
            : state.Conditions.HasFlag(ConditionBits.Supervisory) ? "supervised"
            : state.Conditions.HasFlag(ConditionBits.Fault) ? "danger"
            : (state.Conditions & Apart) != ConditionBits.None ? "apart" : "quiet");

    /// <summary>Of all stations that a scope sees.</summary>
    /// <param name="stations">All.</param>
    /// <param name="states">What each last said.</param>
    /// <param name="cases">Those that the scope sees, in the desk's order: a station looks as its first alarm.</param>
    /// <param name="scope">Whose board it is.</param>
    /// <param name="places">The names of a station's places; asked of few: of one whose box tells of an alarm without a case.</param>
    public static IReadOnlyList<BoardCell> Cells(
        IEnumerable<StationRegistration> stations, IReadOnlyDictionary<uint, StationState> states, IEnumerable<Case> cases, Scope scope,
        Func<StationState, StationPlaces?> places)
    {
        Dictionary<uint, Case> alarms = [];
        foreach (Case one in cases.Where(one => one.Class == CaseClass.Alarm))
        {
            alarms.TryAdd(one.Station, one);
        }

        return
        [
            .. stations.Where(one => scope.Sees(one.Township)).Select(one =>
            {
                Case? alarm = alarms.GetValueOrDefault(one.Station);
                StationState? state = states.GetValueOrDefault(one.Station);
                string look = Of(state, alarm is null ? null : Of(alarm));
                (string zh, string en) = Words(look, alarm, state, places);
                return new BoardCell(one.Station, one.Name, one.Township, one.TownshipShown, look, zh, en);
            }),
        ];
    }

    public static string Sign(string look) => look switch
    {
        "fire" or "raised" or "taken" => "▲",
        "over" => "△",
        "supervised" => "●",
        "silent" => "✕",
        "danger" => "◆",
        "apart" => "■",
        "none" => "?",
        _ => "·",
    };

    /// <param name="look">One of these words.</param>
    /// <param name="alarm">The case that looks so; null = none.</param>
    public static (string Zh, string En) Words(string look, Case? alarm = null) => look switch
    {
        "fire" => ($"{AlarmText.Chinese(alarm)} 未受理", $"{AlarmText.English(alarm)}, not taken"),
        "over" => ("已恢复 未确认", "Over, not judged"),
        "taken" => ($"{AlarmText.Chinese(alarm)} 已受理", $"{AlarmText.English(alarm)}, taken"),
        "raised" => ($"{AlarmText.Chinese(alarm)} 已升级 待接办", $"{AlarmText.English(alarm)}, gone up, not taken there"),
        "supervised" => ("监管", "Supervisory"),
        "silent" => ("失联", "Not heard"),
        "danger" => ("隐患", "Trouble"),
        "apart" => ("屏蔽/测试/演练", "Set apart"),
        "none" => ("未上线", "Never heard"),
        _ => ("正常", "Quiet"),
    };

    /// <summary>The same of a station: what a box tells by itself is named by its own zones.</summary>
    public static (string Zh, string En) Words(
        string look, Case? alarm, StationState? state, Func<StationState, StationPlaces?> places)
    {
        if (look != "fire" || alarm is not null || state is null)
        {
            return Words(look, alarm);
        }

        StationPlaces? names = places(state);
        return ($"{AlarmText.Chinese(state, names)} 未受理", $"{AlarmText.English(state, names)}, not taken");
    }

    public static string Rank(Case one, bool raised = false)
    {
        int group = one.Class != CaseClass.Alarm ? 2 : one.State == CaseState.Open || raised ? 0 : 1;
        return $"{group}-{one.OpenedMs:D15}-{one.Id}";
    }

    /// <summary>Of all open cases that a scope sees.</summary>
    public static BoardCounts Count(IReadOnlyList<CaseCount> counts, Scope scope)
    {
        int Sum(Func<CaseCount, bool> which) => counts.Where(one => scope.Sees(one.Township) && which(one)).Sum(one => one.Count);
        return new BoardCounts(
            Sum(one => one.Class == CaseClass.Alarm && one.State == CaseState.Open && !one.Gas),
            Sum(one => one.Class == CaseClass.Alarm && one.State == CaseState.Open && one.Gas),
            Sum(one => one.Class == CaseClass.Alarm && one.State != CaseState.Open),
            Sum(one => one.Class == CaseClass.Silent),
            Sum(one => one.Class == CaseClass.Danger),
            Sum(one => one.Class == CaseClass.Risk));
    }
}
