// Owns: the first lines of a story: its settings and the moment at which it begins.
// Must never: look at a line behind the first step.

using System.Globalization;
using System.Text;
using Gateway.Start;

namespace Gateway.Pc.Script;

/// <summary>What must be known before a story's zones can be.</summary>
/// <param name="SettingsFile">Full path; null when the story brings none.</param>
/// <param name="Begins">Local time of the station; null = now, and in real time.</param>
public sealed record StoryHead(string? SettingsFile, DateTime? Begins)
{
    public const string Settings = "settings";
    public const string Clock = "clock";

    private const string SettingsAllowed =
        "settings 和情景旁边的一个文件名，一次\nsettings FILE, once, with the name of a file beside the story";

    private const string ClockAllowed =
        "clock YYYY-MM-DD HH:MM，当地时间，2024 到 2100 年，一次\nclock YYYY-MM-DD HH:MM, local time, from 2024 to 2100, once";

    private const string Form = "yyyy-MM-dd HH:mm";

    /// <summary>Null and errors when one of these lines is wrong. The rest of the file is not looked at.</summary>
    public static StoryHead? Read(string file, byte[] bytes, ICollection<string> errors)
    {
        var head = new StoryHead(null, null);
        int line = 0;
        int before = errors.Count;
        foreach (string text in Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n'))
        {
            line++;
            string[] words = ScriptParser.WordsOf(text);
            if (words.Length == 0)
            {
                continue;
            }

            if (words[0] is not (Settings or Clock))
            {
                break;
            }

            head = words[0] == Settings ? head.WithSettings(file, line, words, errors) : head.WithClock(file, line, words, errors);
        }

        return errors.Count == before ? head : null;
    }

    /// <summary>The path of a file beside a story.</summary>
    public static string Beside(string story, string name) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(story))!, name);

    private StoryHead WithSettings(string file, int line, string[] words, ICollection<string> errors)
    {
        string path = words.Length == 2 ? Beside(file, words[1]) : "";
        if (SettingsFile is null && File.Exists(path))
        {
            return this with { SettingsFile = path };
        }

        errors.Add(PlaceNotes.Text(file, line, string.Join(' ', words), SettingsAllowed));
        return this;
    }

    private StoryHead WithClock(string file, int line, string[] words, ICollection<string> errors)
    {
        string text = string.Join(' ', words[1..]);
        bool good = DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime begins);
        if (Begins is null && good && begins.Year is >= ScriptLimits.YearMin and < ScriptLimits.YearMax)
        {
            return this with { Begins = begins };
        }

        errors.Add(PlaceNotes.Text(file, line, string.Join(' ', words), ClockAllowed));
        return this;
    }
}
