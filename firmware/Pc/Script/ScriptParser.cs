// Owns: turning a script's text into steps, whole or not at all.
// Must never: guess; a line that is not understood is refused with its place and what is allowed.

using System.Globalization;
using System.Text;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Start;
using Gateway.Contract;

namespace Gateway.Pc.Script;

/// <summary>One command a line, '#' begins a comment, <c>at TIME</c> may stand before any command.</summary>
public sealed partial class ScriptParser
{
    private const string Commands =
        "press, cut, short, release, silence, reset, answer, scene, joined, test, wait, expect, device, timeline, quit, "
        + "and 'at TIME' before any of them; in a story also settings and clock at its top, county, and held";

    private const string TimeAllowed = "时间，如 500ms、1.5s、2min、1h，至多 24 小时\na time such as 500ms, 1.5s, 2min, 1h, at most 24 hours";

    private const string WaitAllowed =
        "wait TIME, wait until HH:MM, wait until county holds [within TIME], wait until online [within TIME]";

    private const string NothingMore = "没有别的，或 # 和注释\nnothing more, or a comment behind #";

    private readonly string _file;
    private readonly SortedSet<int> _zones = [];
    private readonly Func<string, ICollection<string>, StorySettings?>? _story;
    private readonly ICollection<string> _errors;
    private readonly List<ScriptStep> _steps = [];
    private Settings? _settings;
    private bool _held;
    private bool _toldStory;
    private string[] _words = [];
    private string _text = "";
    private int _line;
    private int _next;

    private ScriptParser(
        string file, Settings? settings, ICollection<string> errors, Func<string, ICollection<string>, StorySettings?>? story)
    {
        _file = file;
        Bring(settings);
        _errors = errors;
        _story = story;
    }

