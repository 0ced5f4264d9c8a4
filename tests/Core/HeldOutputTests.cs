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
    [InlineData("屏蔽不放开", "A shield does not release it", Held, "on1 shield1=60", "sup=- relay3=on")]
    [InlineData("测试不放开", "A test does not release it", Held, "on1 try1=60", "sup=- relay3=on")]
    [InlineData("屏蔽中复位放开并说明", "A reset while its zone is shielded releases it, and says so",
        Held, "on1 shield1=60 reset", "relay3=off @hold-released/1/r1/a5/b103/f16")]
    [InlineData("测试中复位放开并说明", "So while it is in test", Held, "on1 try1=60 reset", "relay3=off @hold-released/1/r1/a5/b104")]
    [InlineData("断线时复位放开并说明", "So while its line is broken",
        "tamper 1 wiring=line | rule 1 if supervisory:z1 then relay3:hold", "on1 cut1 ?relay3=on reset", "relay3=off @hold-released/1/b3")]
    [InlineData("屏蔽期满条件仍在则再保持", "When the shield ends and the condition is there it is held again",
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
}
