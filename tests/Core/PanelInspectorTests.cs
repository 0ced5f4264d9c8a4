// Owns: what an inspector looks for at a panel: gas, mains and battery, sounds apart, who may reset, what may be hidden from afar.
// Must never: reach into the panel; it turns wires and keys.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows as in tests/Device; these are for the PC alone, since the device's test assembly has no place for more texts.</summary>
public sealed class PanelInspectorTests
{
    [Theory]
    [InlineData("燃气报警自有声音", "Gas is latched, sounds with a tone of its own and works no relay",
        "gas 1", "on1 off1 +1m", "fire=1 siren=gas buzzer=gas strobe=on relay1=off relay2=off @fire-alarm/1 code=green")]
    [InlineData("燃气逐级升级", "Gas is escalated like a fire", "gas 1 | clocks", "on1 +61s", "@clock-missed/a1 level=1")]
    [InlineData("燃气百秒无回执", "Nobody holds a gas alarm in 100 s", "gas 1", "+1s county=off on1 +101s",
        "@no-county-answer buzzer=fault siren=gas")]
    [InlineData("燃气复位", "Gas ends with a reset", "gas 1", "on1 off1 reset", "fire=- siren=off @reset")]
    [InlineData("燃气加火警", "A fire beside gas sounds as fire and works the relays", "gas 1 | smoke 2", "on1 ?relay1=off on2",
        "siren=fire relay1=on relay2=on")]
    [InlineData("真燃气加演练火警", "Gas beside a drill's fire works no relay", "gas 1 | smoke 2 | drill", "drill2=30 on2 off2 on1",
        "relay1=off relay2=off siren=gas")]
    [InlineData("火警规则不含燃气", "Fire in a rule leaves gas out", "gas 1 | smoke 2 | rule 1 if fire:any then relay3:on",
        "on1 ?relay3=off on2", "relay3=on")]
    [InlineData("燃气规则", "Gas has its own word in rules", "gas 1 | smoke 2 | rule 1 if gas:any then relay3:on",
        "on2 ?relay3=off on1", "relay3=on")]
    [InlineData("燃气规则按部位", "Also by a zone's number", "gas 1 | gas 2 | rule 1 if gas:z2 then relay3:on", "on1 ?relay3=off on2",
        "relay3=on")]
    [InlineData("停电不即为隐患", "A power cut shows, beeps and is no danger before its time", "mains 1",
        "on1 +7h", "fault=1 lamp-fault=on lamp-power=off lamp-battery=on cases=- code=green @fault/1")]
    [InlineData("停电九小时", "After eight hours it is one", "mains 1", "on1 +9h", "cases=1 code=yellow @case-opened/1")]
    [InlineData("停电时限可设", "The time is a setting", "mains 1 | cases mainsAfterMin=60", "on1 +61m", "cases=1")]
    [InlineData("来电恢复", "Mains that is back is told, and its lamp burns", "mains 1", "on1 +1m off1 +1s",
        "lamp-power=on lamp-battery=off fault=- @fault-restored/1")]
    [InlineData("备电故障", "A battery at fault flashes its lamp, and is a danger after its minutes", "battery 1", "on1 +6m",
        "lamp-battery=flash lamp-power=on cases=1")]
    [InlineData("蜂鸣器也报火警", "The box's own buzzer sounds a fire too", "smoke 1", "on1", "siren=fire buzzer=fire")]
    [InlineData("只消蜂鸣器", "Muting stops the buzzer and no sounder", "smoke 1 | button mute input=d30", "on1 mute",
        "siren=fire buzzer=off silenced=no !silenced @key-pressed/a7")]
    [InlineData("消蜂鸣后新火警", "A new fire is heard on both again", "smoke 1 | smoke 2 | button mute input=d30", "on1 mute on2",
        "siren=fire buzzer=fire")]
    [InlineData("消音后故障仍响", "After a silence a new trouble is heard on the buzzer, and the fire stays silent",
        "smoke 1 | smoke 2 wiring=line", "on1 silence cut2", "siren=off buzzer=fault silenced=yes")]
    [InlineData("演练声", "A drill's fire is the drill's tone on both", "smoke 1 | drill", "drill1=30 on1", "siren=drill buzzer=drill")]
    [InlineData("钥匙常开不是卡键", "A key switch that stays on is no held key", "smoke 1 | button lock input=d29", "hold=lock +5m",
        "lamp-fault=off !fault")]
    [InlineData("钥匙通电即开", "Also one that is on from the start", "smoke 1 | button lock input=d29", "reboot=lock on1 off1 reset",
        "fire=- @reset")]
    [InlineData("水流为监管", "A flow switch is supervisory where the settings say so", "flow 1 means=supervisory wiring=line",
        "on1", "fire=- sup=1 siren=off @supervisory/1")]
    [InlineData("水流为火警", "And a fire where they do not", "flow 1", "on1", "fire=1 siren=fire")]
    [InlineData("远程不得屏蔽最后按钮", "The last call point is not hidden from afar", "callpoint 1 | smoke 2", "shield1=60",
        "dis=- result=not-allowed !shielded")]
    [InlineData("远程测试同理", "Nor by a test", "callpoint 1 | smoke 2", "try1=60", "test=- result=not-allowed !test-began")]
    [InlineData("尚有别的按钮", "One of two is, for a watch", "callpoint 1 | callpoint 2", "shield1=480 shield2=10",
        "dis=1 result=not-allowed x1:shielded")]
    [InlineData("按钮屏蔽最多八小时", "And for no longer", "callpoint 1 | callpoint 2", "shield1=481", "dis=- result=not-allowed")]
    [InlineData("自检不响", "A test sounds nothing where the settings do not say so", "smoke 1", "at=1T10:00 test", "siren=off strobe=off")]
    [InlineData("自检响两秒", "A test sounds siren and strobe for two seconds", "smoke 1 | selftest sounds=yes",
        "at=1T10:00 test ?siren=test ?strobe=test +2s", "siren=off strobe=off lamp-duty=on @self-test/f16/b127/a0")]
    [InlineData("夜间自检不响", "Not at night", "smoke 1 | selftest sounds=yes", "at=1T22:00 test", "siren=off strobe=off @self-test/b63")]
    [InlineData("未校时自检不响", "Nor while the time is unknown", "smoke 1 | selftest sounds=yes", "test", "siren=off strobe=off")]
    [InlineData("火警中自检", "A fire sounds on in a test", "smoke 1 | selftest sounds=yes", "at=1T10:00 on1 test", "siren=fire")]
    public void Inspects(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Theory]
    [InlineData("fire:gas")]
    [InlineData("fire:z1")]
    [InlineData("!fire:z1")]
    [InlineData("gas:z2")]
    [InlineData("gas:smoke")]
    public void A_new_rule_that_takes_gas_for_fire_or_fire_for_gas_is_refused(string condition)
    {
        SettingsErrors errors = new();
        Assert.Null(Scene.Read($"gas 1 | smoke 2 | rule 1 if {condition} and supervisory:z3 then relay3:on | valve 3", errors));
        Assert.Contains("gas", errors.Text(0, "x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rule 1 if fire:gas then relay3:on", 1)]
    [InlineData("rule 1 if fire:any then relay3:on", 1)]
    [InlineData("rule 1 if fire:any then relay3:on | rule 2 if gas:any then relay4:on", 0)]
    [InlineData("rule 1 if fault:any then relay3:on", 0)]
    public void A_text_in_force_loads_and_is_told_where_its_rules_leave_gas_out(string rules, int told)
    {
        byte[] text = Encoding.UTF8.GetBytes(Scene.Text($"gas 1 | smoke 2 | {rules}"));
        SettingsErrors errors = new();
        Settings? settings = SettingsParser.Parse(text, text.Length, SceneBoard.Shape(), errors, taken: true);
        Assert.Equal((0, (ZoneSet)told), (errors.Total, settings!.GasOutsideRules));
    }
}