    /// <summary>Null and up to <see cref="ScriptLimits.ErrorsMax"/> errors when anything is wrong.</summary>
    /// <param name="settings">For the zones and keys that a script may name; null without settings, and then it may name none.</param>
    /// <param name="story">
    /// Where a county is at hand: reads a settings file, by its path, and tells of its errors. Without one a story's lines are refused.
    /// </param>
    public static IReadOnlyList<ScriptStep>? Parse(
        string file, byte[] bytes, Settings? settings, ICollection<string> errors,
        Func<string, ICollection<string>, StorySettings?>? story = null)
    {
        var parser = new ScriptParser(file, settings, errors, story);
        if (bytes.Length > ScriptLimits.FileBytesMax)
        {
            const string found = "文件太长\na longer file";
            errors.Add(PlaceNotes.Text(file, 0, found, $"至多 {ScriptLimits.FileBytesMax} 字节\nat most {ScriptLimits.FileBytesMax} bytes"));
            return null;
        }

        int bad = Utf8.FirstBad(bytes, 0, bytes.Length);
        if (bad >= 0)
        {
            int line = bytes.AsSpan(0, bad).Count((byte)'\n') + 1;
            string found = $"字节 0x{bytes[bad]:X2}\nbyte 0x{bytes[bad]:X2}";
            const string allowed = "UTF-8，没有控制字符（请另存为 UTF-8）\nUTF-8 without control characters (save the file as UTF-8)";
            errors.Add(PlaceNotes.Text(file, line, found, allowed));
            return null;
        }

        int before = errors.Count;
        foreach (string line in Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n'))
        {
            parser._line++;
            if (errors.Count - before < ScriptLimits.ErrorsMax)
            {
                parser.ReadLine(line);
            }
        }

        parser.EndHeld();
        return errors.Count == before ? parser._steps : null;
    }

    /// <summary>The words of a line without its comment.</summary>
    public static string[] WordsOf(string line)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A time such as 500ms, 1.5s, 2min or 1h in milliseconds, or -1.</summary>
    public static long TimeMs(string text)
    {
        (string unit, int factor) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => ("ms", 1),
            _ when text.EndsWith("min", StringComparison.Ordinal) => ("min", 60_000),
            _ when text.EndsWith('s') => ("s", 1_000),
            _ when text.EndsWith('h') => ("h", 3_600_000),
            _ => ("", 0),
        };
        const NumberStyles plain = NumberStyles.AllowDecimalPoint;
        bool good = factor > 0 && decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), plain, CultureInfo.InvariantCulture, out _);
        if (!good)
        {
            return -1;
        }

        decimal value = decimal.Parse(text.AsSpan(0, text.Length - unit.Length), plain, CultureInfo.InvariantCulture);
        return value > ScriptLimits.TimeMaxMs / factor ? -1 : (long)(value * factor);
    }

    private void ReadLine(string line)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        _text = (comment < 0 ? line : line[..comment]).Trim();
        _words = WordsOf(line);
        _next = 0;
        if (_words.Length == 0)
        {
            return;
        }

        if (_words[0] is StoryHead.Settings or StoryHead.Clock)
        {
            Head();
            return;
        }

        long atMs = 0;
        if (Accept("at"))
        {
            atMs = Time();
            if (atMs < 0)
            {
                return;
            }
        }

        string command = Word();
        ScriptStep? step = command switch
        {
            "press" => Move(HandMove.Press, atMs),
            "cut" => Move(HandMove.Cut, atMs),
            "short" => Move(HandMove.Short, atMs),
            "release" => Move(HandMove.Release, atMs),
            "wait" => Wait(atMs),
            "expect" => Expect(atMs),
            "county" => County(atMs),
            "device" => Device(atMs),
            "held" => Held(atMs),
            "timeline" => new TimelineStep { Line = _line, Text = _text, AtMs = atMs },
            "quit" => new QuitStep { Line = _line, Text = _text, AtMs = atMs },
            _ when Array.IndexOf(Buttons.Names(), command) is var key and >= 0 => Key((Button)key, atMs),
            _ => Refuse(command.Length == 0 ? "没有命令\nno command" : command, Commands),
        };
        if (step is null)
        {
            return;
        }

        if (_next < _words.Length)
        {
            Refuse($"命令后面还有 '{_words[_next]}'\n'{_words[_next]}' after the command", NothingMore);
            return;
        }

        _steps.Add(step);
    }

    private MoveStep? Move(HandMove move, long atMs)
    {
        int zone = Zone();
        return zone == 0 ? null : new MoveStep(Hand.At(zone, move)) { Line = _line, Text = _text, AtMs = atMs };
    }

    private MoveStep? Key(Button key, long atMs)
    {
        string name = Buttons.Names()[(int)key];
        if (_settings is null || _settings.ButtonInput[(int)key] < 0)
        {
            string line = $"'button {name} input=…'";
            Refuse(name, $"配置里有的按键；配置须有一行 {line}\na key that the settings have; they need a line {line}");
            return null;
        }

        return new MoveStep(Hand.OnKey(key)) { Line = _line, Text = _text, AtMs = atMs };
    }

    private ScriptStep? Wait(long atMs)
    {
        if (!Accept("until"))
        {
            if (_next == _words.Length)
            {
                return Refuse("wait", WaitAllowed);
            }

            long forMs = Time();
            return forMs < 0 ? null : new WaitStep(forMs) { Line = _line, Text = _text, AtMs = atMs };
        }

        if (_next < _words.Length && _words[_next].Contains(':', StringComparison.Ordinal))
        {
            return WaitClock(atMs);
        }

        bool holds = Accept("county") && Accept("holds");
        if (!holds && !Accept("online"))
        {
            return Refuse(_text, WaitAllowed);
        }

        long withinMs = Optional("within", ScriptLimits.UntilMs);
        return withinMs < 0 ? null : new WaitUntilStep(holds, withinMs) { Line = _line, Text = _text, AtMs = atMs };
    }

    private ScriptStep? Expect(long atMs)
    {
        bool none = Accept("no");
        if (Accept("event"))
        {
            return ExpectEvent(none, atMs);
        }

        if (Accept("condition"))
        {
            return ExpectCondition(none, atMs);
        }

        if (Accept("display"))
        {
            return ExpectDisplay(none, atMs);
        }

        if (!none && Accept("code"))
        {
            return ExpectCode(atMs);
        }

        string name = Word();
        int role = Array.IndexOf(OutputRoles.Names(), name);
        if (role < 0 || none)
        {
            string outputs = string.Join(", ", OutputRoles.Names());
            const string others = "expect [no] event KIND [zone N], expect [no] condition NAME, expect [no] display TEXT, "
                + "expect code COLOUR";
            return Refuse(_text, $"{others}, or expect OUTPUT on, off or a pattern, with an OUTPUT of {outputs}");
        }

        string state = Word();
        int pattern = Array.IndexOf(Patterns.Names(), state);
        if (pattern < 0)
        {
            return Refuse($"{name} '{state}'", string.Join(", ", Patterns.Names()));
        }

        long withinMs = Optional("within", otherwise: -1, out bool good);
        return good
            ? new ExpectOutputStep((OutputRole)role, (Pattern)pattern, withinMs) { Line = _line, Text = _text, AtMs = atMs }
            : null;
    }

    private ScriptStep? ExpectEvent(bool none, long atMs)
    {
        string code = Word();
        EventKind kind = Words.KindOf(code);
        if ((int)kind == 0)
        {
            return Refuse($"event '{code}'", Words.AllowedKinds());
        }

        int zone = 0;
        if (Accept("zone"))
        {
            zone = Zone();
            if (zone == 0)
            {
                return null;
            }
        }

        if (none)
        {
            long forMs = Optional("for", ScriptLimits.NoEventMs);
            return forMs < 0 ? null : new ExpectNoEventStep(kind, zone, forMs) { Line = _line, Text = _text, AtMs = atMs };
        }

        long withinMs = Optional("within", otherwise: -1, out bool good);
        return good ? new ExpectEventStep(kind, zone, withinMs) { Line = _line, Text = _text, AtMs = atMs } : null;
    }

    private string Word() => _next < _words.Length ? _words[_next++] : "";

    private bool Accept(string word)
    {
        if (_next < _words.Length && _words[_next] == word)
        {
            _next++;
            return true;
        }

        return false;
    }

    private long Optional(string word, long otherwise) => Optional(word, otherwise, out _);

    private long Optional(string word, long otherwise, out bool good)
    {
        good = true;
        if (!Accept(word))
        {
            return otherwise;
        }

        long ms = Time();
        good = ms >= 0;
        return ms;
    }

    private long Time()
    {
        string word = Word();
        long ms = TimeMs(word);
        if (ms < 0)
        {
            Refuse($"'{word}'", TimeAllowed);
        }

        return ms;
    }

    /// <summary>Settings whose zones and keys the lines behind this one may name.</summary>
    private void Bring(Settings? settings)
    {
        _settings = settings;
        _zones.UnionWith(settings is null ? [] : settings.ZoneNumber.Take(settings.ZoneCount).Select(number => (int)number));
    }

    /// <summary>A zone's number that the settings have or had, or 0 and an error.</summary>
    private int Zone()
    {
        string word = Word();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int zone) && _zones.Contains(zone))
        {
            return zone;
        }

        string numbers = string.Join(", ", _zones);
        string allowed = numbers.Length == 0 ? "不能有部位，因为没有配置\nno zone, since there are no settings in force"
            : $"部位 {numbers}\nzone {numbers}";
        Refuse($"zone '{word}'", allowed);
        return 0;
    }

    private ScriptStep? Refuse(string found, string allowed)
    {
        _errors.Add(PlaceNotes.Text(_file, _line, found, allowed));
        return null;
    }
}
