// Owns: which steps of which cases a robot is told, as the county writes it down.
// Must never: hold back a fire for the hour of the day: hours are for lesser news.

using System.Globalization;

namespace Gateway.County.HandOver;

/// <summary>
/// A rule such as class=alarm,danger;grade=larger;level=township;township=330726101;hours=08:00-20:00. What it does not name, it does not
/// ask for; grade and level are at least so high.
/// </summary>
internal sealed class RobotRule
{
    public const string Allowed = "class=alarm,danger,silent,risk; grade=low|general|larger|major; level=village|township|county; "
        + "township=CODE; hours=HH:MM-HH:MM";

    private HashSet<CaseClass>? _classes;
    private CaseGrade _grade;
    private EscalationLevel _level;
    private string _township = "";
    private int _fromMinute;
    private int _toMinute;

    private RobotRule()
    {
    }

    /// <summary>The rule of a text, or what is wrong with it.</summary>
    public static (RobotRule? Rule, string? Problem) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RobotRule rule = new();
        HashSet<string> named = new(StringComparer.Ordinal);
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length != 2 || !named.Add(pair[0]) || !rule.Take(pair[0], pair[1]))
            {
                return (null, $"'{PlainText.Clean(part)}'; allowed: each once: {Allowed}");
            }
        }

        return (rule, null);
    }

    /// <summary>Whether a step is told.</summary>
    /// <param name="of">Its case, as it is after it.</param>
    /// <param name="minuteOfDay">Where the county is.</param>
    public bool Tells(Case of, int minuteOfDay)
    {
        ArgumentNullException.ThrowIfNull(of);
        bool inHours = _fromMinute == _toMinute || (_fromMinute < _toMinute
            ? minuteOfDay >= _fromMinute && minuteOfDay < _toMinute : minuteOfDay >= _fromMinute || minuteOfDay < _toMinute);
        return (_classes is null || _classes.Contains(of.Class))
            && of.Grade >= _grade && of.Level >= _level && (_township.Length == 0 || of.Township == _township)
            && (inHours || of.Class == CaseClass.Alarm);
    }

    private bool Take(string name, string value)
    {
        switch (name)
        {
            case "class":
                int[] classes = [.. value.Split(',').Select(one => CaseNames.Classes.IndexOf(one) + 1)];
                _classes = [.. classes.Select(one => (CaseClass)one)];
                return Array.TrueForAll(classes, one => one > 0);
            case "grade":
                _grade = CaseNames.Grade(value);
                return _grade != CaseGrade.None;
            case "level":
                int level = CaseNames.Levels.IndexOf(value) + 1;
                _level = (EscalationLevel)level;
                return level > 0;
            case "township":
                _township = value;
                return Contract.Topics.LevelOk(value);
            case "hours":
                string[] ends = value.Split('-');
                return ends.Length == 2 && Minute(ends[0], out _fromMinute) && Minute(ends[1], out _toMinute)
                    && _fromMinute != _toMinute;
            default:
                return false;
        }
    }

    private static bool Minute(string text, out int minute)
    {
        bool good = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time);
        minute = (time.Hour * 60) + time.Minute;
        return good;
    }
}
