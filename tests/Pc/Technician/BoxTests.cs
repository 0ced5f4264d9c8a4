// Owns: the technician at a box that runs: console, settings, walk test, log, doctor, over a real pseudo-terminal.
// Must never: look into the box but through its console.

using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.Tests.Support;
using Spectre.Console.Testing;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
public sealed class BoxTests
{
    // The pump's switch goes back and forth, once a second.
    private static readonly string s_pump = string.Concat(Enumerable.Repeat("press 4\nwait 400ms\nrelease 4\nwait 600ms\n", 300));

    [Fact]
    public void Walk_test_ticks_off_what_is_set_off_and_the_log_has_its_record()
    {
        using var rig = new BoxRig(s_pump);
        Assert.Contains("已解锁", rig.SetPin().Said, StringComparison.Ordinal);
        Told walk = rig.Do("walktest", "--zones", "4", "--minutes", "5", "--pin-file", rig.PinFile);
        Assert.True(walk.Code == ExitCodes.Good, walk.Said + walk.Errors);
        Assert.Contains("+ 4 消防泵房转换开关  1/1", walk.Said, StringComparison.Ordinal);
        Assert.Contains("部位未试 -", walk.Said, StringComparison.Ordinal);
        Assert.Contains("输出未试 siren strobe", walk.Said, StringComparison.Ordinal);
        string file = rig.In("log.csv");
        Patience.Until(
            () =>
            {
                File.Delete(file);
                return rig.Do("log", file).Code == ExitCodes.Good
                    && File.ReadAllText(file).Contains(",commissioned,", StringComparison.Ordinal);
            },
            "the record in the log");
        Assert.Contains("调试记录（已试1处", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("测试响应", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("消防泵房转换开关", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("  调试记录  ", rig.Do("console", "events 50").Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_shows_a_bar_for_each_lane_on_a_terminal_and_nothing_of_them_elsewhere()
    {
        using var rig = new BoxRig();
        using TestConsole terminal = new() { EmitAnsiSequences = true };
        terminal.Profile.Capabilities.Ansi = true;
        terminal.Profile.Capabilities.Interactive = true;
        Told told = rig.DoShown(terminal, "log", rig.In("bars.csv"));
        Assert.Equal((ExitCodes.Good, ""), (told.Code, told.Errors));
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            Assert.Contains(new Tongue(chinese: true).Words.Name(lane), terminal.Output, StringComparison.Ordinal);
        }

        Assert.Contains("━━━━", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("100%", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("━", rig.Do("log", rig.In("plain.csv")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Walk_test_that_ends_by_itself_says_what_was_not_tested()
    {
        using var rig = new BoxRig();
        _ = rig.SetPin();
        Told walk = rig.Do("walktest", "--zones", "2-3", "--minutes", "1", "--pin-file", rig.PinFile);
        Assert.Equal(ExitCodes.Found, walk.Code);
        Assert.Contains("部位未试 2 3", walk.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_loaded_tried_and_confirmed()
    {
        using var rig = new BoxRig();
        _ = rig.SetPin();

        // No county has answered: somebody has to say that there is something to go back to.
        Assert.Contains("配置已确认", rig.Do("console", "settings commit").Said, StringComparison.Ordinal);
        Patience.Until(
            () => rig.Do("console", "settings commit").Said.Contains("没有试运行", StringComparison.Ordinal), "the first text's proof");
        string next = rig.Write("station.conf", File.ReadAllText(rig.Text!).Replace("值班室报警按钮", "门口报警按钮", StringComparison.Ordinal));
        Told load = rig.Do("load", next, "--pin-file", rig.PinFile);
        Assert.True(load.Code == ExitCodes.Good, load.Said + load.Errors);
        Assert.Contains("已存入", load.Said, StringComparison.Ordinal);
        Patience.Until(() => rig.Do("console", "status").Said.Contains("试运行", StringComparison.Ordinal), "the trial");
        Assert.Contains("门口报警按钮", rig.Do("console", "zones").Said, StringComparison.Ordinal);
        Assert.Contains("! ", rig.Do("doctor").Said, StringComparison.Ordinal);
        _ = rig.Do("console", "pin " + BoxRig.Pin);
        Assert.Contains("配置已确认", rig.Do("console", "settings commit").Said, StringComparison.Ordinal);
        Patience.Until(() => !rig.Do("console", "status").Said.Contains("试运行", StringComparison.Ordinal), "the end of the trial");
        Assert.Contains("门口报警按钮", rig.Do("console", "settings show").Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_text_is_refused_by_the_box_itself_with_its_places()
    {
        using var rig = new BoxRig();
        _ = rig.SetPin();
        string wrong = rig.Write("wrong.conf", File.ReadAllText(rig.Text!).Replace("kind=smoke", "kind=smoek", StringComparison.Ordinal));
        Told load = rig.Do("load", wrong, "--pin-file", rig.PinFile);
        Assert.Equal(ExitCodes.Found, load.Code);
        Assert.Contains("smoek", load.Said, StringComparison.Ordinal);
        Assert.Contains("没有采用", load.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_box_takes_its_first_settings()
    {
        using var rig = new BoxRig(settings: null);
        Assert.Contains("没有配置", rig.Do("console", "status").Said, StringComparison.Ordinal);
        Told doctor = rig.Do("doctor");
        Assert.Equal(ExitCodes.Found, doctor.Code);
        string text = File.ReadAllText(Repository.Path("firmware", "Pc", "demo", "settings.txt"));
        Told load = rig.Do("load", rig.Write("station.conf", text));
        Assert.True(load.Code == ExitCodes.Good, load.Said + load.Errors);
        Patience.Until(() => rig.Do("console", "status").Said.Contains("金塘村", StringComparison.Ordinal), "the first start with settings");
    }

    [Fact]
    public void Power_that_is_cut_while_the_box_is_asked_is_told()
    {
        using var rig = new BoxRig();
        using var cut = new Timer(_ => rig.Cut(), null, 1_500, Timeout.Infinite);
        Told log = rig.Do("console", "status");
        Patience.Until(() => (log = rig.Do("console", "events 100")).Code != ExitCodes.Good, "the cut");

        Assert.True(log.Code is ExitCodes.NoAnswer or ExitCodes.NoPort, log.Said + log.Errors);
    }
}
