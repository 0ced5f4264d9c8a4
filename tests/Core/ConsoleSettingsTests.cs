// Owns: settings that come over the technician's console: checked whole, tried, confirmed or taken back.
// Must never: look into the store but by what the trial says.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class ConsoleSettingsTests
{
    private static readonly byte[] s_before = TrialScene.Text("good", "1 2 3");
    private static readonly byte[] s_lost = TrialScene.Text("bad", "1 2");

    private static ConsoleRig Rig(out TrialScene scene)
    {
        scene = new TrialScene(new Device.MemoryFlash());
        scene.Start(s_before);
        ConsoleRig rig = new(scene);
        rig.Pass(6000);
        rig.Unlock();
        return rig;
    }

    private static string Text(byte[] text) => Encoding.UTF8.GetString(text);

    [Fact]
    public void Text_in_force_is_shown_as_it_is()
    {
        ConsoleRig rig = Rig(out _);
        Assert.Equal(Text(s_before) + "> ", rig.Say("settings show"));
    }

    [Theory]
    [InlineData(".\n")]
    [InlineData("\u0004")]
    public void Pasted_text_is_tried_and_goes_back_by_itself(string end)
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        string said = rig.Paste("settings load", Text(s_lost) + end, 1500);
        Assert.Contains("已存入", said, StringComparison.Ordinal);
        rig.Pass(500);
        Assert.True(scene.Trial.OnTrial);
        Assert.True(scene.InForce(s_lost));
        rig.Pass(TrialScene.LimitMs + 1000);
        Assert.False(scene.Trial.OnTrial);
        Assert.True(scene.InForce(s_before));
        Assert.Equal(Crc32.Of(s_lost, 0, s_lost.Length), scene.Trial.GivenUpCrc);
    }

    [Fact]
    public void Trial_that_somebody_confirms_stays_though_the_county_is_silent()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Paste("settings load", Text(s_lost) + ".\n", 1000);
        rig.Pass(1000);
        _ = rig.Say("pin 1357", 100);
        Assert.Contains("配置已确认", rig.Say("settings commit", 500), StringComparison.Ordinal);
        rig.Pass(2 * TrialScene.LimitMs);
        Assert.True(scene.InForce(s_lost));
        scene.Start(null);
        rig.Pass(2 * TrialScene.LimitMs);
        Assert.True(scene.InForce(s_lost));
        _ = rig.Say("pin 1357", 100);
        Assert.Contains("没有试运行中的配置", rig.Say("settings commit"), StringComparison.Ordinal);
    }

    [Fact]
    public void Trial_is_taken_back_at_once_on_demand()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Paste("settings load", Text(s_lost) + ".\n", 1000);
        rig.Pass(1000);
        _ = rig.Say("pin 1357", 100);
        Assert.Contains("退回原配置", rig.Say("settings revert", 500), StringComparison.Ordinal);
        Assert.True(scene.InForce(s_before));
    }

    [Fact]
    public void Wrong_text_is_refused_whole_with_every_place()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        string wrong = Text(s_lost).Replace("kind=callpoint", "kind=smoek", StringComparison.Ordinal);
        foreach (string verb in new[] { "settings check", "settings load" })
        {
            string said = rig.Paste(verb, wrong + ".\n");
            Assert.Contains("settings:4:8: ", said, StringComparison.Ordinal);
            Assert.Contains("settings:5:8: ", said, StringComparison.Ordinal);
            Assert.Contains("共 2 处错误，没有采用", said, StringComparison.Ordinal);
        }

        Assert.Contains("正确", rig.Paste("settings check", Text(s_lost) + ".\n"), StringComparison.Ordinal);
        Assert.True(scene.InForce(s_before));
        Assert.Equal(1, scene.Starts);
    }

    [Fact]
    public void Text_of_another_station_is_refused()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        string other = Text(s_lost).Replace("id=1 ", "id=2 ", StringComparison.Ordinal);
        Assert.Contains("id=1", rig.Paste("settings load", other + ".\n"), StringComparison.Ordinal);
        Assert.True(scene.InForce(s_before));
    }

    [Fact]
    public void Tool_that_says_length_and_checksum_needs_no_dot()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        uint crc = Crc32.Of(s_lost, 0, s_lost.Length);
        Assert.Contains("READY", rig.Say($"settings load {s_lost.Length} {crc:X8}", 200), StringComparison.Ordinal);
        rig.Port.Type(s_lost);
        rig.Pass(2000);
        Assert.True(scene.InForce(s_lost));
    }

    [Fact]
    public void Tool_whose_cable_was_out_is_listened_to_at_once()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        rig.Unlock();
        Assert.Contains("READY", rig.Say($"settings load {s_lost.Length} 00000000", 200), StringComparison.Ordinal);
        rig.Port.Type(s_lost[..20]);
        rig.Pass(3_000);
        Assert.Contains("已放弃", rig.Paste("\u0003", "", 200), StringComparison.Ordinal);
        Assert.Contains("站点", rig.Say("status"), StringComparison.Ordinal);
        Assert.False(scene.Trial.OnTrial);
    }

    [Fact]
    public void Byte_that_changed_on_the_way_is_noticed()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        uint crc = Crc32.Of(s_lost, 0, s_lost.Length);
        _ = rig.Say($"settings load {s_lost.Length} {crc:X8}", 200);
        byte[] bent = Encoding.UTF8.GetBytes(Text(s_lost).Replace("name=z2", "name=z3", StringComparison.Ordinal));
        rig.Port.Type(bent);
        rig.Pass(2000);
        Assert.Contains("传输中有字节变了", rig.Port.TakeSaid(), StringComparison.Ordinal);
        Assert.True(scene.InForce(s_before));
    }

    [Theory]
    [InlineData("", "没有等到结尾")]
    [InlineData("\u0003", "已放弃")]
    public void Text_that_comes_to_no_end_changes_nothing(string end, string told)
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        string said = rig.Paste("settings load", Text(s_lost)[..50] + end, ConsoleLimits.TextSilentMs + 2000);
        Assert.Contains(told, said, StringComparison.Ordinal);
        Assert.True(scene.InForce(s_before));
        Assert.Contains("站点 1", rig.Say("status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_too_long_is_refused_at_its_end()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        string longer = Text(s_lost) + string.Concat(Enumerable.Repeat("# a remark that fills the text up\n", 2000));
        Assert.Contains("配置太长", rig.Paste("settings load", longer + ".\n", 10_000), StringComparison.Ordinal);
        Assert.True(scene.InForce(s_before));
    }

    [Fact]
    public void No_text_is_taken_while_a_fire_is_latched()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        scene.Press(1);
        Assert.Contains("先复位", rig.Say("settings load"), StringComparison.Ordinal);
        Assert.True(scene.InForce(s_before));
    }

    [Fact]
    public void Empty_box_takes_its_first_text_over_the_console()
    {
        TrialScene scene = new(new Device.MemoryFlash());
        scene.Start(null);
        ConsoleRig rig = new(scene);
        rig.Pass(1000);
        Assert.Contains("没有配置", rig.Say("status"), StringComparison.Ordinal);
        Assert.Contains("先用 settings load", rig.Say("zones"), StringComparison.Ordinal);
        _ = rig.Paste("settings load", Text(s_before) + ".\n");
        rig.Pass(2000);
        Assert.True(scene.InForce(s_before));
        Assert.Contains("站点 1", rig.Say("status"), StringComparison.Ordinal);
    }
}
