// Owns: what the demonstration's command line asks for, or why it is refused.
// Must never: make a file.

using System.Globalization;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Demo;

internal enum DemoWork
{
    Live,
    Once,
    Story,
    Help,
}

/// <param name="Story">Full path; empty without one.</param>
/// <param name="Speed">Seconds of the story in a second; 0 = as fast as it goes.</param>
/// <param name="English">The virtual board's screen in English; lines have both languages.</param>
internal sealed record DemoOptions(DemoWork Work, string Story = "", int Speed = 0, bool English = false)
{
    private const int SpeedMax = 99_999;
    private const int ShownMax = 80;
    private const string Nothing = "allowed: nothing more";
    private const string StoryAllowed = "allowed: a story that can be read, such as firmware/Pc/stories/press.txt";

    private const string LangOption = "--lang";

    private static readonly string[] s_known = ["--once", "--script", LangOption, "--help"];

    /// <summary>Null and a sentence when it is refused.</summary>
    /// <param name="args">As typed.</param>
    /// <param name="terminal">Whether there is one to work in.</param>
    public static (DemoOptions? Options, string Refusal) Read(string[] args, bool terminal)
    {
        int at = Array.IndexOf(args, LangOption);
        if (at < 0)
        {
            return ReadWork(args, terminal);
        }

        string[] rest = [.. args[..at], .. args.Skip(at + 2)];
        if (at + 1 == args.Length || args[at + 1] is not ("zh" or "en"))
        {
            string asked = at + 1 == args.Length ? "nothing behind it" : $"'{Shown(args[at + 1])}'";
            return Refused($"{LangOption}: {asked}; allowed: zh or en, the language of the virtual board's screen");
        }

        if (rest.Contains(LangOption, StringComparer.Ordinal))
        {
            return Refused($"{LangOption} twice; allowed: once");
        }

        (DemoOptions? options, string refusal) = ReadWork(rest, terminal);
        return (options is null ? null : options with { English = args[at + 1] == "en" }, refusal);
    }

    private static (DemoOptions? Options, string Refusal) ReadWork(string[] args, bool terminal) => args switch
    {
        [] when !terminal => Refused("no terminal; allowed without one: --once, --script FILE, --lang zh|en, --help"),
        [] => Good(new DemoOptions(DemoWork.Live)),
        ["-h" or "--help"] => Good(new DemoOptions(DemoWork.Help)),
        ["--once"] => Good(new DemoOptions(DemoWork.Once)),
        ["-h" or "--help" or "--once", var more, ..] => Refused($"'{Shown(more)}' after {args[0]}; {Nothing}"),
        ["--script"] => Refused($"--script: no FILE; {StoryAllowed}"),
        ["--script", _, _, var more, ..] => Refused($"'{Shown(more)}' after --script FILE SPEED; {Nothing}"),
        ["--script", var file, .. var rest] => ReadStory(file, rest),
        [var word, ..] => Refused(Unknown(word)),
    };

    private static (DemoOptions? Options, string Refusal) ReadStory(string file, string[] rest)
    {
        int speed = 0;
        if (rest is [var text]
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out speed) || speed is < 1 or > SpeedMax))
        {
            return Refused(
                $"--script: SPEED '{Shown(text)}'; allowed: 1..{SpeedMax} seconds of the story in a second, 60 to watch it");
        }

        string why = Directory.Exists(file) ? "is a folder" : "is not there";
        return File.Exists(file)
            ? Good(new DemoOptions(DemoWork.Story, Path.GetFullPath(file), speed))
            : Refused($"--script: '{Shown(file)}' {why}; {StoryAllowed}");
    }

    private static string Unknown(string word)
    {
        string name = word.Split('=')[0];
        string? near = s_known.Where(known => SettingsWords.Distance(name, known) >= 0)
            .MinBy(known => SettingsWords.Distance(name, known));
        string meant = near is null ? "" : $"; {near}?";
        return $"'{Shown(word)}' is no option{meant}; allowed: --once, --script FILE, --lang zh|en, --help, or nothing";
    }

    private static string Shown(string text)
    {
        string clean = PlainText.Clean(text);
        return clean.Length <= ShownMax ? clean : clean[..ShownMax] + "…";
    }

    private static (DemoOptions? Options, string Refusal) Good(DemoOptions options) => (options, "");

    private static (DemoOptions? Options, string Refusal) Refused(string why) => (null, why);
}
