// Owns: the behaviour over a restart: what is found again before the first scan.
// Must never: hold state in an object; the device calls these methods without one.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Rows: name in Chinese and English, settings, steps, what is expected. The words are explained in Support.</summary>
    [TestClass]
    public class PanelRebootTests
    {
        [DataRow("火警过重启", "A latched fire lives through a restart and sounds",
            "smoke 1", "on1 off1 reboot", "fire=1 siren=fire relay1=on x1:fire-alarm")]
        [DataRow("重启后不重复报警", "The zone that is still active is no second alarm", "smoke 1", "on1 reboot +5s", "fire=1 x1:fire-alarm")]
        [DataRow("消音过重启", "Silence lives through a restart", "smoke 1", "on1 silence reboot", "fire=1 silenced=yes siren=off")]
        [DataRow("重启后新火警复响", "A new fire after it sounds", "smoke 1 | smoke 2", "on1 silence reboot on2", "siren=fire fire=1,2")]
        [DataRow("首警末警过重启", "First and latest zone are known after it",
            "smoke 1 | smoke 2 | smoke 3", "on3 on1 on2 reboot", "first=3 latest=2")]
        [DataRow("复位过重启", "A reset fire stays reset", "smoke 1", "on1 off1 reset reboot", "fire=- siren=off")]
        [DataRow("断电期间起火", "A fire that began while the power was off is reported",
            "smoke 1", "+1s on1 reboot +1s", "fire=1 @fire-alarm/1")]
        [DataRow("屏蔽过重启", "A disablement lives through a restart", "smoke 1", "shield1=60 reboot on1", "dis=1 fire=-")]
        [DataRow("屏蔽重启后仍会到期", "And still ends", "smoke 1", "shield1=60 reboot +61m", "dis=- @shield-ended/1")]
        [DataRow("反复重启屏蔽也会到期", "Restart after restart does not prolong it",
            "smoke 1", "shield1=3 reboot reboot reboot +1s", "dis=- @shield-ended/1")]
        [DataRow("测试过重启", "A test lives through a restart", "smoke 1", "try1=30 reboot on1", "test=1 fire=-")]
        [DataRow("演练过重启", "A drill lives through a restart", "smoke 1", "drill=30 on1 reboot", "drill=on fire=1 siren=drill relay1=off")]
        [DataRow("演练重启后仍会结束", "And still ends", "smoke 1", "drill=30 on1 off1 reboot +31m", "drill=off fire=- siren=off")]
        [DataRow("动火过重启", "Hot work lives through a restart", "smoke 1", "hot1=60 reboot on1", "dis=1 fire=-")]
        [DataRow("动火后检查过重启", "The question for a last look lives through it",
            "smoke 1", "hot1=30 +31m reboot", "look=asked lamp-duty=flash")]
        [DataRow("时限过重启", "The clocks count on from the local alarm",
            "smoke 1 | clocks", "on1 +100s reboot +100s", "@clock-missed/a2/b2 level=2")]
        [DataRow("已达到的时限不再报", "A clock that was met stays met", "smoke 1 | clocks", "on1 answer +2s reboot +2m", "!clock-missed/a1")]
        [DataRow("查岗过重启", "A duty check lives through a restart", "smoke 1", "duty=10 reboot", "duty=asked buzzer=duty")]
        [DataRow("查岗重启后仍会超时", "And is still missed", "smoke 1", "duty=10 reboot +11m", "duty=no @duty-check-missed")]
        [DataRow("隐患过重启", "A case lives through a restart",
            "smoke 1 wiring=line", "+10s cut1 +10m reboot +20s", "cases=1 code=yellow !case-closed x1:case-opened")]
        [DataRow("断电期间修复则销号", "A fault mended while the power was off is struck off",
            "smoke 1 wiring=line", "+10s cut1 +10m off1 reboot +20s", "cases=- @case-closed/1")]
        [DataRow("隐患年龄过重启", "A case goes on ageing", "smoke 1 wiring=line", "+10s cut1 +20h reboot +6h", "@case-aged/1/v86400")]
        [DataRow("夜巡过重启", "A patrol goes on after a restart",
            "patrol 1 | patrol 2 | patrol 1 zones=1,2 from=22:00 to=02:00",
            "at=1T22:10 +61s on1 off1 reboot at=1T22:30 +61s on2 off2",
            "@patrol-met/a1")]
        [DataRow("保持输出过重启", "A held output lives through a restart",
            "tamper 1 | rule 1 if supervisory:z1 then relay3:hold", "on1 off1 reboot", "relay3=on")]
        [DataRow("自检日期过重启", "A restart is no reason for another self-test",
            "smoke 1", "at=1T03:30 +61s reboot at=1T04:00 +61s", "x1:self-test")]
        [DataRow("故障重启后再现", "A fault is found again", "smoke 1 wiring=line", "cut1 reboot", "fault=1 lamp-fault=on")]
        [DataRow("预警重启后再现", "A pre-alarm is found again", "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "on1 reboot", "pre=1 fire=-")]
        [DataRow("规则重启后动作并注明", "A rule's relay acts again, and the event says that it was found",
            "smoke 1 | rule 1 if fire:z1 then relay3:on", "on1 reboot", "relay3=on @rule-fired/1/r1/f8")]
        [DataRow("静默重启", "A quiet panel starts quiet", "smoke 1", "reboot +2s", "fire=- siren=off lamp-power=on shown=-")]
        public void Reboots(string chinese, string english, string settings, string steps, string expected)
        {
            Behaviour.Holds(chinese, english, settings, steps, expected);
        }
    }
}
