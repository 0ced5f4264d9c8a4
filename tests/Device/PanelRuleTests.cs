// Owns: the behaviour of rules and defaults: what drives outputs, for how long, and why.
// Must never: hold state in an object; the device calls these methods without one.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Rows: name in Chinese and English, settings, steps, what is expected. The words are explained in Support.</summary>
    [TestClass]
    public class PanelRuleTests
    {
        [DataRow("无规则的缺省", "Without a rule a fire sounds, flashes and works relays 1 and 2",
            "smoke 1", "on1", "siren=fire strobe=on relay1=on relay2=on relay3=off relay4=off pin:siren=on pin:relay1=on")]
        [DataRow("规则联动有记录", "A relay that a rule works is on record",
            "smoke 1 | rule 4 if fire:z1 then relay3:on", "on1", "@linkage/1/a5/b1/r4")]
        [DataRow("缺省联动由火警说明", "Relays that work by default need no record of their own", "smoke 1", "on1", "!linkage @fire-alarm/1/r0")]
        [DataRow("复位后联动停止", "After the reset the relay rests, on record",
            "smoke 1 | rule 4 if fire:z1 then relay3:on", "on1 off1 reset", "relay3=off @linkage/a5/b0")]
        [DataRow("规则取代缺省", "A relay that a rule names has no default",
            "smoke 1 | smoke 2 | rule 1 if fire:z2 then relay1:on", "on1", "relay1=off relay2=on siren=fire")]
        [DataRow("规则动作", "A rule's relay follows its condition",
            "smoke 1 | smoke 2 | rule 1 if fire:z2 then relay1:on", "on2", "relay1=on @rule-fired/2/r1/a2 @linkage/2/a3/r1")]
        [DataRow("火警写明规则", "A fire names the rule that decided",
            "smoke 1 | rule 7 if fire:z1 then relay3:on severity:major", "on1", "@fire-alarm/1/r7/s4 relay3=on")]
        [DataRow("规则定级", "A rule sets the severity",
            "callpoint 1 | rule 1 if fire:callpoint then severity:major strobe:on", "on1", "@fire-alarm/1/s4")]
        [DataRow("数量条件", "Two fires make it larger",
            "smoke 1 | smoke 2 | rule 1 if fire:any:2 then severity:larger relay3:on",
            "on1 on2",
            "@fire-alarm/1/s2 @fire-alarm/2/s3/r1 relay3=on")]
        [DataRow("数量不足", "One is not two", "smoke 1 | smoke 2 | rule 1 if fire:any:2 then relay3:on", "on1", "relay3=off !rule-fired")]
        [DataRow("窗口内数量", "Two within a minute",
            "smoke 1 | smoke 2 | rule 1 if fire:any:2/60s then relay3:on", "on1 +30s on2", "relay3=on")]
        [DataRow("窗口满足后保持", "What came within the window holds on after it",
            "smoke 1 | smoke 2 | rule 1 if fire:any:2/60s then relay3:on", "on1 +30s on2 +10m", "relay3=on x1:rule-fired")]
        [DataRow("窗口外数量", "Two that are further apart are not within it",
            "smoke 1 | smoke 2 | rule 1 if fire:any:2/60s then relay3:on", "on1 off1 +90s on2", "relay3=off fire=1,2")]
        [DataRow("按类型", "A kind selects its zones",
            "smoke 1 | gas 2 | rule 1 if gas:gas then relay3:on", "on1 ?relay3=off on2", "relay3=on")]
        [DataRow("按组", "A group selects its zones",
            "smoke 1 | smoke 2 | smoke 3 | group 5 zones=1,2 | rule 1 if fire:g5 then relay3:on", "on3 ?relay3=off on1", "relay3=on")]
        [DataRow("脉冲", "A pulse ends by itself",
            "smoke 1 | rule 1 if fire:z1 then relay3:pulse5s", "on1 ?relay3=on +6s", "relay3=off fire=1")]
        [DataRow("脉冲不重复", "A pulse comes once a condition",
            "smoke 1 | rule 1 if fire:z1 then relay3:pulse5s", "on1 +6s off1 on1 +1s", "relay3=off")]
        [DataRow("保持到复位", "A held output stays until reset",
            "smoke 1 | tamper 2 | rule 1 if supervisory:z2 then relay3:hold", "on2 off2 ?relay3=on +1h ?relay3=on reset", "relay3=off")]
        [DataRow("监管可发预警声", "A rule lets the siren speak for a tamper, but not as fire",
            "tamper 1 | rule 1 if supervisory:z1 then siren:prealarm", "on1", "siren=prealarm fire=-")]
        [DataRow("规则声可消", "A rule's sound can be silenced",
            "tamper 1 | rule 1 if supervisory:z1 then siren:prealarm", "on1 silence", "siren=off sup=1")]
        [DataRow("火警声压过规则声", "A fire outranks a rule's sound",
            "tamper 1 | smoke 2 | rule 1 if supervisory:z1 then siren:prealarm", "on1 on2", "siren=fire")]
        [DataRow("消音后规则不得再响", "A silenced fire stays silent whatever a rule wants",
            "tamper 1 | smoke 2 | rule 1 if supervisory:z1 then siren:prealarm", "on2 silence on1", "siren=off fire=2 silenced=yes")]
        [DataRow("规则不能压住火警声", "No rule keeps a fire silent", "smoke 1 | rule 1 if fire:z1 then siren:fault", "on1", "siren=fire")]
        [DataRow("广播", "A broadcast message is on record with its number",
            "smoke 1 | rule 1 if fire:z1 then message:12", "on1", "@linkage/1/r1/c12")]
        [DataRow("规则事件", "An event names rule and zones",
            "valve 1 | tamper 2 | rule 3 if supervisory:any:2 then event severity:general", "on1 on2", "@rule-fired/1/r3/o2/a3/s2")]
        [DataRow("取反", "A condition turned round",
            "smoke 1 | valve 2 | rule 1 if fire:z1 and !supervisory:z2 then relay3:on", "on2 on1 ?relay3=off off2", "relay3=on")]
        [DataRow("标志", "A flag hands on to a later rule",
            "smoke 1 | valve 2 | rule 1 if fire:z1 then set:f1 | rule 2 if flag:f1 and supervisory:z2 then relay3:on",
            "on1 ?relay3=off on2",
            "relay3=on @rule-fired/2/r2")]
        [DataRow("时间条件", "A time of day",
            "smoke 1 | rule 1 if fire:z1 and time:22:00-06:00 then relay3:on", "at=1T23:00 +61s on1", "relay3=on")]
        [DataRow("时间之外", "Outside the time",
            "smoke 1 | rule 1 if fire:z1 and time:22:00-06:00 then relay3:on", "at=1T12:00 +61s on1", "relay3=off fire=1")]
        [DataRow("星期条件", "A day of the week",
            "smoke 1 | rule 1 if fire:z1 and day:6,7 then relay3:on", "at=7T12:00 +61s on1", "relay3=on")]
        [DataRow("平日不动", "Not on a weekday",
            "smoke 1 | rule 1 if fire:z1 and day:6,7 then relay3:on", "at=3T12:00 +61s on1", "relay3=off")]
        [DataRow("夜间模式", "Mode night",
            "smoke 1 | delay t1S=60 | rule 1 if fire:z1 and mode:night then relay3:on", "at=1T23:00 +61s on1", "relay3=on")]
        [DataRow("白天模式", "Mode day",
            "smoke 1 | delay t1S=60 | rule 1 if fire:z1 and mode:day then relay3:flash", "at=1T10:00 +61s on1", "relay3=flash")]
        [DataRow("演练模式", "Mode drill",
            "smoke 1 | drill linkage=yes | rule 1 if fire:z1 and mode:drill then relay3:on", "drill=30 on1", "relay3=on")]
        [DataRow("动火模式", "Mode hot work", "smoke 1 | smoke 2 | rule 1 if mode:hotwork then relay3:on", "hot1=30", "relay3=on")]
        [DataRow("故障规则", "A rule about faults",
            "smoke 1 wiring=line | rule 1 if fault:any then relay4:on", "cut1", "relay4=on siren=off")]
        [DataRow("屏蔽规则", "A rule about disablements",
            "smoke 1 | rule 1 if disabled:any then strobe:flash", "shield1=5", "strobe=flash fire=-")]
        [DataRow("预警规则", "A rule about pre-alarms",
            "smoke 1 | smoke 2 | group 1 zones=1,2 need=2 | rule 1 if prealarm:g1 then relay3:on", "on1", "relay3=on fire=-")]
        [DataRow("动作规则", "A rule about a running pump",
            "pump-run 1 | rule 1 if active:pump-run then relay3:on", "on1 ?relay3=on off1", "relay3=off")]
        [DataRow("频繁动作不刷屏", "A chattering zone's rule is not reported again and again",
            "valve 1 chatter=3 | rule 1 if supervisory:z1 then relay3:on",
            "on1 off1 on1 off1 on1 off1 on1 off1 on1 off1 on1 off1 on1 off1",
            "x3:rule-fired")]
        [DataRow("高优先声音取胜", "Of two sounds the graver wins",
            "tamper 1 | valve 2 | rule 1 if supervisory:z1 then buzzer:duty | rule 2 if supervisory:z2 then buzzer:prealarm",
            "on1 on2",
            "buzzer=prealarm")]
        [DataRow("新的规则声复响", "A rule that begins to sound ends the silence",
            "tamper 1 | patrol 2 | rule 1 if active:z2 then buzzer:prealarm", "on1 silence on2", "buzzer=prealarm")]
        [DataRow("没有条件就没有输出", "No output without a rule or a default",
            "tamper 1 | pump-run 2 | mains 3 | smoke 4 | rule 1 if fire:any then relay3:on",
            "on1 on2 on3 +10m",
            "siren=off strobe=off relay1=off relay2=off relay3=off relay4=off")]
        public void Rules(string chinese, string english, string settings, string steps, string expected)
        {
            Behaviour.Holds(chinese, english, settings, steps, expected);
        }
    }
}
