// Owns: what the screen shows in terminals of any size, and what the keys do.
// Must never: need a terminal.

using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;
using Gateway.Pc.Screen;
using Gateway.Start;
using Spectre.Console;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class ScreenTests
{
    private const string Head = "station id=7 county=c township=t village=v name=某村微型消防站\nuplink host=h\n";

    [Theory]
    [InlineData(200, 60)]
    [InlineData(140, 40)]
    [InlineData(119, 32)]
    [InlineData(79, 24)]
    [InlineData(59, 24)]
    [InlineData(40, 20)]
    [InlineData(20, 5)]
    public void Every_size_gets_lines_that_fit_and_shows_the_fire_first(int width, int height)
    {
        using var rig = new Rig(settings: null, county: true);
        rig.Play("wait until online\npress 1\nexpect event fire-alarm\ncut 2\nexpect event fault\nwait until county holds");
        IReadOnlyList<string> lines = Lines(rig, width, height, chosen: 6);
        Assert.InRange(lines.Count, 1, height);
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
        string text = string.Join('\n', lines);
        Assert.Contains("火警", text);
        if (height >= 24)
        {
            Assert.Contains("值班室报警按钮", text);
            Assert.Contains("断线", text);
            Assert.Contains("县平台已存", text);
            Assert.Contains("q 退出", text);
            Assert.Contains("①按[应答]", text);
        }
    }

    [Fact]
    public void Event_is_shown_with_how_far_it_has_come()
    {
        using var rig = new Rig(settings: null, county: true);
        rig.County.Answers = false;
        rig.Play("press 1\nexpect event fire-alarm zone 1");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("火警 1号") && line.Contains("●○○ 已存本机"));
        Assert.Contains("尚未报到县平台", Lines(rig, 140, 40)[0]);
        rig.County.Answers = true;
        rig.Play("wait until county holds");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("火警 1号") && line.Contains("●●● 县平台已存"));
        Assert.DoesNotContain("尚未报到县平台", Lines(rig, 140, 40)[0]);
    }

    [Fact]
    public void Conditions_are_shown_side_by_side()
    {
        using var rig = new Rig(settings: null, county: true);
        Assert.Contains("正常", Lines(rig, 140, 40)[0]);
        rig.Play("press 1\npress 3\ncut 2\npress 4\nwait 200ms\nsilence\nwait 400ms");
        IReadOnlyList<string> lines = Lines(rig, 140, 40);
        Assert.StartsWith(" 火警 共2处 首警 1号 值班室报警按钮 0秒前 ", lines[0]);
        Assert.StartsWith("            最新 3号 厨房感温 ", lines[1]);
        string head = string.Join('\n', lines.Take(6));
        Assert.Contains("警报已消音·火警未解除", head);
        Assert.Contains("故障 2号 仓库感烟 断线", head);
        Assert.Contains("监管报警 4号", head);
    }

    [Fact]
    public void Lost_way_to_the_county_is_a_fault_of_the_box()
    {
        using var rig = new Rig(settings: null, county: false);
        rig.Run(Limits.LinkFaultMs + 1_000);
        Assert.Contains("故障 网关通信故障", Lines(rig, 140, 40)[0]);
        Assert.Contains(Lines(rig, 79, 24), line => line.Contains("县平台联系不上，火警发不出去。真火自己打119"));
    }

    [Fact]
    public void Grave_zones_are_never_hidden_by_quiet_ones()
    {
        string zones = string.Concat(Enumerable.Range(1, 32).Select(n =>
            $"zone {n} kind=smoke wiring=no unsupervised=yes input=d{n} name=房间{n}\n"));
        using var rig = new Rig(Rig.Parse(Head + zones), county: false);
        rig.Play("press 32\nexpect event fire-alarm zone 32");
        string text = string.Join('\n', Lines(rig, 80, 24, chosen: 9));
        Assert.Contains("32号 房间32", text);
        Assert.Contains(">  9号 房间9", text);
        Assert.Contains("共32处", text);
    }

    [Fact]
    public void Columns_stand_below_each_other_whatever_is_in_them()
    {
        using var rig = new Rig(settings: null, county: false);
        rig.Play("press 1\ncut 2\nwait 200ms");
        string[] names = [" 1号 值班室报警按钮", " 2号 仓库感烟", " 3号 厨房感温", " 4号 "];
        IReadOnlyList<string> lines = Lines(rig, 140, 40, chosen: 3);
        int[] starts = [.. names.Select(name =>
            lines.Last(line => line.Contains(name) && !line.Contains('●')).Split(name)[0].GetCellWidth())];
        Assert.Single(starts.Distinct());
    }

    [Fact]
    public void Text_of_the_settings_is_not_taken_for_markup()
    {
        using var rig = new Rig(Rig.Parse(Head + "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=\"[red]a[/\""), county: false);
        rig.Play("press 1\nexpect event fire-alarm zone 1");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains(" 1号 [red]a[/"));
    }

    [Fact]
    public void Gas_is_called_gas_where_it_waits_for_the_county_and_beside_a_fire_both_are_named()
    {
        const string zones = "zone 1 kind=callpoint wiring=line input=a1 name=按钮\nzone 2 kind=gas wiring=line input=a2 name=燃气\n"
            + "button silence input=d1\nbutton reset input=d2\n";
        using var rig = new Rig(Rig.Parse(Head + zones), county: false);
        rig.Play("wait 1s\ncut 2\nwait 3s");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("此处测不了燃气"));
        rig.Play("release 2\nwait 3s\npress 2\nwait 3s");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("县平台联系不上，报警发不出去。到室外打119"));
        rig.Play("reset\nwait 1s");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("复位未成功：2号 燃气仍在报警。气散了后再按[复位]"));
        rig.Play("press 1\nwait 3s\nsilence\nwait 1s");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("警报已消音·火警、可燃气体报警未解除"));
        rig.Play("wait 120s");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("县平台未收到火警、可燃气体报警"));
    }

    [Fact]
    public void Whoever_has_answered_is_not_asked_to_answer()
    {
        using var rig = new Rig(settings: null, county: true);
        rig.Play("wait until online\npress 1\nwait 2s\nanswer\nwait 1s");
        Assert.Contains(Lines(rig, 79, 24), line => line.StartsWith("▶ ①派人带灭火器看现场", StringComparison.Ordinal));
        Assert.Contains(Lines(rig, 79, 24), line => line.Contains("应答 已完成"));

        // Another place asks anew, and then nothing says that it is answered.
        rig.Play("press 2\nwait 1s");
        Assert.Contains(Lines(rig, 79, 24), line => line.Contains("按[应答]，火势可能扩大"));
        Assert.DoesNotContain(Lines(rig, 79, 24), line => line.Contains("应答 已完成"));
        rig.Play("answer\nwait 1s");
        Assert.Contains(Lines(rig, 79, 24), line => line.Contains("应答 已完成"));
    }

    [Fact]
    public void Silenced_gas_that_nobody_answered_asks_for_the_answer_and_no_line_begins_with_a_mark()
    {
        using var rig = new Rig(Rig.Parse(Head + "zone 2 kind=gas wiring=line input=a2 name=燃气\nbutton silence input=d1\n"
            + "button answer input=d3\n"), county: true);
        rig.Play("wait until online\npress 2\nwait 2s\nsilence\nwait 1s");
        Assert.Contains(Lines(rig, 140, 40), line => line.StartsWith("▶ 已消音，燃气报警还在：先按[应答]，不动电器", StringComparison.Ordinal));
        for (int width = 50; width < 100; width++)
        {
            Assert.All(Lines(rig, width, 24), line => Assert.DoesNotMatch("^ *[、，。；：）”]", line));
        }

        rig.Play("answer\nwait 1s");
        Assert.Contains(Lines(rig, 79, 24), line => line.StartsWith("▶ 已消音，燃气报警还在：不动电器", StringComparison.Ordinal));
    }

    [Fact]
    public void Power_cut_that_takes_the_network_with_it_is_not_all_that_is_said()
    {
        using var rig = new Rig(settings: null, county: false);
        rig.Play($"press 5\nwait {(Limits.LinkFaultMs / 1000) + 1}s");
        Assert.Contains(Lines(rig, 79, 24), line => line.Contains("▶ 停电，正用备电"));
        Assert.Contains(Lines(rig, 79, 24), line => line.Contains("▶ 县平台联系不上，火警发不出去。真火自己打119"));
    }

    [Fact]
    public void Supervisory_is_red_in_the_list_too_and_a_fault_yellow()
    {
        using var rig = new Rig(settings: null, county: true);
        rig.Play("cut 2\npress 4\nwait 1s");
        IReadOnlyList<string> lines =
            ScreenView.Lines(Snapshot.Of(rig.Station, []), new Look(), 140, 40, ColorSystemSupport.Standard);
        Assert.Contains(lines, line => line.Contains('●') && line.Contains("\u001b[91m监管报警"));
        Assert.Contains(lines, line => line.Contains('●') && line.Contains("\u001b[93m故障"));
    }

    /// <summary>The keyboard's thread would end without a word, and with it the answer key.</summary>
    [Fact]
    public void Zone_that_is_gone_with_other_settings_takes_no_move_and_the_keys_go_on()
    {
        string Zones(int count) => string.Concat(Enumerable.Range(1, count).Select(n =>
            $"zone {n} kind=smoke wiring=no unsupervised=yes input=d{n} name=z\n")) + "button answer input=d20";
        using var before = new Rig(Rig.Parse(Head + Zones(3)), county: false);
        using var after = new Rig(Rig.Parse(Head + Zones(2)), county: false);
        var keys = new ScreenKeys();
        Type(keys, '3', Snapshot.Of(before.Station, []));
        Snapshot now = Snapshot.Of(after.Station, []);
        Assert.Null(Type(keys, 'p', now));
        Assert.Equal("没有3号", keys.Note);
        Assert.Equal(Hand.OnKey(Button.Answer), Type(keys, 'a', now));
        Assert.Equal(Hand.At(1, HandMove.Press), Type(keys, 'p', now));
    }

    [Fact]
    public void An_output_is_shown_by_what_the_settings_say_it_works()
    {
        string zone = "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=仓库\n";
        using var rig = new Rig(Rig.Parse(Head + zone + "output siren pin=1\noutput relay3 pin=2 name=\"村口[red]广播\"\n"), county: false);
        rig.Play("wait 1s");
        Assert.Contains(Lines(rig, 140, 40), line => line.Contains("继电器3 村口[red]广播 停"));
    }

    [Fact]
    public void Not_configured_is_said_on_the_first_line()
    {
        var station = new Station(new StationParts
        {
            Settings = null,
            Flash = new Flash.PcFlash(Directory.CreateTempSubdirectory("gateway-pc-").FullName),
            Link = new ClosedLink(),
            Key = null,
            Clock = new MonotonicClock(new ManualTimer()),
            NewEpoch = 1,
        });
        station.Tick();
        IReadOnlyList<string> lines = ScreenView.Lines(Snapshot.Of(station, []), new Look(), 100, 30, ColorSystemSupport.NoColors);
        Assert.Contains("未配置", lines[0]);
        Assert.DoesNotContain(lines, line => line.Contains("触发"));
    }

    [Fact]
    public void Keys_choose_zones_and_act()
    {
        string zones = string.Concat(Enumerable.Range(1, 12).Select(n =>
            $"zone {n} kind=smoke wiring=no unsupervised=yes input=d{n} name=z\n"));
        using var rig = new Rig(Rig.Parse(Head + zones + "button silence input=d20"), county: false);
        Snapshot now = Snapshot.Of(rig.Station, []);
        var keys = new ScreenKeys();
        Assert.Equal(Hand.At(1, HandMove.Press), Type(keys, 'p', now));
        Assert.Null(Type(keys, '2', now));
        Assert.Equal(Hand.At(2, HandMove.Cut), Type(keys, 'C', now));
        Assert.Null(Type(keys, '9', now));
        Assert.Equal(Hand.At(9, HandMove.Short), Type(keys, 's', now));
        Type(keys, '1', now);
        Type(keys, '1', now);
        Assert.Equal(Hand.At(11, HandMove.Release), Type(keys, 'r', now));
        Type(keys, '1', now);
        Type(keys, '3', now);
        Assert.Equal(Hand.At(3, HandMove.Press), Type(keys, 'p', now));
        keys.Take(new ConsoleKeyInfo('\0', ConsoleKey.DownArrow, shift: false, alt: false, control: false), now);
        Assert.Equal(4, keys.Chosen);
        Assert.Null(Type(keys, '0', now));
        Assert.Contains("没有0号", keys.Note);
        Assert.Equal(Hand.OnKey(Button.Silence), Type(keys, 'm', now));
        Assert.Null(Type(keys, 'z', now));
        Assert.Contains("本站未设此键", keys.Note);
        Assert.Null(Type(keys, 'x', now));
        Assert.False(keys.Quit);
        Type(keys, 'q', now);
        Assert.True(keys.Quit);
    }

    [Fact]
    public void Two_digits_make_one_number_only_when_typed_together()
    {
        string zones = string.Concat(Enumerable.Range(1, 12).Select(n =>
            $"zone {n} kind=smoke wiring=no unsupervised=yes input=d{n} name=z\n"));
        using var rig = new Rig(Rig.Parse(Head + zones), county: false);
        var keys = new ScreenKeys();
        Type(keys, '1', Snapshot.Of(rig.Station, []));
        rig.Run(1_500);
        Type(keys, '2', Snapshot.Of(rig.Station, []));
        Assert.Equal(2, keys.Chosen);
    }

    private static Hand? Type(ScreenKeys keys, char letter, Snapshot now) =>
        keys.Take(new ConsoleKeyInfo(letter, ConsoleKey.NoName, shift: false, alt: false, control: false), now);

    private static IReadOnlyList<string> Lines(Rig rig, int width, int height, int chosen = 0) =>
        ScreenView.Lines(Snapshot.Of(rig.Station, []), new Look(chosen), width, height, ColorSystemSupport.NoColors);
}
