// Owns: that docs/settings.md is true: its examples are read, what it says is refused is refused, and it leaves out nothing.
// Must never: keep a list of commands or keys of its own; the parser says what it knows.

using System.Text;
using System.Text.RegularExpressions;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed partial class SettingsPageTests
{
    private const string Head = "station id=1 county=c township=t village=v name=s\nuplink host=h\n";
    private static readonly string s_page = File.ReadAllText(Repository.Path("docs", "settings.md"));

    public static TheoryData<string> RefusedLines => [.. Blocks("refused").SelectMany(Lines)];

    [Fact]
    public void The_examples_together_are_one_good_station()
    {
        Assert.Equal("", Read(string.Join('\n', Examples().Values)));
    }

    [Fact]
    public void The_first_example_stands_alone() => Assert.Equal("", Read(Blocks("settings").First()));

    [Theory]
    [MemberData(nameof(RefusedLines))]
    public void What_the_page_says_is_refused_is_refused_with_its_place_and_what_is_allowed(string line)
    {
        string zones = line.StartsWith("zone", StringComparison.Ordinal) ? "" : "zone 1 kind=smoke wiring=no input=d1 name=x\n";
        string error = Read(Head + zones + line);
        int number = zones.Length > 0 ? 4 : 3;
        Assert.Matches($"^page:{number}:\\d+: .*found: .+allowed: .+", error);
    }

    [Fact]
    public void Every_command_is_described()
    {
        string error = Read(Head + "nonsense");
        string[] commands = error[(error.IndexOf("allowed: ", StringComparison.Ordinal) + 9)..].Split(", ");
        Assert.True(commands.Length >= 14, error);
        Assert.All(commands, command => Assert.Matches($"(?m)^### .*\\b{command}\\b", s_page));
    }

    [Fact]
    public void Every_key_is_described()
    {
        List<string> missing = [];
        foreach (string line in Blocks("settings").SelectMany(Lines).Where(line => !line.StartsWith("rule", StringComparison.Ordinal)))
        {
            Dictionary<string, string> lines = Examples();
            lines[Key(line)] = line + " nonsense=1";
            string error = Read(string.Join('\n', lines.Values));
            Match keys = KeysAllowed().Match(error);
            Assert.True(keys.Success, line + ": " + error);
            missing.AddRange(keys.Groups["keys"].Value.Split(", ").Where(key => !s_page.Contains($"`{key}`", StringComparison.Ordinal)));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_word_that_a_rule_may_have_is_described()
    {
        string error = Read(Head + "zone 1 kind=smoke wiring=no input=d1 name=x\nrule 1 if nonsense then relay1:on");
        Assert.All(Words().Matches(error[(error.IndexOf("allowed: ", StringComparison.Ordinal) + 9)..]).Select(word => word.Value),
            word => Assert.Contains($"`{word}", s_page));
        Assert.All(Mode.Names(), mode => Assert.Contains($"`mode:{mode}`", s_page));
        Assert.All(Contract.ZoneKind.Allowed().Split(", "), kind => Assert.Contains($"`{kind}`", s_page));
        IEnumerable<string> names = OutputRole.Names().Concat(Button.Names()).Concat(Wiring.Names());
        Assert.All(names.Where(name => name is not ("relay2" or "relay3")), name => Assert.Contains($"`{name}`", s_page));
    }

    /// <summary>All example lines; a later one stands in the place of an earlier one of the same command and number.</summary>
    private static Dictionary<string, string> Examples()
    {
        Dictionary<string, string> lines = [];
        foreach (string line in Blocks("settings").SelectMany(Lines))
        {
            lines[Key(line)] = line;
        }

        return lines;
    }

    private static IEnumerable<string> Blocks(string kind) =>
        s_page.Split("```" + kind + "\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);

    private static IEnumerable<string> Lines(string block) => block.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Key(string line) =>
        line.Split(' ') is [var command, var word, ..] && !word.Contains('=') ? $"{command} {word}" : line.Split(' ')[0];

    /// <summary>The first error of a text, "" for a good one.</summary>
    private static string Read(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        SettingsErrors errors = new();
        Settings? settings = SettingsParser.Parse(bytes, bytes.Length, SceneBoard.Shape(), errors);
        Assert.Equal(settings == null, errors.Total > 0);
        return errors.Total == 0 ? "" : errors.Text(0, "page");
    }

    [GeneratedRegex("keys (?<keys>[A-Za-z0-9, ]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeysAllowed();

    [GeneratedRegex("[a-z]+:", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
