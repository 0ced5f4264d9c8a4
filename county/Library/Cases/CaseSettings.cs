// Owns: by when a case of each class and grade has to be closed, by whom, and what makes a risk: their text, defaults and ranges.
// Must never: change what was settled under earlier settings; each case keeps those of the time at which it was first known.

using System.Collections.Immutable;
using System.Globalization;

namespace Gateway.County;

/// <summary>Of one class and grade.</summary>
/// <param name="DueMs">How long until it has to be closed, ms; the next level has as long again.</param>
/// <param name="Level">Who closes it.</param>
public readonly record struct CaseRule(long DueMs, EscalationLevel Level);

/// <summary>
/// What `county run` is told of cases. The text is a list of words such as "danger.major=3d,county silent=1d": class, or class and grade,
/// then a time, a level, or both.
/// </summary>
public sealed class CaseSettings
{
    public const string Allowed =
        "alarm, danger, silent or risk, or one of them with .low, .general, .larger or .major; =; days, hours or minutes such as 15d, 8h, "
        + "30m, a level (village, township, county), or both with a comma: danger.major=3d,county";

    // By the numbers of class and grade, from 1.
    private readonly CaseRule[,] _rules = new CaseRule[CaseNames.Classes.Length + 1, CaseNames.Grades.Length + 1];

    public CaseSettings()
    {
        for (int grade = 1; grade <= CaseNames.Grades.Length; grade++)
        {
            bool major = grade == (int)CaseGrade.Major;
            EscalationLevel danger = major ? EscalationLevel.County : EscalationLevel.Township;
            _rules[(int)CaseClass.Alarm, grade] = new CaseRule(CountyLimits.CaseAlarmDueMs, EscalationLevel.Village);
            _rules[(int)CaseClass.Danger, grade] = new CaseRule(CountyLimits.CaseDangerDueMs, danger);
            _rules[(int)CaseClass.Silent, grade] = new CaseRule(CountyLimits.CaseSilentDueMs, EscalationLevel.Township);
            _rules[(int)CaseClass.Risk, grade] = new CaseRule(CountyLimits.CaseRiskDueMs, EscalationLevel.Township);
        }
    }

    /// <summary>A station that is not heard for so long is a case, s.</summary>
    public int SilentAfterS { get; init; } = CountyLimits.CaseSilentAfterS;

    /// <summary>So many alarms of a station judged false in a day are a risk.</summary>
    public int FalseAlarmsADay { get; init; } = CountyLimits.FalseAlarmsADay;

    public CaseRule Of(CaseClass @class, CaseGrade grade) =>
        _rules[(int)@class, (int)(grade == CaseGrade.None ? CaseGrade.General : grade)];

    /// <summary>Takes words over; null, or what is wrong with the first that is.</summary>
    public string? Take(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        foreach (string word in words)
        {
            if (!Take(word))
            {
                return $"'{PlainText.Clean(word)}'; allowed: {Allowed}";
            }
        }

        return null;
    }

    /// <summary>All of it as one text, the same for the same settings.</summary>
    public override string ToString()
    {
        List<string> words = [Text($"silent-after={SilentAfterS}"), Text($"false-alarms={FalseAlarmsADay}")];
        for (int c = 1; c <= CaseNames.Classes.Length; c++)
        {
            for (int g = 1; g <= CaseNames.Grades.Length; g++)
            {
                CaseRule rule = _rules[c, g];
                string of = $"{CaseNames.Of((CaseClass)c)}.{CaseNames.Of((CaseGrade)g)}";
                words.Add(Text($"{of}={rule.DueMs / TimeSpan.MillisecondsPerMinute}m,{CaseNames.Of(rule.Level)}"));
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; words of a newer program are passed over.</summary>
    public static CaseSettings Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ');
        int Number(string name, int standard) =>
            Array.Find(words, w => w.StartsWith(name, StringComparison.Ordinal)) is { } word
            && int.TryParse(word.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : standard;
        CaseSettings settings = new()
        {
            SilentAfterS = Number("silent-after=", CountyLimits.CaseSilentAfterS),
            FalseAlarmsADay = Number("false-alarms=", CountyLimits.FalseAlarmsADay),
        };
        foreach (string word in words)
        {
            settings.Take(word);
        }

        return settings;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private bool Take(string word)
    {
        if (word.Split('=') is not [var what, var values] || what.Split('.') is not { Length: 1 or 2 } names)
        {
            return false;
        }

        int c = Place(CaseNames.Classes, names[0]);
        int g = names.Length == 2 ? Place(CaseNames.Grades, names[1]) : 0;
        if (c == 0 || (g == 0 && names.Length == 2))
        {
            return false;
        }

        long dueMs = 0;
        int level = 0;
        foreach (string value in values.Split(','))
        {
            if (level == 0 && Place(CaseNames.Levels, value) is > 0 and int at)
            {
                level = at;
            }
            else if (dueMs != 0 || (dueMs = Time(value)) == 0)
            {
                return false;
            }
        }

        for (int i = g == 0 ? 1 : g; i <= (g == 0 ? CaseNames.Grades.Length : g); i++)
        {
            CaseRule before = _rules[c, i];
            _rules[c, i] = new CaseRule(dueMs == 0 ? before.DueMs : dueMs, level == 0 ? before.Level : (EscalationLevel)level);
        }

        return true;
    }

    /// <summary>The number of a name, from 1; 0 = there is none such.</summary>
    private static int Place(ImmutableArray<string> names, string name) => names.IndexOf(name) + 1;

    /// <summary>ms; 0 = no time within the bounds.</summary>
    private static long Time(string text)
    {
        long unitMs = text.Length < 2 ? 0 : text[^1] switch
        {
            'm' => TimeSpan.MillisecondsPerMinute,
            'h' => TimeSpan.MillisecondsPerHour,
            'd' => TimeSpan.MillisecondsPerDay,
            _ => 0,
        };
        return unitMs != 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count * unitMs is >= TimeSpan.MillisecondsPerMinute and <= CountyLimits.CaseDueMaxMs and var ms ? ms : 0;
    }
}

/// <summary>Settings, and from when on they were in force.</summary>
/// <param name="FromMs">ms since 1970 UTC.</param>
/// <param name="Settings">Which.</param>
public sealed record CaseSettingsOf(long FromMs, CaseSettings Settings)
{
    /// <summary>Those that were in force at a moment; the first ones for all before.</summary>
    public static CaseSettings At(IReadOnlyList<CaseSettingsOf> all, long ms)
    {
        ArgumentNullException.ThrowIfNull(all);
        return (all.LastOrDefault(one => one.FromMs <= ms) ?? all.FirstOrDefault())?.Settings ?? new CaseSettings();
    }
}
