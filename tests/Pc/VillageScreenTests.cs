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
        Assert.Contains("应答 已完成", Text(rig));
        Assert.Contains("到场 剩2:50", Text(rig));
        Assert.Contains("增援到场 剩14:50", Text(rig));
        rig.Play("wait 3min");
        Assert.Contains("到场 超时→已升至乡镇", Text(rig));
        rig.Play("joined\nwait 200ms");
        Assert.Contains("增援到场 已完成", Text(rig));
        rig.Play("release 1\nwait 200ms\nreset\nwait 200ms");
        Assert.DoesNotContain("增援到场 ", Text(rig).Split('─')[0]);
    }

    [Fact]
    public void Second_reading_of_the_clocks_has_its_own_words()
    {
        using var rig = new Rig(Rig.Parse(Head + "zone 1 kind=callpoint wiring=no unsupervised=yes"
            + " input=d1 name=z\nclocks from=scene"), county: true);
        rig.Play("press 1\nwait 5s");
        Assert.Contains("本站到场 剩0:5", Text(rig));
        Assert.Contains("消防队到场 剩4:", Text(rig));
    }

    [Fact]
    public void Duty_check_shows_what_is_left_until_it_is_answered()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.DutyCheck, 10, 0, rig.NowMs);
        rig.Run(60_000);
        string text = Text(rig);
        Assert.Contains("县平台查岗 9:00", text);
        Assert.Contains("蜂鸣器 查岗音", text);
        rig.Play("answer\nwait 200ms");
        Assert.DoesNotContain("县平台查岗 ", Text(rig).Split('─')[0]);
    }

    [Fact]
    public void Call_point_that_was_not_put_back_after_a_drill_asks_for_its_key()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.Drill, 5, 0, rig.NowMs);
        rig.Play("press 1\nwait 2s");
        rig.Run((5 * 60_000) + 1_000);
        Assert.Contains("▶ 1号 值班室报警按钮演练后没复原，报不了火警：用钥匙复原按钮", Text(rig));
        rig.Play("release 1\nwait 1s");
        Assert.DoesNotContain("演练后没复原", string.Join('\n', Lines(rig, 140, 40).Where(line => line.StartsWith('▶'))));
    }

    [Fact]
    public void Disablement_beside_a_permit_is_said_to_last_as_long_as_it_does()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.HotWork, 0b110, 60, rig.NowMs);
        Commands(rig).Run(CommandCode.Disable, 5, 120, rig.NowMs);
        rig.Run(1_000);
        string guidance = Lines(rig, 140, 40).First(line => line.StartsWith('▶'));
        Assert.Contains("2、3、5号", guidance);
        Assert.Matches("号(还有120分|到18:0.)不报警", guidance);
    }

    [Fact]
    public void Device_that_tells_of_its_fault_is_not_said_to_be_unwatched()
    {
        using var rig = new Rig(Rig.Parse(Head + "zone 1 kind=pump-fault wiring=no input=d1 name=消防泵\n"), county: true);
        rig.Play("wait until online\npress 1\nwait 1s");
        string guidance = Lines(rig, 140, 40).First(line => line.StartsWith('▶'));
        Assert.Contains("打维保电话", guidance);
        Assert.DoesNotContain("监视不了", guidance);
    }

    /// <summary>Its tone is heard when the fire is silenced.</summary>
    [Fact]
    public void Duty_check_amid_a_fire_that_was_answered_says_what_it_waits_for()
    {
        using Rig rig = Village();
        rig.Play("press 1\nwait 2s");
        Commands(rig).Run(CommandCode.DutyCheck, 10, 0, rig.NowMs);
        rig.Run(1_000);
        Assert.DoesNotContain("内按[应答]", Text(rig));
        rig.Play("answer\nwait 200ms");
        Assert.DoesNotContain("内按[应答]", Text(rig));
        Commands(rig).Run(CommandCode.DutyCheck, 10, 0, rig.NowMs);
        rig.Run(1_000);
        Assert.Contains("▶ ①派人带灭火器看现场", Text(rig));
        Assert.Contains("▶ 县平台查岗，9:59内按[应答]", Text(rig));
    }

    [Fact]
    public void Fire_of_a_drill_is_never_shown_as_a_real_one()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.Drill, 30, 0, rig.NowMs);
        rig.Play("press 1\nexpect siren drill within 200ms");
        string text = Text(rig);
        Assert.StartsWith(" 演练（非真火） 1号 值班室报警按钮 ", Lines(rig, 140, 40)[0]);
        Assert.DoesNotContain("火警", string.Concat(Lines(rig, 140, 40).TakeWhile(line => !line.StartsWith('─'))));
        Assert.Contains("演练火警", text);
        Assert.Contains("火警 1号 值班室报警按钮 [演练", text);
        Assert.Contains("号 剩30分", text);
        Assert.Contains("声警报器 演练音", text);
        Assert.Contains("按[自检]结束演练", text);
    }

    [Fact]
    public void Permit_shows_its_zones_and_then_the_last_look()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.HotWork, 0b110, 60, rig.NowMs);
        rig.Run(1_000);
        Assert.Contains("动火 2、3号 剩60分", Text(rig));
        Assert.Contains("屏蔽（此处不报警）", Text(rig));
        rig.Run(60 * 60_000);
        Assert.Contains("待动火后复查 剩30分", Text(rig));
        Assert.Contains("蜂鸣器 复查提示音", Text(rig));
        rig.Play("answer\nwait 200ms");
        Assert.DoesNotContain("待动火后复查", Text(rig).Split('─')[0]);
    }

    [Fact]
    public void Disablement_and_test_show_what_is_left_of_them()
    {
        using Rig rig = Village();
        Commands(rig).Run(CommandCode.Disable, 2, 30, rig.NowMs);
        Commands(rig).Run(CommandCode.Test, 3, 60, rig.NowMs);
        rig.Run(1_000);
        Assert.Contains("屏蔽（剩30分，此处不报警）", Text(rig));
        Assert.Contains("测试（剩60分）", Text(rig));
    }

    [Fact]
    public void Hidden_danger_makes_the_code_yellow_on_the_screen_too()
    {
        using Rig rig = Village();
        rig.Play("wait 200ms");
        Assert.Contains("绿码", Text(rig));
        rig.Play("press 4\nwait 6min");
        Assert.Contains("黄码 在办隐患1处", Text(rig));
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
        Assert.Contains("夜巡第1班 1/2点", Text(rig));
        Assert.Contains("7  2027-01-15 16:0", Lines(rig, 140, 40)[0]);
    }

    [Fact]
    public void Every_key_that_Core_has_a_role_for_has_a_letter_of_its_own()
    {
        using Rig rig = Village("\nbutton mute input=d31\nbutton lock input=d32\n");
        Snapshot now = Snapshot.Of(rig.Station, []);
        char[] letters = [.. Enumerable.Range(0, Buttons.Count).Select(key => ScreenKeys.LetterOf((Button)key))];
        Assert.Equal(Buttons.Count, letters.Distinct().Count());
        for (Button key = Button.Silence; (int)key < Buttons.Count; key++)
        {
            var typed = new ConsoleKeyInfo(letters[(int)key], ConsoleKey.NoName, shift: false, alt: false, control: false);
            Assert.Equal(Hand.OnKey(key), new ScreenKeys().Take(typed, now));
            Assert.Contains($"{letters[(int)key]} {Words.OfKey(key).Chinese}", Text(rig));
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
        Commands(rig).Run(CommandCode.Disable, 5, 30, rig.NowMs);
        rig.Play("press 1\ncut 2\npress 4\nwait 6min");
        IReadOnlyList<string> lines = Lines(rig, width, height);
        Assert.InRange(lines.Count, 1, height);
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
        Assert.Contains("火警", string.Join('\n', lines));
    }

    private static Rig Village(string more = "")
    {
        string text = File.ReadAllText(Repository.Path("firmware", "Pc", "stories", "village.txt"));
        return new Rig(Rig.Parse(Head + text + more), county: true);
    }

    private static PanelCommands Commands(Rig rig) => rig.Station.Loop.Panel.Commands;

    private static string Text(Rig rig) => string.Join('\n', Lines(rig, 140, 40));

    private static IReadOnlyList<string> Lines(Rig rig, int width, int height) =>
        ScreenView.Lines(Snapshot.Of(rig.Station, []), new Look(), width, height, ColorSystemSupport.NoColors);
}
