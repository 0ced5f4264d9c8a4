// Owns: the behaviour of answers: heard with or without clocks, and which of several open questions one press answers.
// Must never: reach into the panel; it turns wires and keys.

using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows as in tests/Device; these are for the PC alone, since the device's test assembly has no place for more texts.</summary>
public sealed class PanelAnswerTests
{
    private const string Manned = "smoke 1 | smoke 2 | delay t1S=30 t2S=120";

    [Theory]
    [InlineData("无时限也记应答", "Without clocks an answer goes up all the same",
        "smoke 1", "on1 +5s answer", "@acknowledged/a1/b2/f16/c1 x1:acknowledged lamp-fire=on siren=fire")]
    [InlineData("应答时限为零", "Also with answerS=0", "smoke 1 | clocks answerS=0", "on1 answer", "@acknowledged !clock-met")]
    [InlineData("另一种135也记应答", "Also in the second reading", "smoke 1 | clocks from=scene", "on1 answer", "@acknowledged !clock-met")]
    [InlineData("第二区再应答", "A further zone is answered anew",
        "smoke 1 | smoke 2 | clocks", "on1 answer on2 ?lamp-fire=flash answer", "@acknowledged/a1 @acknowledged/a3 x2:acknowledged")]
    [InlineData("再按不重复", "A second press answers nothing more, and is on record",
        "smoke 1", "on1 answer answer", "x1:acknowledged @key-pressed/a3")]
    [InlineData("无火警按应答", "Without a fire there is nothing to answer", "smoke 1", "answer", "!acknowledged @key-pressed/a3")]
    [InlineData("到场即应答", "Who is on the scene has answered, also without clocks", "smoke 1", "on1 scene", "@acknowledged/a1")]
    [InlineData("应答进火警通道", "An answer is in the fire lane, behind its alarm",
        "smoke 1", "on1 answer off1 reset", "fires=fire-alarm,acknowledged,fire-restored,reset")]
    [InlineData("t1内应答进入t2", "An answer within t1 starts t2", Manned, "at=1T09:00 on1 +20s answer +60s", "delay=hold siren=off")]
    [InlineData("t2到时未复位", "The time for a look runs out: it is said, and asked anew",
        Manned, "at=1T09:00 on1 answer +121s ?siren=fire answer", "@delay-expired/a2/v120/b1/s2 x2:acknowledged")]
    [InlineData("t1到时", "So is t1", Manned, "at=1T09:00 on1 +31s", "@delay-expired/a1/v30 !acknowledged")]
    [InlineData("应答过重启", "An answer lives through a restart", "smoke 1", "on1 answer +2s reboot answer", "x1:acknowledged @key-pressed/a3")]
    [InlineData("重启后仍待应答", "And so does its absence", "smoke 1", "on1 +2s reboot answer", "@acknowledged/a1")]
    [InlineData("断电前刚应答", "Also when the power goes right behind it", "smoke 1", "on1 answer reboot answer", "x1:acknowledged")]
    [InlineData("火警与查岗一次应答", "Who answers a fire is on duty",
        "smoke 1", "duty=10 on1 answer", "@acknowledged @duty-check-answered duty=no")]
    [InlineData("应答最后一次查岗", "Of two duty checks the one asked last is answered, and the first is closed",
        "smoke 1", "duty=2 +1m duty=10 +30s answer +9m",
        "duty=no @duty-check-replaced/a3/v60 @duty-check-answered/v30 x1:duty-check-answered !duty-check-missed")]
    [InlineData("错过最后一次查岗", "Of two duty checks the one asked last is missed, once",
        "smoke 1", "duty=10 +1m duty=2 +9m", "duty=no @duty-check-replaced/v60 @duty-check-missed/v120 x1:duty-check-missed")]
    [InlineData("查岗过重启", "A duty check goes on over a restart, and its seconds count from there",
        "smoke 1", "duty=10 +3m reboot +30s answer", "duty=no @duty-check-answered/v30 x1:duty-check-asked !duty-check-replaced")]
    [InlineData("火警不代替动火检查", "But has not had the last look",
        "smoke 1 | smoke 2", "hot2=1 +61s on1 answer", "@acknowledged look=asked")]
    [InlineData("再按为动火检查", "That takes a press of its own",
        "smoke 1 | smoke 2", "hot2=1 +61s on1 answer answer", "@acknowledged look=no @hot-work-last-look/a1")]
    [InlineData("查岗与动火检查两次", "A duty check and a last look are two presses",
        "smoke 1", "hot1=1 +61s duty=10 answer ?duty=no ?look=asked answer", "look=no @duty-check-answered @hot-work-last-look/a1")]
    public void Answers(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Fact]
    public void The_table_of_the_settings_page_is_what_the_code_answers()
    {
        string[] rows = [.. File.ReadLines(Repository.Path("docs", "settings.md"))
            .SkipWhile(line => line != "| open | one press answers | the next press |").Skip(2).TakeWhile(line => line.StartsWith('|'))];
        Assert.Equal(12, rows.Length);
        foreach (string row in rows)
        {
            string[] cells = [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];
            Question open = Bits(cells[0]);
            Question first = AnswerKey.OnePress(open);
            Assert.Equal((Bits(cells[1]), Bits(cells[2])), (first, AnswerKey.OnePress(open & ~first)));
        }
    }

    [Fact]
    public void A_delay_without_an_answer_key_is_refused_with_its_line()
    {
        const string Station = "station id=1 county=c township=t village=v name=s\nuplink host=127.0.0.1\n"
            + "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=x\ndelay t1S=60 t2S=60\n";
        SettingsErrors errors = new();
        byte[] text = System.Text.Encoding.UTF8.GetBytes(Station);
        Assert.Null(SettingsParser.Parse(text, text.Length, SceneBoard.Shape(), errors));
        Assert.Equal((1, 4), (errors.Total, errors.Line(0)));
        text = System.Text.Encoding.UTF8.GetBytes(Station + "button answer input=d2\n");
        Assert.NotNull(SettingsParser.Parse(text, text.Length, SceneBoard.Shape(), new SettingsErrors()));
    }

    private static Question Bits(string words) =>
        (words.Contains("fire", StringComparison.Ordinal) ? Question.Fire : Question.None)
        | (words.Contains("duty check", StringComparison.Ordinal) ? Question.Duty : Question.None)
        | (words.Contains("call-out", StringComparison.Ordinal) ? Question.CallOut : Question.None)
        | (words.Contains("last look", StringComparison.Ordinal) ? Question.Look : Question.None);
}
