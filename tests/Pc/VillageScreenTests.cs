// Owns: what the screen shows of the village's work, and that every condition and key has its place there.
// Must never: need a terminal or a county; what the county asks is asked of the panel at once.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;
using Gateway.Pc.Screen;
using Gateway.Tests.Support;
using Spectre.Console;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class VillageScreenTests
{
    private const string Head = "station id=7 county=c township=t village=v name=某村微型消防站\nuplink host=h\n";

    [Fact]
    public void Running_met_and_missed_135_clocks_are_told_apart()
    {
        using Rig rig = Village();
        rig.Play("press 1\nwait 10s\nanswer\nwait 200ms");
        Assert.Contains("135 应答 answered 已到 met", Text(rig));
        Assert.Contains("135 到场 on the scene 2:50", Text(rig));
        Assert.Contains("135 到齐 joined 14:50", Text(rig));
        rig.Play("wait 3min");
        Assert.Contains("135 到场 on the scene 超时 missed → 乡镇 township", Text(rig));
        rig.Play("joined\nwait 200ms");
        Assert.Contains("135 到齐 joined 已到 met", Text(rig));
        rig.Play("release 1\nwait 200ms\nreset\nwait 200ms");
        Assert.DoesNotContain("135 ", Text(rig));
    }

    [Fact]
    public void Second_reading_of_the_clocks_has_its_own_words()
    {
        using var rig = new Rig(Rig.Parse(Head + "zone 1 kind=callpoint wiring=no input=d1 name=z\nclocks from=scene"), county: true);
        rig.Play("press 1\nwait 5s");
        Assert.Contains("135 本站到场 own station 0:5", Text(rig));
        Assert.Contains("135 消防队到场 brigade 4:", Text(rig));
    }

    [Fact]
    public void Duty_check_shows_what_is_left_until_it_is_answered()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.DutyCheck, 10, 0, rig.NowMs);
        rig.Run(60_000);
        string text = Text(rig);
        Assert.Contains("查岗 duty check 9:00", text);
        Assert.Contains("蜂鸣器 buzzer 查岗音 duty", text);
        rig.Play("answer\nwait 200ms");
        Assert.DoesNotContain("查岗 duty check", Text(rig));
    }

    [Fact]
    public void Fire_of_a_drill_is_never_shown_as_a_real_one()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.Drill, 30, 0, rig.NowMs);
        rig.Play("press 1\nexpect siren drill within 200ms");
        string text = Text(rig);
        Assert.Contains("演练火警 DRILL FIRE 1", Lines(rig, 140, 40)[0]);
        Assert.DoesNotContain("火警 FIRE 1 ", Lines(rig, 140, 40)[0].Replace("演练火警 DRILL FIRE 1", "", StringComparison.Ordinal));
        Assert.Contains("演练火警 drill fire", text);
        Assert.Contains("火警 fire-alarm · 演练 drill", text);
        Assert.Contains("演练 drill 30 min", text);
        Assert.Contains("警笛 siren 演练音 drill", text);
    }

    [Fact]
    public void Permit_shows_its_zones_and_then_the_last_look()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.HotWork, 0b110, 60, rig.NowMs);
        rig.Run(1_000);
        Assert.Contains("动火 hot work 2,3: 60 min", Text(rig));
        Assert.Contains("屏蔽 disabled", Text(rig));
        rig.Run(60 * 60_000);
        Assert.Contains("动火后检查 last look 30 min", Text(rig));
        Assert.Contains("蜂鸣器 buzzer 检查音 look", Text(rig));
        rig.Play("answer\nwait 200ms");
        Assert.DoesNotContain("last look", Text(rig).Split('─')[^1].Split("时间")[0]);
    }

    [Fact]
    public void Shield_and_test_show_what_is_left_of_them()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.Shield, 2, 30, rig.NowMs);
        Commands(rig).Run(CommandCode.Test, 3, 60, rig.NowMs);
        rig.Run(1_000);
        Assert.Contains("屏蔽 disabled 30 min", Text(rig));
        Assert.Contains("测试 test 60 min", Text(rig));
    }

    [Fact]
    public void Hidden_danger_makes_the_code_yellow_on_the_screen_too()
    {
        using Rig rig = Village();
        rig.Play("wait 200ms");
        Assert.Contains("绿码 green", Text(rig));
        rig.Play("press 4\nwait 6min");
        Assert.Contains("黄码 yellow 隐患 open cases 1", Text(rig));
    }

    [Fact]
    public void Open_patrol_shows_how_many_of_its_buttons_were_pressed()
    {
        // The county's clock says 2027-01-15 16:00 local time when the station comes online.
        const string patrol = """
            zone 1 kind=patrol wiring=no input=d1 name=祠堂
            zone 2 kind=patrol wiring=no input=d2 name=仓库
            patrol 1 zones=1,2 from=16:00 to=17:00
            """;
        using var rig = new Rig(Rig.Parse(Head + patrol), county: true);
        rig.Play("wait until online\nwait 1min\nexpect condition patrol\npress 2\nwait 1s");
        Assert.Contains("夜巡 patrol 1: 1/2", Text(rig));
        Assert.Contains("7 01-15 16:0", Lines(rig, 140, 40)[0]);
    }

    [Fact]
    public void Every_key_that_Core_has_a_role_for_has_a_letter_of_its_own()
    {
        using Rig rig = Village();
        Snapshot now = Snapshot.Of(rig.Station, []);
        char[] letters = [.. Enumerable.Range(0, Button.Count).Select(ScreenKeys.LetterOf)];
        Assert.Equal(Button.Count, letters.Distinct().Count());
        for (int key = 0; key < Button.Count; key++)
        {
            var typed = new ConsoleKeyInfo(letters[key], ConsoleKey.NoName, shift: false, alt: false, control: false);
            Assert.Equal(Hand.OnKey(key), new ScreenKeys().Take(typed, now));
            Assert.Contains($"{letters[key]} {Words.OfKey(key)}", Text(rig));
        }
    }

    [Theory]
    [InlineData(200, 60)]
    [InlineData(119, 32)]
    [InlineData(79, 24)]
    [InlineData(59, 24)]
    [InlineData(20, 5)]
    public void Everything_at_once_still_fits_and_hides_no_fire(int width, int height)
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.DutyCheck, 10, 0, rig.NowMs);
        Commands(rig).Run(CommandCode.HotWork, 0b100, 60, rig.NowMs);
        Commands(rig).Run(CommandCode.Shield, 5, 30, rig.NowMs);
        rig.Play("press 1\ncut 2\npress 4\nwait 6min");
        IReadOnlyList<string> lines = Lines(rig, width, height);
        Assert.InRange(lines.Count, 1, height);
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
        Assert.Contains("火警", string.Join('\n', lines));
    }

    private static Rig Village()
    {
        string text = File.ReadAllText(Repository.Path("firmware", "Pc", "stories", "village.txt"));
        return new Rig(Rig.Parse(Head + text), county: true);
    }

    private static PanelCommands Commands(Rig rig) => rig.Station.Loop.Panel.Commands;

    private static string Text(Rig rig) => string.Join('\n', Lines(rig, 140, 40));

    private static IReadOnlyList<string> Lines(Rig rig, int width, int height) =>
        ScreenView.Lines(Snapshot.Of(rig.Station, []), 0, "", width, height, ColorSystemSupport.NoColors);
}
