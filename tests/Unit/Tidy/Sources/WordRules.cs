// Owns: words that speak of how the project is made and not of the product.
// Must never: contain one of them whole; each is put together from halves, or this file would find itself.

using System.Text.RegularExpressions;
using Gateway.Tests.Unit.Tidy.Device;

namespace Gateway.Tests.Unit.Tidy.Sources;

/// <summary>The project speaks of itself alone: no path of a build machine, no tool that wrote it, no ticket by number.</summary>
internal static class WordRules
{
    private static readonly Regex[] s_words =
    [
        Word("/wo" + "rk/"), Word("/fa" + "rm/"), Word("/tm" + "p/h/"), Word("/ho" + "me/[a-z]"), Word("/ro" + @"ot/"),
        Word(@"[A-Z]:\\Us" + "ers"),
        Word("brief" + @"\.md"), Word("device" + @"\.md\b"), Word("fire" + @"\.md\b"), Word("design" + @"\.md\b"), Word(@"\.lib" + "rary/"),
        Word("(iss" + "ue|ticket|pull request|PR) ?#?[0-9]+"), Word("(see|fix(es)?|close[sd]?) #" + "[0-9]+"),
        Word("sub-?ag" + "ent"), Word("coding ag" + "ent"), Word("AI (ag" + "ent|assistant|model)"), Word("language mo" + "del"),
        Word(@"\bLL" + @"M\b"),
        Word("Cla" + "ude"), Word("Chat" + "GPT"), Word("Co" + "pilot"), Word("Anthr" + "opic"), Word("Open" + "AI"),
        Word(@"\bpro" + "mpted by"),
        Word("helper se" + "ssion"), Word("this se" + "ssion of work"), Word("the bri" + "ef says"), Word("as re" + "quested by the"),
    ];

    public static IEnumerable<Finding> OfTheMaking(string path, string text) =>
        from line in TextRules.Numbered(text) from word in s_words let match = word.Match(line.Text) where match.Success
        select TextRules.At(path, line.Index, $"says \"{match.Value}\"");

    private static Regex Word(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
