// Owns: what the small display shows in each state, and that a display that does not answer costs nothing but a fault.
// Must never: look into the text's making; it reads the lines.

using System.Text.RegularExpressions;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed partial class DisplayTextTests
{
    private const string Station = "callpoint 1 | smoke 2 | gas 3 | mains 4 | pump-not-auto 5 | smoke 6 wiring=line | heat 12 wiring=no "
        + "| group 1 zones=2,6 need=2 | drill maxMin=60 | hotwork lookMin=20 | display kind=oled";

    private static Scene Begin(string settings = Station)
    {
        Scene scene = new(settings);
        scene.SetClock(1, (14 * 60) + 5);
        scene.Pass(5_000, everyTick: true);
        return scene;
    }

    /// <summary>A line as somebody reads it.</summary>
    private static string Line(Scene scene, int line)
    {
        char[] cells = scene.Display.Shown[(line * Limits.DisplayLineCells)..((line + 1) * Limits.DisplayLineCells)];
        return string.Concat(cells.Where((_, at) => at == 0 || cells[at - 1] < 128).Select(c => c == 0 ? ' ' : c)).TrimEnd();
    }

    private static string Shown(Scene scene) =>
        string.Join('|', Enumerable.Range(0, Limits.DisplayLines).Select(line => Line(scene, line))).TrimEnd('|');

    private static void Put(Scene scene, int zone, string word)
    {
        int index = scene.Settings.IndexOf(zone);
        scene.Board.Set(scene.Settings.ZoneInput[index], SceneWires.Level(scene.Settings.ZoneWiring[index], word));
        scene.Pass(400, everyTick: true);
    }

    private static void Key(Scene scene, Button key)
    {
        int input = scene.Settings.ButtonInput[(int)key];
        scene.Board.Set(input, 0);
        scene.Pass(300, everyTick: true);
        scene.Board.Set(input, 1);
        scene.Pass(300, everyTick: true);
    }

    [Fact]
    public void A_power_cut_that_takes_the_network_with_it_says_both()
    {
        Scene scene = Begin();
        Put(scene, 4, "on");
        Assert.Equal("停电 正用备电|||查空开 找电工", Shown(scene));
        scene.Loop.Panel.SetFault(BoxFault.Link, on: true, scene.NowMs);
        scene.Pass(1_000, everyTick: true);
        Assert.Equal("停电 正用备电||县平台连不上|着火自己打119", Shown(scene));
    }

    [Fact]
    public void A_fire_shows_its_place_its_time_how_many_and_what_is_next()
    {
        Scene scene = Begin();
        Assert.Equal("|监视正常   14:05", Shown(scene));
        Put(scene, 1, "on");
        Assert.Equal("火警       14:05|1号手动报警按钮||按应答 派人看火", Shown(scene));
        Key(scene, Button.Answer);
        Assert.Equal("看现场 真火打119", Line(scene, 3));
        scene.Pass(2 * Limits.MinuteMs, everyTick: true);
        Put(scene, 12, "on");
        Assert.Equal("火警共2处  14:05|1号手动报警按钮|最新12号   14:07|按应答 派人看火", Shown(scene));
        Key(scene, Button.Answer);
        Assert.Equal("扩大了 马上打119", Line(scene, 3));
        Key(scene, Button.Silence);
        Assert.Equal("火警共2处  14:05|1号手动报警按钮|最新12号 已消音|1号还在报警", Shown(scene));

        // Another one sounds again, and then the silence is over.
        Put(scene, 2, "on");
        Put(scene, 6, "on");
        Assert.StartsWith("最新6号    14:0", Line(scene, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void One_silenced_fire_says_that_it_goes_on()
    {
        Scene scene = Begin();
        Put(scene, 1, "on");
        Key(scene, Button.Silence);
        Key(scene, Button.Answer);
        Put(scene, 1, "off");
        Assert.Equal("火警       14:05|1号手动报警按钮|已消音 火警还在|查清前不要复位", Shown(scene));
        Key(scene, Button.Reset);
        Assert.StartsWith("监视正常", Shown(scene).TrimStart('|'), StringComparison.Ordinal);
    }

    [Fact]
    public void Gas_is_no_fire_and_says_what_must_not_be_touched()
    {
        Scene scene = Begin();
        Put(scene, 3, "on");
        Assert.Equal("燃气报警   14:05|3号可燃气体|不动电器不点火|关阀开窗 人撤出", Shown(scene));
        Put(scene, 1, "on");
        Assert.Equal("火警       14:05|1号手动报警按钮|另有燃气报警|按应答 派人看火", Shown(scene));

        // The first fire stays in its place when another comes, and so does the word of gas; so it does when all is silenced.
        scene.Pass(Limits.MinuteMs, everyTick: true);
        Put(scene, 12, "on");
        Assert.Equal("火警共2处  --:--|1号手动报警按钮|最新12号 有燃气|按应答 派人看火", Shown(scene));
        Key(scene, Button.Silence);
        Key(scene, Button.Answer);
        Assert.Equal("已消音 另有燃气|1号还在报警", Line(scene, 2) + "|" + Line(scene, 3));
    }

    [Fact]
    public void Gas_behind_a_fire_is_shown_beside_it_also_when_silenced()
    {
        Scene scene = Begin();
        Put(scene, 12, "on");
        Put(scene, 3, "on");
        Assert.Equal("火警       14:05|12号感温探测器|另有燃气报警|按应答 派人看火", Shown(scene));
        Key(scene, Button.Silence);
        Assert.Equal("已消音 另有燃气", Line(scene, 2));
        Key(scene, Button.Answer);
        Put(scene, 1, "on");
        Assert.Equal("火警共2处  14:05|12号感温探测器|最新1号 有燃气|按应答 派人看火", Shown(scene));
    }

    /// <summary>A reset is refused while a zone signals: which one is shown for as long, and else that a reset is not for now.</summary>
    [Fact]
    public void Why_a_reset_is_refused_stands_there()
    {
        Scene scene = Begin();
        Put(scene, 12, "on");
        Put(scene, 1, "on");
        Key(scene, Button.Silence);
        Key(scene, Button.Answer);
        Key(scene, Button.Reset);
        Assert.Equal("1号还在报警", Line(scene, 3));
        Put(scene, 1, "off");
        Assert.Equal("12号还在报警", Line(scene, 3));
        Put(scene, 12, "off");
        Assert.Equal("查清前不要复位", Line(scene, 3));
    }

    [Fact]
    public void A_time_that_is_not_known_is_shown_as_such()
    {
        Scene scene = Begin();
        Put(scene, 1, "on");
        scene.Start();
        scene.Pass(1_500, everyTick: true);
        Assert.Equal("火警       --:--", Line(scene, 0));
        Put(scene, 12, "on");
        scene.Start();
        scene.Pass(1_500, everyTick: true);
        Assert.Equal("火警共2处  --:--|1号手动报警按钮|最新12号   --:--", string.Join('|', Shown(scene).Split('|')[..3]));
    }

    [Fact]
    public void A_fire_that_the_county_has_not_heard_of_asks_for_the_telephone()
    {
        Scene scene = Begin();
        Put(scene, 1, "on");
        scene.Loop.Panel.SetFault(BoxFault.NoCountyAnswer, on: true, scene.NowMs);
        scene.Pass(200, everyTick: true);
        Assert.Equal("县未收到 打119", Line(scene, 3));
    }

    [Theory]
    [InlineData(2, "on", "预警|2号感烟探测器||马上派人去看")]
    [InlineData(4, "on", "停电 正用备电|||查空开 找电工")]
    [InlineData(5, "on", "监管报警|5号水泵不在自动||泵房转到自动")]
    [InlineData(6, "cut", "故障|6号感烟探测器||打维保电话")]
    public void Each_state_of_a_zone_has_its_place_and_its_sentence(int zone, string word, string shown)
    {
        Scene scene = Begin();
        Put(scene, zone, word);
        scene.Pass(2_000, everyTick: true);
        Assert.Equal(shown, Shown(scene));
    }

    [Theory]
    [InlineData(CommandCode.DutyCheck, 5, 0, "县平台查岗|||按应答键")]
    [InlineData(CommandCode.Drill, 30, 0, "演练中|||真着火喊人打119")]
    [InlineData(CommandCode.Disable, 2, 30, "屏蔽|2号感烟探测器||现场留人看守")]
    public void What_the_county_asks_for_is_shown(CommandCode code, int a, int b, string shown)
    {
        Scene scene = Begin();
        scene.Loop.Panel.Commands.Run(code, a, b, scene.NowMs);
        scene.Pass(500, everyTick: true);
        Assert.Equal(shown, Shown(scene));
        if (code == CommandCode.Drill)
        {
            Put(scene, 1, "on");
            Assert.Equal("演练 非真火|1号手动报警按钮|真着火喊人打119|按自检结束演练", Shown(scene));
            scene.Pass(29L * Limits.MinuteMs, everyTick: true);
            Assert.Equal("演练 非真火|1号手动报警按钮|真着火喊人打119|1分内结束 先复原", Shown(scene));
        }
    }

    /// <summary>The county asks in a drill too, and the answer key is then for that.</summary>
    [Theory]
    [InlineData(CommandCode.DutyCheck, "查岗 按应答键")]
    [InlineData(CommandCode.CallOut, "增援 按应答键")]
    public void What_the_county_asks_in_a_drill_stands_below_it(CommandCode code, string asked)
    {
        Scene scene = Begin();
        scene.Loop.Panel.Commands.Run(CommandCode.Drill, 30, 0, scene.NowMs);
        Put(scene, 1, "on");
        Key(scene, Button.Answer);
        scene.Loop.Panel.State.Text = "前塘村仓库";
        scene.Loop.Panel.Commands.Run(code, 5, 0, scene.NowMs);
        scene.Pass(500, everyTick: true);
        Assert.Equal("演练 非真火|1号手动报警按钮|真着火喊人打119|" + asked, Shown(scene));
        Key(scene, Button.Answer);
        Assert.Equal("按自检结束演练", Line(scene, 3));
    }

    /// <summary>Detectors are off meanwhile; then somebody has to look.</summary>
    [Fact]
    public void Hot_work_shows_what_is_off_and_then_asks_for_a_look()
    {
        Scene scene = Begin();
        scene.Loop.Panel.Commands.Run(CommandCode.HotWork, 0b100010, 30, scene.NowMs);
        scene.Pass(500, everyTick: true);
        Assert.Equal("屏蔽2处|2号感烟探测器||现场留人看守", Shown(scene));
        scene.Pass(31L * Limits.MinuteMs, everyTick: true);
        Assert.Equal("动火已结束|||看余火再按应答", Shown(scene));
        Key(scene, Button.Answer);
        Assert.StartsWith("监视正常", Shown(scene).TrimStart('|'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drill_hides_no_pre_alarm_of_a_zone_that_is_not_its_own()
    {
        Scene scene = Begin();
        scene.Loop.Panel.Commands.Run(CommandCode.Drill, 30, 0b1, scene.NowMs);
        Put(scene, 1, "on");
        Put(scene, 2, "on");
        Assert.Equal("预警|2号感烟探测器||马上派人去看", Shown(scene));
        Scene whole = Begin();
        whole.Loop.Panel.Commands.Run(CommandCode.Drill, 30, 0, whole.NowMs);
        Put(whole, 2, "on");
        Assert.Equal("演练 预警|2号感烟探测器||真着火喊人打119", Shown(whole));
    }

    /// <summary>Also where the fire is over and the county has no word of it yet.</summary>
    [Fact]
    public void What_the_county_has_not_heard_of_is_no_broken_part()
    {
        Scene scene = Begin();
        scene.Loop.Panel.SetFault(BoxFault.NoCountyAnswer, on: true, scene.NowMs);
        scene.Pass(200, everyTick: true);
        Assert.Equal("县未收到报警|||打县值班电话", Shown(scene));
    }

    /// <summary>A station with a zone in test is not quiet.</summary>
    [Fact]
    public void A_zone_in_test_is_shown()
    {
        Scene scene = Begin();
        scene.Loop.Panel.Commands.Run(CommandCode.Test, 2, 30, scene.NowMs);
        scene.Pass(200, everyTick: true);
        Assert.Equal("测试|2号感烟探测器||此处不报警", Shown(scene));
    }

    [Fact]
    public void A_display_that_does_not_answer_is_a_fault_and_the_fire_sounds_as_ever()
    {
        Scene scene = Begin();
        scene.Display.Lost = true;
        scene.Pass(1_500, everyTick: true);
        Assert.Equal(BoxFault.Display, scene.Loop.Panel.PanelFaults);
        Put(scene, 1, "on");
        Assert.Equal(Pattern.Fire, scene.Loop.Outputs.PatternOf(OutputRole.Siren));

        // Over a restart too it is said once.
        scene.Start();
        scene.Pass(1_500, everyTick: true);
        Assert.Equal(BoxFault.Display, scene.Loop.Panel.PanelFaults);
        scene.Display.Lost = false;
        scene.Pass(1_500, everyTick: true);
        Assert.Equal(BoxFault.None, scene.Loop.Panel.PanelFaults);
        Assert.StartsWith("火警", Line(scene, 0), StringComparison.Ordinal);
        Assert.Equal(1, Count(scene, EventKind.Fault));
        Assert.Equal(1, Count(scene, EventKind.FaultRestored));
    }

    [Fact]
    public void Settings_without_a_display_show_nothing_and_take_its_fault_back()
    {
        Scene scene = Begin();
        scene.Display.Lost = true;
        scene.Pass(1_500, everyTick: true);
        int pictures = scene.Display.Pictures;
        scene.Change("smoke 2");
        scene.Pass(1_500, everyTick: true);
        Assert.Equal(BoxFault.None, scene.Loop.Panel.PanelFaults);
        Assert.Equal(pictures, scene.Display.Pictures);
    }

    [Fact]
    public void A_quiet_hour_makes_a_picture_a_minute()
    {
        Scene scene = Begin();
        int before = scene.Display.Pictures;
        scene.Pass(10 * Limits.MinuteMs, everyTick: true);
        Assert.InRange(scene.Display.Pictures - before, 10, 12);
    }

    /// <summary>Eight characters a line: what is longer would run into the next line.</summary>
    [Fact]
    public void No_sentence_is_longer_than_a_line_and_each_kind_is_a_short_word_of_the_catalogue()
    {
        string source = File.ReadAllText(Repository.Path("firmware", "Core", "View", "DisplayText.cs"));
        Assert.All(Literals().Matches(source), one => Assert.InRange(
            one.Groups["text"].Value.Sum(c => c < 128 ? 1 : 2), 0, Limits.DisplayLineCells));
        MatchCollection kinds = Kinds().Matches(source);
        Assert.Equal(ZoneKinds.Last, kinds.Count);
        Assert.All(kinds, one =>
        {
            string name = Catalogue.Chinese.Name(Enum.Parse<ZoneKind>(one.Groups["kind"].Value));
            int at = 0;
            Assert.All(one.Groups["text"].Value, c => Assert.True((at = name.IndexOf(c, at) + 1) > 0, $"{name}: {c}"));
            Assert.InRange(one.Groups["text"].Value.Length, 1, 6);
        });
    }

    private static int Count(Scene scene, EventKind kind)
    {
        byte[] bytes = new byte[EventRecord.Size];
        EventRecord record = new();
        Lane lane = EventKinds.LaneOf(kind);
        return Enumerable.Range(0, (int)scene.Loop.Log.At(lane).Durable).Count(after =>
            scene.Loop.Log.Read(lane, (uint)after, 1, bytes, 0) == 1
            && record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok && record.Kind == kind);
    }

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Literals();

    [GeneratedRegex("case ZoneKind\\.(?<kind>\\w+): return \"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Kinds();
}
