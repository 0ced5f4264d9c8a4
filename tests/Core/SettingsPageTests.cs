// Owns: that docs/settings.md is true: its examples are read, what it says is refused is refused, and it leaves out nothing.
// Must never: keep a list of commands or keys of its own; the parser says what it knows.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;
using Gateway.Tests.Wire;

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
        string zones = line.StartsWith("zone", StringComparison.Ordinal) ? ""
            : "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=x\n";
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
    public void The_tables_are_those_that_the_gateways_own_table_makes() => Assert.Equal(SettingsPage.Make(s_page), s_page);

    /// <summary>
    /// Goal: a row that no parser asks for, or a key without a row, is found. Method: the parser names the keys of a line that has one too
    /// many; a zone has other keys by its wiring, so that all example lines of a command count together.
    /// </summary>
    [Fact]
    public void The_table_has_exactly_the_keys_that_the_parser_asks_for()
    {
        Dictionary<string, HashSet<string>> asked = [];
        foreach (string line in Blocks("settings").SelectMany(Lines).Where(line => !line.StartsWith("rule", StringComparison.Ordinal)))
        {
            Dictionary<string, string> lines = Examples();
            lines[Key(line)] = line + " nonsense=1";
            string keys = KeysAllowed().Match(Read(string.Join('\n', lines.Values))).Groups["keys"].Value;
            string command = line.Split(' ')[0];
            asked[command] = [.. asked.GetValueOrDefault(command, []), .. keys.Split(", ")];
        }

        foreach ((string command, HashSet<string> keys) in asked)
        {
            IEnumerable<string> rows = SettingsPage.Rows(command).Select(one => one.Row.Key).Where(key => key.Length > 0);
            Assert.Equal(rows.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>
    /// Goal: least and most are those of the parser. Method: in an example line the key has each end, which is taken, and what lies beyond,
    /// which is refused at the key.
    /// </summary>
    [Fact]
    public void The_ends_of_a_range_are_taken_and_what_lies_beyond_is_refused()
    {
        string[] commands = [.. Blocks("settings").SelectMany(Lines).Select(line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal)];
        int seen = 0;
        foreach ((string command, SettingsTable row) in commands.SelectMany(c => SettingsPage.Rows(c).Select(one => (c, one.Row))))
        {
            if (row.Value is not (SettingValue.Whole or SettingValue.PerSecond or SettingValue.Seconds or SettingValue.Minutes
                or SettingValue.Hours or SettingValue.WholeDays))
            {
                continue;
            }

            seen++;
            Assert.Equal("", With(command, row.Key, row.Least));
            // t2S at its most leaves no room for t1S.
            Assert.Equal(row.Key == "t2S", With(command, row.Key, row.Most).Length > 0);
            string range = $"allowed: a whole number {row.Least}..{row.Most}";
            Assert.EndsWith(range, With(command, row.Key, row.Least - 1), StringComparison.Ordinal);
            Assert.EndsWith(range, With(command, row.Key, row.Most + 1), StringComparison.Ordinal);
        }

        Assert.True(seen > 15, $"only {seen} keys with a range");
    }

    [Fact]
    public void A_line_that_is_left_out_is_as_one_without_keys()
    {
        const string Lines = Head + "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=x\n";
        Settings without = Parsed(Lines);
        Settings empty = Parsed(Lines + "drill\nhotwork\ncases\nselftest\nremote\ncallout\n");
        Settings none = new(SceneBoard.Shape());
        Assert.All([empty, none], one => Assert.Equal(Kept(without), Kept(one)));

        static string Kept(Settings s) => string.Join(
            ' ', s.UtcOffsetMin, s.HeartbeatS, s.DrainPerS, s.DrillLinkage, s.DrillMaxMin, s.HotWorkLookMin, s.CaseAfterMin, s.CaseRedDays,
            s.SelfTestHour, s.RemoteSilence, s.TakesCallOuts, s.TlsWithoutWatchdog);
    }

    [Fact]
    public void What_the_page_says_of_rules_are_the_bounds_of_the_code()
    {
        Assert.Contains($"for 1..{Limits.RuleSecondsMax} s from", s_page);
        Assert.Contains($"other; 1..{Limits.RuleSecondsMax}, not with", s_page);
        Assert.Contains($"broadcast message, 1..{Limits.RuleMessageMax} ", s_page);
        Assert.Contains($"below, f1..f{Limits.RuleFlagsMax} ", s_page);
        Assert.Contains($"not at rest for {Limits.KeyHeldMs / Limits.SecondMs} s", s_page);
        Assert.Contains($"comes to no rest for {Limits.UnsteadyMs / Limits.SecondMs} s", s_page);
        Assert.Contains($"welcome within {Limits.SettingsTrialMs / Limits.MinuteMs} minutes", s_page);
    }

    [Fact]
    public void Every_word_that_a_rule_may_have_is_described()
    {
        string error = Read(Head + "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=x\nrule 1 if nonsense then relay1:on");
        Assert.All(Words().Matches(error[(error.IndexOf("allowed: ", StringComparison.Ordinal) + 9)..]).Select(word => word.Value),
            word => Assert.Contains($"`{word}", s_page));
        Assert.All(Modes.Names(), mode => Assert.Contains($"`mode:{mode}`", s_page));
        Assert.All(Contract.ZoneKinds.Allowed().Split(", "), kind => Assert.Contains($"`{kind}`", s_page));
        IEnumerable<string> names = OutputRoles.Names().Concat(Buttons.Names()).Concat(Wirings.Names());
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

    /// <summary>The first error of the example station with a key of one of its lines at a value.</summary>
    private static string With(string command, string key, int value)
    {
        Dictionary<string, string> lines = Examples();
        string[] of = [.. lines.Keys.Where(line => line.Split(' ')[0] == command)];
        string key1 = of.FirstOrDefault(line => lines[line].Contains($" {key}=", StringComparison.Ordinal)) ?? of[0];
        string plain = Regex.Replace(lines[key1], $" {key}=\\S+", "", RegexOptions.None, TimeSpan.FromMinutes(1));

        // What excludes the key or bounds it together with others.
        string[] beside = key switch { "delayS" => ["verifyS"], "t1S" => ["t2S"], "t2S" => ["t1S"], _ => [] };
        plain = beside.Aggregate(plain, (line, other) =>
            Regex.Replace(line, $" {other}=\\S+", "", RegexOptions.None, TimeSpan.FromMinutes(1)));
        lines[key1] = plain + (key == "t2S" ? " t1S=1" : "") + string.Create(CultureInfo.InvariantCulture, $" {key}={value}");
        return Read(string.Join('\n', lines.Values));
    }

    private static Settings Parsed(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return SettingsParser.Parse(bytes, bytes.Length, SceneBoard.Shape(), new SettingsErrors())!;
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

    [GeneratedRegex("keys (?<keys>[A-Za-z0-9, ]+)", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex KeysAllowed();

    [GeneratedRegex("[a-z]+:", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Words();
}
