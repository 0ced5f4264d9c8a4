// Owns: the form of the plain output.
// Must never: run in real time.

using Gateway.Pc.Run;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class PlainLinesTests
{
    private const string Fire = "火警 1号 值班室报警按钮 [首警] / Fire zone 1 值班室报警按钮 [first alarm]";

    [Fact]
    public void One_press_is_told_line_by_line_in_the_order_in_which_it_happened()
    {
        var text = new StringWriter();
        using var rig = new Rig(Rig.WithoutClocks(), county: true);
        rig.Play("wait until online\nwait until county holds");
        using (var lines = new PlainLines(text, rig.Settings))
        {
            rig.Station.Watch(lines);
            rig.Play("press 1\nexpect event fire-alarm zone 1\nwait until county holds");
        }

        string[] told = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] expected =
        [
            "操作 触发 press zone 1 值班室报警按钮",
            "部位 zone 1 值班室报警按钮: 动作 active",
            "输出 声警报器 siren: 火警音 fire",
            "输出 光警报器 strobe: 亮 on",
            "输出 继电器1 relay1: 启动 on",
            "输出 继电器2 relay2: 启动 on",
            "输出 蜂鸣器 buzzer: 火警音 fire",
            "输出 火警灯 lamp-fire: 闪 flash",
            "输出 传输灯 lamp-link: 闪 flash",
            $"事件 {Fire}: 已存本机 in flash 330701/7/fire/1 fire-alarm",
            $"事件 {Fire}: 已发出 sent",
            "脚本 ✓ 第 2 行 line 2 expect event fire-alarm zone 1",
            $"事件 {Fire}: 县平台已存 county holds",
            "脚本 ✓ 第 3 行 line 3 wait until county holds: 20 ms",
        ];
        Assert.Equal(expected, told.Select(line => line[11..]).Where(line => !line.Contains("网关开机") && !line.Contains("校时")));
        Assert.All(told, line => Assert.Matches(@"^ {4}\d\.\d{3}s .", line));
    }

    [Fact]
    public void Event_that_the_county_held_before_a_restart_is_not_sent_again()
    {
        using var rig = new Rig(Rig.WithoutClocks(), county: true);
        rig.Play("wait until online\npress 1\nwait until county holds");
        rig.Restart();
        var text = new StringWriter();
        using (var lines = new PlainLines(text, rig.Settings))
        {
            rig.Station.Watch(lines);
            rig.Play("wait until online\npress 2\nwait until county holds");
        }

        Assert.Contains("火警 2号 仓库感烟 / Fire zone 2 仓库感烟: 已发出 sent", text.ToString());
        Assert.DoesNotContain($"{Fire}: 已发出 sent", text.ToString());
    }

    [Fact]
    public void Fault_names_its_cause()
    {
        var text = new StringWriter();
        using var rig = new Rig(settings: null, county: false);
        using (var lines = new PlainLines(text, rig.Settings))
        {
            rig.Station.Watch(lines);
            rig.Play("cut 2\nexpect event fault zone 2");
        }

        Assert.Contains(
            "事件 故障 2号 仓库感烟 断线 / Fault zone 2 仓库感烟 open circuit: 已存本机 in flash 330701/7/condition/1 fault", text.ToString());
        Assert.Contains("部位 zone 2 仓库感烟: 断线 open", text.ToString());
    }

    [Fact]
    public void Reader_that_is_gone_does_not_end_the_station()
    {
        using var rig = new Rig(settings: null, county: false);
        using var lines = new PlainLines(new BrokenWriter(), rig.Settings);
        rig.Station.Watch(lines);
        Assert.Equal(0, rig.Play("press 1\nexpect siren on within 100ms\nrelease 1\nwait 10s\npress 2\nexpect event fire-alarm zone 2")
            .Failures);
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Broken pipe");
    }
}
