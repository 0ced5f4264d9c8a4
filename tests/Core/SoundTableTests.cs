// Owns: that docs/settings.md says of each sound and lamp when it is heard and seen, and in which pattern.
// Must never: know a pattern's times; they are read from the page and compared with the mask.

using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;
using Gateway.Tests.Wire;

namespace Gateway.Tests.PanelProperties;

/// <summary>Each row of the page's table is played: a person who learns a sound from the page hears that one.</summary>
public sealed partial class SoundTableTests
{
    private const string Heads = "| what | siren | buzzer | lamp |";

    /// <summary>By row, with the lamps of its cell that burn or flash in that state.</summary>
    private static readonly (string Row, string Settings, string Steps, string Lamps)[] s_states =
    [
        ("fire", "smoke 1", "on1", "lamp-fire"),
        ("gas", "gas 1", "on1", "lamp-fire"),
        ("fire or gas of a drill", "smoke 1 | drill", "drill1=30 on1", "lamp-fire lamp-test"),
        ("fire or gas of a drill", "gas 1 | drill", "drill1=30 on1", "lamp-fire lamp-test"),
        ("pre-alarm, or a fire in its delay", "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "on1", "lamp-fire"),
        ("pre-alarm, or a fire in its delay", "smoke 1 | delay t1S=60 t2S=60 from=08:00 to=18:00", "at=1T10:00 on1",
            "lamp-fire lamp-disabled"),
        ("duty check", "smoke 1", "duty=10", "lamp-duty"),
        ("last look", "smoke 1", "hot1=1 +61s", "lamp-duty"),
        ("fault, supervisory", "smoke 1 wiring=line", "cut1", "lamp-fault"),
        ("fault, supervisory", "valve 1", "on1", "lamp-supervisory"),
        ("power cut", "mains 1", "on1", "lamp-fault lamp-power lamp-battery"),
        ("disablement; test", "smoke 1 | smoke 2", "shield1=60", "lamp-disabled"),
        ("disablement; test", "smoke 1 | smoke 2", "try1=60", "lamp-test"),
        ("self-test by a person", "smoke 1 | selftest sounds=yes", "at=1T10:00 test", ""),
    ];

    /// <summary>Of which other tests play the state: a call-out has a text of its own.</summary>
    private static readonly string[] s_elsewhere = ["call-out"];

    private static readonly Pattern[] s_sounds =
    [
        Pattern.Fault, Pattern.DutyCheck, Pattern.PreAlarm, Pattern.Drill, Pattern.Fire, Pattern.LastLook, Pattern.CallOut, Pattern.Test,
        Pattern.Gas,
    ];

    public static TheoryData<string, string, string, string> States => [.. s_states];

    [Fact]
    public void Each_row_is_played() =>
        Assert.Equal(Rows().Keys.Except(s_elsewhere).Order(), s_states.Select(state => state.Row).Distinct().Order());

    [Fact]
    public void A_call_out_sounds_as_the_page_says() => Assert.Equal(Pattern.CallOut, Sound(Rows()["call-out"], 1));

    [Fact]
    public void No_two_sounds_are_alike_and_each_stands_on_the_page()
    {
        Assert.Equal(s_sounds.Length, s_sounds.Select(Times).Distinct().Count());
        Pattern[] told = [.. Rows().Values.SelectMany(row => (Pattern[])[Sound(row, 0), Sound(row, 1)]).Distinct()];
        Assert.Empty(s_sounds.Except(told));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_state_is_heard_and_seen_as_the_page_says(string row, string settings, string steps, string lamps)
    {
        string[] cells = Rows()[row];
        string expected = $"siren={Name(Sound(cells, 0))} buzzer={Name(Sound(cells, 1))}";
        string seen = cells[2].Replace("as fire", Rows()["fire"][2], StringComparison.Ordinal);
        foreach (string lamp in lamps.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Match told = Lamp().Matches(seen).First(match => match.Groups["lamp"].Value == lamp);
            string verb = told.Groups["verb"].Value;
            expected += $" {lamp}={(verb == "flashes" ? "flash" : verb == "burns" ? "on" : "off")}";
        }

        Behaviour.Holds(row, row, settings, steps, expected);
    }

    /// <summary>Read from the samples: a file that a person learns from must have the times of the box.</summary>
    [Fact]
    public void The_file_of_a_sound_has_its_times()
    {
        foreach (Pattern pattern in s_sounds)
        {
            byte[] file = SoundFile.Of(pattern);
            Assert.Equal("RIFF", System.Text.Encoding.ASCII.GetString(file, 0, 4));
            Assert.Equal(file.Length - 8, BitConverter.ToInt32(file, 4));
            Assert.Equal(file.Length - SoundFile.HeadBytes, BitConverter.ToInt32(file, SoundFile.HeadBytes - 4));
            int perSlot = SoundFile.SamplesPerS * Limits.PatternSlotMs / 1000;
            short[] samples = [.. Enumerable.Range(0, (file.Length - SoundFile.HeadBytes) / 2)
                .Select(n => BitConverter.ToInt16(file, SoundFile.HeadBytes + (n * 2)))];
            Assert.Equal(SoundFile.LengthMs / Limits.PatternSlotMs, samples.Length / perSlot);
            for (int slot = 0; slot < samples.Length / perSlot; slot++)
            {
                short[] of = [.. samples.Skip(slot * perSlot).Take(perSlot)];
                Assert.Equal(Patterns.IsOn(pattern, slot), of.Max() > short.MaxValue / 4);
                Assert.True(Patterns.IsOn(pattern, slot) || of.All(sample => sample == 0));
            }
        }
    }

    private static string Name(Pattern pattern) => Patterns.Names()[(int)pattern];

    /// <summary>The sound that has the times of a cell; "the same" is the cell before, "as a fault" that of the fault's row.</summary>
    private static Pattern Sound(string[] cells, int cell)
    {
        string text = cells[cell];
        if (text == "–")
        {
            return Pattern.Off;
        }

        if (text == "the same")
        {
            return Sound(cells, cell - 1);
        }

        if (text.StartsWith("as a fault", StringComparison.Ordinal))
        {
            return Sound(Rows()["fault, supervisory"], 1);
        }

        (int Signs, int OnMs, int RoundMs) times = text == "without pause" ? (0, 0, 0)
            : Pauses().Match(text) is { Success: true } pauses ? (1, Ms(pauses, "on"), Ms(pauses, "on") + Ms(pauses, "off"))
            : Every().Match(text) is { Success: true } every
                ? (every.Groups["signs"].Value switch { "four" => 4, "two" => 2, _ => 1 }, Ms(every, "on"),
                    every.Groups["round"].Success ? Ms(every, "round") : 1000)
            : throw new InvalidOperationException($"docs/settings.md: '{text}' says no times");
        return Assert.Single(s_sounds, pattern => Times(pattern) == times);
    }

    private static int Ms(Match match, string group) =>
        (int)(decimal.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) * 1000);

    /// <summary>How many signs a round has, how long each is, and how long the round; all 0 = without pause.</summary>
    private static (int Signs, int OnMs, int RoundMs) Times(Pattern pattern)
    {
        bool[] slots = [.. Enumerable.Range(0, Patterns.RoundSlots).Select(slot => Patterns.IsOn(pattern, slot))];
        if (slots.All(on => on))
        {
            return (0, 0, 0);
        }

        int round = Enumerable.Range(1, slots.Length).First(
            n => slots.Length % n == 0 && slots.Index().All(s => s.Item == slots[s.Index % n]));
        int signs = Enumerable.Range(0, round).Count(i => slots[i] && !slots[(i + round - 1) % round]);
        return (signs, slots.Take(round).Count(on => on) / signs * Limits.PatternSlotMs, round * Limits.PatternSlotMs);
    }

    private static Dictionary<string, string[]> Rows() =>
        File.ReadLines(Repository.Path("docs", "settings.md")).SkipWhile(line => line != Heads).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .ToDictionary(cells => cells[0], cells => cells[1..]);

    [GeneratedRegex(@"^(?<on>[\d.]+) s on, (?<off>[\d.]+) s off", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pauses();

    [GeneratedRegex(
        @"^((?<signs>four|two) signs of )?(?<on>[\d.]+) s every (second|(?<round>[\d.]+) s)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Every();

    [GeneratedRegex("`(?<lamp>lamp-[a-z]+)` (?<verb>flashes|burns|dark)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lamp();
}
