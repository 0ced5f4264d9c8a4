// Owns: which scripts are understood, and what is said about the others.
// Must never: depend on how a line is carried out.

using System.Text;
using Gateway.Pc.Script;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class ScriptParserTests
{
    [Fact]
    public void Every_command_is_understood()
    {
        const string text = """
            # comment
            at 1.5s press 1   # behind a line
            release 1
            cut 2
            short 2
            silence
            reset
            wait 2s
            wait until county holds
            wait until county holds within 5s
            wait until online
            expect siren on within 100ms
            expect lamp-fire flash
            expect buzzer fault
            expect event fire-alarm zone 1
            expect event reset
            expect event fault zone 2 within 2min
            expect no event fire-alarm zone 2 for 300ms
            at 10s expect no event loss
            timeline
            expect condition fire
            expect no condition hot-work
            expect code yellow
            wait until 22:05
            wait 1h
            quit
            """;
        IReadOnlyList<ScriptStep>? steps = Parse("\uFEFF" + text.ReplaceLineEndings("\r\n"), out List<string> errors);
        Assert.Empty(errors);
        Assert.NotNull(steps);
        Assert.Equal(25, steps.Count);
        Assert.Equal(1500, steps[0].AtMs);
        Assert.Equal(2, steps[0].Line);
        Assert.Equal("at 1.5s press 1", steps[0].Text);
        Assert.Equal(10_000, steps[17].AtMs);
    }

    [Theory]
    [InlineData("pres 1", "found: pres;", "press, cut, short")]
    [InlineData("press", "zone ''", "zone 1, 2, 3, 4, 5, 6")]
    [InlineData("press 7", "zone '7'", "zone 1, 2, 3, 4, 5, 6")]
    [InlineData("press -1", "zone '-1'", "zone 1, 2, 3, 4, 5, 6")]
    [InlineData("press 1 2", "'2' after the command", "nothing more")]
    [InlineData("at press 1", "'press'", "500ms, 1.5s, 2min")]
    [InlineData("at 1,5s press 1", "'1,5s'", "500ms, 1.5s, 2min")]
    [InlineData("at -1s press 1", "'-1s'", "500ms, 1.5s, 2min")]
    [InlineData("at 1.5s", "found: no command;", "press, cut, short")]
    [InlineData("wait", "wait", "wait until county holds")]
    [InlineData("wait 5", "'5'", "500ms, 1.5s, 2min")]
    [InlineData("wait 25000min", "'25000min'", "at most 24 hours")]
    [InlineData("wait 99999999999999999999999999999999s", "found: ", "at most 24 hours")]
    [InlineData("wait until county", "wait until county", "wait until online")]
    [InlineData("wait until online within soon", "'soon'", "500ms, 1.5s, 2min")]
    [InlineData("expect sirene on", "expect sirene on", "siren, strobe, relay1")]
    [InlineData("expect no siren on", "expect no siren on", "expect [no] event")]
    [InlineData("expect siren loud", "siren 'loud'", "off, on, flash, blink, fault")]
    [InlineData("expect event fire", "event 'fire'", "fire-alarm, pre-alarm")]
    [InlineData("expect event", "event ''", "fire-alarm, pre-alarm")]
    [InlineData("expect event kind-9", "event 'kind-9'", "fire-alarm, pre-alarm")]
    [InlineData("expect event fire-alarm zone 9", "zone '9'", "zone 1, 2, 3, 4, 5, 6")]
    [InlineData("expect event fire-alarm for 1s", "'for' after the command", "nothing more")]
    [InlineData("expect condition fires", "condition 'fires'", "fire, pre-alarm, fault, disabled")]
    [InlineData("expect code blue", "code 'blue'", "green, yellow, red")]
    [InlineData("expect no code red", "expect no code red", "expect code COLOUR")]
    [InlineData("wait until 24:00", "'24:00'", "00:00 to 23:59")]
    [InlineData("wait 25h", "'25h'", "at most 24 hours")]
    public void Wrong_line_is_refused_with_its_place_and_what_is_allowed(string line, string found, string allowed)
    {
        Assert.Null(Parse("wait 1s\n" + line + "\nquit", out List<string> errors));
        string error = Assert.Single(errors);
        Assert.StartsWith("story.txt:2: 第2行：", error);
        Assert.Contains(found, error);
        Assert.Contains(allowed, error);
    }

    [Fact]
    public void Several_errors_are_told_at_once_but_not_more_than_the_bound()
    {
        Assert.Null(Parse(string.Concat(Enumerable.Repeat("dance\n", 100)), out List<string> errors));
        Assert.Equal(ScriptLimits.ErrorsMax, errors.Count);
    }

    [Fact]
    public void Key_that_the_settings_do_not_have_is_refused()
    {
        Core.Settings settings = Rig.Parse(
            "station id=7 county=c township=t village=v name=n\nuplink host=h\nzone 1 kind=smoke wiring=no unsupervised=yes"
                + " input=d1 name=z");
        var errors = new List<string>();
        Assert.Null(ScriptParser.Parse("story.txt", "reset"u8.ToArray(), settings, errors));
        Assert.Contains("button reset input=", Assert.Single(errors));
    }

    [Fact]
    public void Without_settings_no_zone_can_be_named()
    {
        var errors = new List<string>();
        Assert.Null(ScriptParser.Parse("story.txt", "press 1"u8.ToArray(), settings: null, errors));
        Assert.Contains("no settings in force", Assert.Single(errors));
        Assert.NotNull(ScriptParser.Parse("story.txt", "expect lamp-fault blink"u8.ToArray(), settings: null, errors));
    }

    [Fact]
    public void Text_that_is_not_utf8_or_too_long_is_refused()
    {
        Assert.Null(Parse([.. "wait 1s\nwait "u8, 0xB9, 0xFA], out List<string> errors));
        Assert.StartsWith("story.txt:2: 第2行：字节 0xB9，应为 ", Assert.Single(errors));
        Assert.Null(Parse(new byte[ScriptLimits.FileBytesMax + 1], out errors));
        Assert.Contains($"at most {ScriptLimits.FileBytesMax} bytes", Assert.Single(errors));
    }

    private static IReadOnlyList<ScriptStep>? Parse(string text, out List<string> errors) =>
        Parse(Encoding.UTF8.GetBytes(text), out errors);

    private static IReadOnlyList<ScriptStep>? Parse(byte[] text, out List<string> errors)
    {
        errors = [];
        return ScriptParser.Parse("story.txt", text, Rig.DemoSettings(), errors);
    }
}
