// Owns: the technician's console as somebody at a terminal meets it: commands, editing, noise, the PIN.
// Must never: look into the console; it types and reads.

using System.Globalization;
using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class ConsoleTests
{
    private static readonly byte[] s_text = TrialScene.Text("good", "1 2 3");

    private static ConsoleRig Rig(out TrialScene scene)
    {
        BoardShape shape = SceneBoard.Shape();
        shape.ShowsNames = true;
        scene = new TrialScene(new Device.MemoryFlash(), shape);
        scene.Start(s_text);
        ConsoleRig rig = new(scene);
        rig.Pass(3000);
        return rig;
    }

    [Fact]
    public void Every_command_that_help_lists_answers_in_both_languages()
    {
        ConsoleRig rig = Rig(out _);
        rig.Unlock();
        foreach ((string lang, string wrong, string unknown) in new[] { ("zh", "不认识", "没有这个命令"), ("en", "is not known", "no such") })
        {
            _ = rig.Say("lang " + lang);
            string[] names = [.. rig.Say("help").Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal))
                .Select(line => line.Trim().Split(' ')[0])];
            Assert.Equal(
                ["help", "status", "zones", "events", "log", "settings", "walktest", "selftest", "outputs", "clock", "link", "limits",
                    "pin", "lang"],
                names);
            foreach (string name in names.Except(["settings", "pin", "lang"]))
            {
                string said = rig.Say(name);
                Assert.EndsWith("> ", said, StringComparison.Ordinal);
                Assert.True(said.Length > 10, name + ": " + said);
                Assert.DoesNotContain(unknown, said, StringComparison.Ordinal);
            }

            foreach (string bare in new[] { "settings", "pin", "lang", "events 0", "log read 3 0", "settings load 0 00000000" })
            {
                Assert.Contains(wrong, rig.Say(bare), StringComparison.Ordinal);
            }

            Assert.Contains(unknown, rig.Say("reboot"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Status_zones_and_link_say_what_the_panel_knows()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        scene.Press(2);
        string status = rig.Say("status");
        Assert.Contains("站点 1 站", status, StringComparison.Ordinal);
        Assert.Contains("火警 2，故障 -", status, StringComparison.Ordinal);
        Assert.Contains("县平台 在线，未存 0", status, StringComparison.Ordinal);
        rig.Port.Firmware = "1.2.3 esp32";
        rig.Port.LongestMs = 35;
        Assert.Contains("程序 1.2.3 esp32，主板 -，最长一轮 35 ms，内存余 4711 K，系统余 -\n", rig.Say("status"), StringComparison.Ordinal);
        Assert.StartsWith("  -  还不知道", rig.Say("clock"), StringComparison.Ordinal);
        string zones = rig.Say("zones");
        Assert.Contains("  2 d2 callpoint z2  正常 火警\n", zones, StringComparison.Ordinal);
        Assert.Contains("  3 d3 callpoint z3  正常\n", zones, StringComparison.Ordinal);
        Assert.Contains("1 good:1883", rig.Say("link"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stax\u0008tus")]
    [InlineData("火\u007fstatus")]
    [InlineData("\u001b[Astatus")]
    [InlineData("zones\u0003status")]
    [InlineData("  status\t ")]
    public void Keys_that_edit_a_line_do_so(string typed)
    {
        ConsoleRig rig = Rig(out _);
        Assert.Contains("站点 1", rig.Say(typed), StringComparison.Ordinal);
    }

    /// <summary>What is no fire is not called one, neither at the box nor in its console.</summary>
    [Fact]
    public void Gas_and_a_drill_are_told_apart_from_fire()
    {
        _ = Rig(out TrialScene scene);
        scene.Start(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(s_text).Replace(
            "zone 2 kind=callpoint", "zone 2 kind=gas", StringComparison.Ordinal)));
        ConsoleRig rig = new(scene);
        rig.Pass(3000);
        scene.Press(2);
        Assert.Contains("火警 -，可燃气体报警 2，故障 -", rig.Say("status"), StringComparison.Ordinal);
        Assert.Contains(" 可燃气体报警\n", rig.Say("zones").Split("  2 d2")[1].Split("  3 d3")[0], StringComparison.Ordinal);
        scene.Press(1);
        Assert.Contains("火警 1，可燃气体报警 2，故障 -", rig.Say("status"), StringComparison.Ordinal);
        scene.Reset();
        scene.Loop.Panel.Commands.Run(CommandCode.Drill, 30, 0, scene.NowMs);
        scene.Press(3);
        Assert.Contains("火警 -，演练 3，故障 -", rig.Say("status"), StringComparison.Ordinal);
        Assert.Contains("  3 d3 callpoint z3  正常 演练\n", rig.Say("zones"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_the_box_is_said()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        Assert.Contains("箱子本身 正常", rig.Say("status"), StringComparison.Ordinal);
        foreach (BoxFault fault in Enum.GetValues<BoxFault>().Where(fault => fault != BoxFault.None))
        {
            // The box itself takes most of them back at once.
            scene.Loop.Panel.State.BoxFaults = fault;
            string said = rig.Say("status", ms: 200);
            Assert.DoesNotContain("箱子本身 正常", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Newest_events_come_first_with_their_time_and_place()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        scene.Press(1);
        scene.Press(3);
        rig.Pass(3000);
        string[] lines = rig.Say("events 3").Split('\n');
        Assert.Contains("fire-restored  3 z3", lines[0] + lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("fire-alarm  3 z3", StringComparison.Ordinal));
        Assert.Equal(4, lines.Length);
        string all = rig.Say("events 100", 20_000);
        Assert.Contains("started", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_is_read_record_by_record_as_it_is_on_the_wire()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        scene.Press(1);
        rig.Pass(3000);
        string[] lines = rig.Say("log read 0 0").Split('\n');
        Assert.StartsWith("BEGIN 0 ", lines[0], StringComparison.Ordinal);
        EventRecord record = new();
        byte[] bytes = Convert.FromHexString(lines[1][2..]);
        Assert.Equal(DecodeResult.Ok, record.Decode(bytes, 0, bytes.Length));
        Assert.Equal(EventKind.FireAlarm, record.Kind);
        Assert.Equal("END " + scene.Loop.Log.At(Lane.Fire).Durable.ToString(CultureInfo.InvariantCulture), lines[^2]);
    }

    [Theory]
    [InlineData(0, "1970-01-01 08:00:00")]
    [InlineData(951_782_399, "2000-02-29 07:59:59")]
    [InlineData(1_709_164_800, "2024-02-29 08:00:00")]
    [InlineData(1_709_251_199, "2024-03-01 07:59:59")]
    [InlineData(1_795_824_000, "2026-11-28 08:00:00")]
    [InlineData(4_107_542_399, "2100-03-01 07:59:59")]
    public void Moments_are_told_in_local_time(long utcS, string told) =>
        Assert.Equal(told, ConsoleTime.Text(utcS * 1000 + 1, 480));

    [Theory]
    [InlineData(480, "+08:00")]
    [InlineData(-210, "-03:30")]
    public void Places_beside_Greenwich_are_told(int minutes, string told) => Assert.Equal(told, ConsoleTime.Offset(minutes));

    [Fact]
    public void What_changes_something_asks_for_the_PIN_which_only_the_open_box_can_set()
    {
        ConsoleRig rig = Rig(out _);
        foreach (string line in new[] { "selftest", "settings load", "settings commit", "settings revert", "pin new 1234", "pin 1234" })
        {
            Assert.Contains("插上维护跳线", rig.Say(line), StringComparison.Ordinal);
        }

        rig.Port.Open = true;
        foreach (string pin in new[] { "123", "123456789", "12a4", "１２３４" })
        {
            Assert.Contains("4 至 8 位数字", rig.Say("pin new " + pin), StringComparison.Ordinal);
        }

        Assert.Contains("已解锁", rig.Say("pin new 2468"), StringComparison.Ordinal);
        rig.Port.Open = false;
        Assert.Contains("自检开始", rig.Say("selftest"), StringComparison.Ordinal);
        _ = rig.Say("pin lock");
        Assert.Contains("先输入 pin", rig.Say("selftest"), StringComparison.Ordinal);
        Assert.Contains("已解锁", rig.Say("pin 2468"), StringComparison.Ordinal);
        rig.Pass(ConsoleLimits.UnlockedMs + 1000);
        Assert.Contains("先输入 pin", rig.Say("selftest"), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_PINs_cost_ever_longer_waits_that_a_restart_does_not_shorten()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        rig.Unlock();
        _ = rig.Say("pin lock");
        for (int waitS = 1; waitS <= 1024; waitS *= 2)
        {
            Assert.Contains($"{waitS} 秒后再试", rig.Say("pin 9999", 60), StringComparison.Ordinal);
            Assert.Contains("秒再试", rig.Say("pin 1357", 60), StringComparison.Ordinal);
            rig.Pass(waitS * 1000);
        }

        scene.Start(null);
        Assert.Contains("等 1024 秒再试", rig.Say("pin 1357", 60), StringComparison.Ordinal);
        rig.Pass(1024 * 1000);
        Assert.Contains("已解锁", rig.Say("pin 1357"), StringComparison.Ordinal);
        _ = rig.Say("pin lock");
        Assert.Contains("1 秒后再试", rig.Say("pin 9999", 60), StringComparison.Ordinal);
        rig.Port.Open = true;
        Assert.Contains("已解锁", rig.Say("pin new 8642", 60), StringComparison.Ordinal);
    }

    [Fact]
    public void PIN_is_never_repeated_on_the_screen()
    {
        ConsoleRig rig = Rig(out _);
        rig.Port.Type(Encoding.UTF8.GetBytes("pin 1357\r"));
        rig.Pass(1000);
        string said = rig.Port.TakeSaid();
        Assert.Contains("pin ****", said, StringComparison.Ordinal);
        Assert.DoesNotContain("1357", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_lines_binary_and_noise_are_passed_over_and_a_command_works_afterwards()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        Random chance = new(15);
        for (int round = 0; round < 40; round++)
        {
            byte[] noise = new byte[round % 4 == 0 ? 5000 : 300];
            chance.NextBytes(noise);
            if (round % 4 == 0)
            {
                Array.Fill(noise, (byte)'A');
            }

            int before = rig.Port.Sent;
            rig.Port.Type(noise);
            rig.Pass(6000);
            Assert.InRange(rig.Port.Sent - before, 0, 2500);
            Assert.Equal(0, rig.Port.Unread);
        }

        scene.Press(1);
        Assert.NotEqual(ZoneSet.None, scene.Loop.Panel.Latched);
        rig.Pass(ConsoleLimits.QuietMs + 100);
        _ = rig.Say("");
        Assert.Contains("站点 1", rig.Say("status"), StringComparison.Ordinal);
        Assert.Contains("最多 120 字节", rig.Say(new string('a', 121)), StringComparison.Ordinal);
        Assert.Contains("乱码", rig.Say("sta\u0001tus"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_boxes_whose_wires_are_crossed_fall_silent()
    {
        ConsoleRig rig = Rig(out _);
        rig.Port.Echoes = true;
        _ = rig.Say("status");
        rig.Pass(60_000);
        int sent = rig.Port.Sent;
        rig.Pass(60_000);
        Assert.InRange(rig.Port.Sent - sent, 0, 20);
    }

    [Fact]
    public void Cable_that_is_pulled_in_the_middle_of_an_answer_leaves_a_console_that_answers_the_next_one()
    {
        ConsoleRig rig = Rig(out _);
        rig.Port.Type(Encoding.UTF8.GetBytes("help\r"));
        rig.Pass(60);
        rig.Port.Pulled = true;
        rig.Pass(13 * ConsoleLimits.StuckMs + 10_000);
        rig.Port.Pulled = false;
        Assert.Contains("站点 1", rig.Say("status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_stops_a_command()
    {
        ConsoleRig rig = Rig(out _);
        rig.Port.Type(Encoding.UTF8.GetBytes("events 1000\r"));
        rig.Pass(40);
        rig.Port.Type(3);
        rig.Pass(200);
        Assert.Contains("^C\r\n> ", rig.Port.TakeSaid(), StringComparison.Ordinal);
    }
}
