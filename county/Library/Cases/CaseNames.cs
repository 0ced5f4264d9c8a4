// Owns: the names of classes, states, grades, levels, judgements, troubles and steps, for programs and for people.
// Must never: change a name for programs: settings, command lines and other programs have it.

using System.Collections.Immutable;
using System.Globalization;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>What stands in JSON and on command lines, and the Chinese of what several texts name.</summary>
public static class CaseNames
{
    private static readonly string[] s_levels = ["", "村", "乡镇", "县"];

    /// <summary>In the order of their numbers, from 1.</summary>
    public static ImmutableArray<string> Classes { get; } = ["alarm", "danger", "silent", "risk"];

    public static ImmutableArray<string> States { get; } = ["open", "taken", "ended", "closed", "merged"];

    /// <summary>Those of the events' severities, which a grade has the numbers of.</summary>
    public static ImmutableArray<string> Grades { get; } =
        [.. Enum.GetValues<CaseGrade>().Where(grade => grade != CaseGrade.None).Select(grade => Severities.Code((Severity)grade))];

    public static ImmutableArray<string> Levels { get; } = ["village", "township", "county"];

    public static ImmutableArray<string> Judgements { get; } = ["real", "false", "test", "drill"];

    public static string Of(CaseClass one) => Of(Classes, (int)one);

    public static string Of(CaseState one) => Of(States, (int)one);

    public static string Of(CaseGrade one) => Of(Grades, (int)one);

    public static string Of(EscalationLevel one) => Of(Levels, (int)one);

    public static string Of(CaseJudgement one) => Of(Judgements, (int)one);

    public static string Of(CaseTrouble one) => Of(one.ToString());

    public static string Of(CaseStepKind one) => Of(one.ToString());

    public static string Of(CaseActKind one) => Of(one.ToString());

    /// <summary>None when it is the word of none.</summary>
    public static CaseGrade Grade(string word) => (CaseGrade)(Grades.IndexOf(word) + 1);

    /// <summary>None when it is the word of none.</summary>
    public static CaseJudgement Judgement(string word) => (CaseJudgement)(Judgements.IndexOf(word) + 1);

    /// <summary>Empty when there is no such level.</summary>
    public static string Chinese(EscalationLevel one) => (int)one >= 1 && (int)one < s_levels.Length ? s_levels[(int)one] : "";

    /// <summary>A platform's state in Chinese; one that is not known as it is.</summary>
    public static string PlatformChinese(string state) => state switch
    {
        "accepted" => "受理",
        "assigned" => "派单",
        "handling" => "处置中",
        "done" => "办结",
        "struck-off" => "销号",
        "returned" => "退回",
        _ => state,
    };

    private static string Of(ImmutableArray<string> names, int number) =>
        number >= 1 && number <= names.Length ? names[number - 1] : $"{number}";

    /// <summary>FalseAlarms is false-alarms.</summary>
    private static string Of(string name) => string.Concat(
        name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : $"{c}"));

    /// <summary>The event that station, epoch, lane and sequence in decimal name; null of other words.</summary>
    internal static EventKey? EventOf(string[] parts)
    {
        uint[] numbers = [.. parts.Select(part => uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number : uint.MaxValue)];
        return numbers is [var station, var epoch, < Lanes.Count and var lane, not uint.MaxValue and var sequence]
            ? new EventKey(station, epoch, (Lane)lane, sequence) : null;
    }
}
