// Owns: what lets go of a held output and what does not, and pulses over a restart.
// Must never: stand here alone for what the device has to show itself: its own tables have the main rows.

using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows: name in Chinese and English, settings, steps, what is expected; the words are those of the device's tables.</summary>
public sealed class HeldOutputTests
{
    private const string Held = "tamper 1 | smoke 2 | rule 1 if supervisory:z1 then relay3:hold";

    [Theory]
    [InlineData("条件还在时复位不放开", "A reset while the condition holds releases nothing, and names the zone",
        Held, "on1 reset", "relay3=on @reset-refused/1/r1/a1/b5/f16 !reset")]
    [InlineData("火警复位不放开他区的保持", "A reset of a fire does not release what another condition holds",
        Held, "on1 on2 off2 reset", "fire=- relay3=on @reset/a2 @reset-refused/1/r1/b5 !linkage/b0")]
    [InlineData("条件消失后复位才放开", "A reset that finds the condition gone releases it",
        Held, "on1 reset off1 ?relay3=on reset", "relay3=off !hold-released @reset")]
    [InlineData("屏蔽不放开", "A disablement does not release it", Held, "on1 shield1=60", "sup=- relay3=on")]
    [InlineData("测试不放开", "A test does not release it", Held, "on1 try1=60", "sup=- relay3=on")]
    [InlineData("屏蔽中复位放开并说明", "A reset while its zone is disabled releases it, and says so",
        Held, "on1 shield1=60 reset", "relay3=off @hold-released/1/r1/a5/b103/f16")]
    [InlineData("测试中复位放开并说明", "So while it is in test", Held, "on1 try1=60 reset", "relay3=off @hold-released/1/r1/a5/b104")]
    [InlineData("断线时复位放开并说明", "So while its line is broken",
        "tamper 1 wiring=line | rule 1 if supervisory:z1 then relay3:hold", "on1 cut1 ?relay3=on reset", "relay3=off @hold-released/1/b3")]
    [InlineData("屏蔽期满条件仍在则再保持", "When the disablement ends and the condition is there it is held again",
        Held, "on1 shield1=10 reset ?relay3=off +11m", "relay3=on")]
    [InlineData("演练不放开", "A drill does not release it", Held, "on1 drill=10", "relay3=on")]
    [InlineData("演练结束不放开", "Nor does its end", Held, "on1 drill=10 +11m", "drill=off sup=1 relay3=on")]
    [InlineData("演练结束不放开旧的保持", "Nor of what was held before", Held, "on1 off1 drill=10 on2 off2 +11m", "drill=off relay3=on")]
    [InlineData("允许联动的演练也不放开", "Nor where relays act in a drill, which takes back only its own",
        Held + " | drill linkage=yes | rule 2 if fire:z2 then relay4:hold",
        "on1 drill2=10 on2 ?relay4=on off2 +11m",
        "relay3=on relay4=off")]
    [InlineData("自检键中止演练也不放开", "Nor when the test key breaks it off", Held, "on1 drill=10 test", "relay3=on")]
    [InlineData("保持输出过重启，条件还在", "Also while its condition holds, and a reset then does not release it",
        "tamper 1 | rule 1 if supervisory:z1 then relay3:hold", "on1 +1s reboot +1s reset", "relay3=on @reset-refused/1/r1")]
    [InlineData("演练中复位不放开", "A reset in a drill of its zone does not either",
        Held, "on1 drill1=10 reset ?relay3=on +11m", "drill=off relay3=on @reset-refused/1/r1/a1/b5")]
    [InlineData("演练只占一部分部位", "Nor where the drill has one of the zones that the rule counts",
        "tamper 1 | tamper 2 | rule 1 if supervisory:any:2 then relay3:hold", "on1 on2 drill1=10 reset", "relay3=on @reset-refused/r1/b5")]
    [InlineData("演练自己的保持可复位", "What only a drill holds is released by a reset that finds its condition gone",
        "tamper 1 | drill linkage=yes | rule 1 if supervisory:z1 then relay3:hold", "drill1=10 on1 ?relay3=on reset ?relay3=on off1 reset",
        "relay3=off drill=on")]
    [InlineData("重启后等延时，复位不放开", "A reset after a restart, while its zone waits for its delay again, does not",
        "tamper 1 delayS=60 | rule 1 if supervisory:z1 then relay3:hold", "on1 +61s ?relay3=on +1s reboot +2s reset",
        "relay3=on @reset-refused/1/r1/a1/b5")]
    [InlineData("启动第一秒内复位不放开", "Nor one before the input was looked at",
        "tamper 1 debounce=8/8 | rule 1 if supervisory:z1 then relay3:hold", "on1 +2s reboot=reset free=reset reset", "relay3=on")]
    [InlineData("经标志保持的也说明部位", "What is held by way of a flag names the zone behind it",
        "tamper 1 | rule 1 if supervisory:z1 then set:f1 | rule 2 if flag:f1 then relay3:hold", "on1 reset",
        "relay3=on @reset-refused/1/r2/a1/b5")]
    [InlineData("经标志保持的屏蔽中放开也说明", "And says that it was released under a disablement",
        "tamper 1 | rule 1 if supervisory:z1 then set:f1 | rule 2 if flag:f1 then relay3:hold", "on1 shield1=60 reset",
        "relay3=off @hold-released/1/r2/a5/b103")]
    [InlineData("重启后校时不再发脉冲", "A pulse of a rule of some hours does not come again when the clock is known after a restart",
        "smoke 1 | rule 1 if fire:z1 and time:22:00-06:00 then relay3:pulse5s",
        "at=1T22:30 on1 ?relay3=on +6s off1 +1s reboot +10s at=1T22:31", "fire=1 relay3=off")]
    [InlineData("校时前消失后再来照发脉冲", "It does when its condition ended and came anew",
        "valve 1 | rule 1 if supervisory:z1 and time:22:00-06:00 then relay3:pulse5s",
        "at=1T22:30 on1 +6s off1 +1s reboot +10s at=1T22:31 ?relay3=off on1", "relay3=on")]
    [InlineData("经标志的脉冲等延时后不再发", "Nor one behind a flag whose zone waits for its delay again",
        "valve 1 delayS=60 | rule 1 if supervisory:z1 then set:f1 | rule 2 if flag:f1 then relay3:pulse5s",
        "at=1T22:30 on1 +61s ?relay3=on +10s reboot at=1T22:32 +57s ?relay3=off +3s ?relay3=off +3s", "sup=1 relay3=off")]
    [InlineData("脉冲重启后不再发", "A pulse does not come again after a restart",
        "smoke 1 | rule 1 if fire:z1 then relay3:pulse5s", "on1 +6s reboot +2s", "fire=1 relay3=off")]
    [InlineData("监管脉冲重启后不再发", "Nor one of a condition that is found again",
        "tamper 1 | rule 1 if supervisory:z1 then relay3:pulse5s", "on1 +6s reboot ?relay3=off +2s", "sup=1 relay3=off")]
    [InlineData("重启后新的条件照发脉冲", "What begins anew after a restart pulses",
        "tamper 1 | rule 1 if supervisory:z1 then relay3:pulse5s", "on1 +6s off1 +1s reboot +2s on1", "relay3=on")]
    [InlineData("断电期间消失后再来照发脉冲", "Also when it ended while the power was off",
        "tamper 1 | rule 1 if supervisory:z1 then relay3:pulse5s", "on1 +6s off1 reboot +2s on1", "relay3=on")]
    [InlineData("断电期间起的条件照发脉冲", "And what began while the power was off",
        "tamper 1 | rule 1 if supervisory:z1 then relay3:pulse5s", "+1s reboot on1", "relay3=on")]
    public void Holds(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Theory]
    [InlineData("两区在时限内，重启后规则仍成立", "A rule of two zones within a time goes on after a restart",
        "smoke 1 | smoke 2 | rule 1 if fire:any:2/60s then relay3:on", "on1 on2 off1 off2 +1s ?relay3=on reboot +2s", "relay3=on")]
    [InlineData("监管同理", "Also where its zones are found again one by one",
        "valve 1 | valve 2 | rule 1 if supervisory:any:2/60s then relay3:on", "+2s on1 on2 +2m ?relay3=on reboot +2s", "relay3=on")]
    [InlineData("超出时限的两区，重启不使其成立", "Two zones that came too far apart are not brought together by a restart",
        "smoke 1 | smoke 2 | rule 1 if fire:any:2/60s then relay3:on", "on1 +10m on2 +1s ?relay3=off reboot +2s", "fire=1,2 relay3=off")]
    [InlineData("重启后新来的计入", "What comes anew after it counts",
        "smoke 1 | smoke 2 | smoke 3 | rule 1 if fire:any:2/60s then relay3:on", "on1 +10m reboot +2s on2 ?relay3=off on3", "relay3=on")]
    public void Zones_within_a_time(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Fact]
    public void Other_lines_of_the_settings_let_no_pulse_come_again_and_no_patrol_be_judged_again()
    {
        const string Lines = "tamper 1 | patrol 2 | rule 1 if supervisory:z1 then relay3:pulse5s | patrol 1 zones=2 from=22:00 to=23:00";
        Scene scene = new(Lines);
        scene.Pass(200, everyTick: true);
        SceneSteps.Play(scene, "at=1T22:10 on1 ?relay3=on +6s on2 off2 ?x1:patrol-met");
        scene.Change(Lines + " | cases afterMin=7");
        SceneSteps.Play(scene, "+1s ?relay3=off at=1T22:20 +1h ?x1:patrol-met ?!patrol-missed ?relay3=off");
    }

    [Fact]
    public void Other_rules_let_go_of_nothing_before_a_reset()
    {
        Scene scene = new("tamper 1 | rule 1 if supervisory:z1 then relay3:hold");
        scene.Pass(200, everyTick: true);
        SceneSteps.Play(scene, "on1 +1s");
        scene.Change("tamper 1 | tamper 2 | rule 7 if supervisory:any:2 then relay3:hold");
        SceneSteps.Play(scene, "+1s ?relay3=on");
        scene.Change("tamper 1");
        SceneSteps.Play(scene, "+1s ?relay3=on reset ?relay3=off");
    }
}
