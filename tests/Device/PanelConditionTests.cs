// Owns: the behaviour of conditions: fire, fault, disabled, test, supervisory side by side; silence, resound, reset.
// Must never: hold state in an object; the device calls these methods without one.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Rows: name in Chinese and English, settings, steps, what is expected. The words are explained in Support.</summary>
    [TestClass]
    public class PanelConditionTests
    {
        [DataRow("静默状态", "A quiet panel shows power and nothing else",
            "smoke 1",
            "+2s",
            "siren=off strobe=off buzzer=off lamp-power=on lamp-fire=off lamp-fault=off lamp-disabled=off lamp-test=off shown=-")]
        [DataRow("火警锁定", "A fire stays latched when the detector is quiet again",
            "smoke 1", "on1 off1 +1m", "fire=1 siren=fire @fire-restored/1")]
        [DataRow("火警灯闪烁", "The fire lamp flashes until somebody acknowledges", "smoke 1", "on1", "lamp-fire=flash")]
        [DataRow("确认后火警灯常亮", "After the acknowledgement it is steady", "smoke 1", "on1 silence", "lamp-fire=on")]
        [DataRow("首警", "The first zone is known", "smoke 1 | smoke 2", "on2 on1", "first=2 latest=1 @fire-alarm/2/f4 @fire-alarm/1/f0")]
        [DataRow("末警", "The latest zone is known", "smoke 1 | smoke 2 | smoke 3", "on1 on3 on2", "first=1 latest=2")]
        [DataRow("同时两区", "Two zones at once are both reported, one is the first",
            "smoke 1 | smoke 2", "on1,2", "fire=1,2 first=1 x1:fire-alarm/f4 x2:fire-alarm")]
        [DataRow("消音", "Silence stops the siren and keeps the fire",
            "smoke 1", "on1 silence", "siren=off fire=1 strobe=on silenced=yes @silenced/a2/f16")]
        [DataRow("消音后新火警复响", "A new fire after silence sounds again",
            "smoke 1 | smoke 2", "on1 silence on2", "siren=fire silenced=no fire=1,2")]
        [DataRow("同区恢复后再报", "A zone that came to rest and signals anew is a new alarm, and the latest",
            "smoke 1 | smoke 2", "on1 off1 on2 on1", "x2:fire-alarm/1 @fire-alarm/1/b0/f4 @fire-alarm/1/b1/f0 fire=1,2 first=1 latest=1")]
        [DataRow("无火警时消音键", "The silence key without a fire is on record", "smoke 1", "silence", "!silenced @key-pressed/a1/f16")]
        [DataRow("复位", "A reset ends the fire once the zone is quiet",
            "smoke 1", "on1 off1 reset", "fire=- siren=off strobe=off lamp-fire=off @reset/a1/f16")]
        [DataRow("复位被拒并报出部位", "A reset is refused while a zone is in fire, and names it",
            "smoke 1 | smoke 2", "on1 on2 off1 reset", "fire=1,2 siren=fire @reset-refused/2 !reset")]
        [DataRow("复位后再报警", "After a reset the next alarm is a new one", "smoke 1", "on1 off1 reset on1", "x2:fire-alarm first=1")]
        [DataRow("火警通道次序", "The fire lane tells the story in its order",
            "smoke 1 | rule 1 if fire:any and mode:drill then relay1:on relay2:on",
            "on1 silence off1 reset on1",
            "fires=fire-alarm,silenced,fire-restored,reset,fire-alarm")]
        [DataRow("无火警复位", "A reset without a fire does nothing and is on record", "smoke 1", "reset", "!reset @key-pressed/a2")]
        [DataRow("故障绝不是火警", "A fault is never a fire",
            "smoke 1 wiring=line | heat 2 wiring=current range=0..1000 high=700",
            "cut1 raw2=0 +10m",
            "fire=- fault=1,2 siren=off strobe=off relay1=off lamp-fire=off !fire-alarm")]
        [DataRow("故障声", "A fault beeps on the buzzer", "smoke 1 wiring=line", "cut1", "buzzer=fault siren=off lamp-fault=on")]
        [DataRow("故障消音", "A fault's sound can be silenced", "smoke 1 wiring=line", "cut1 silence", "buzzer=off lamp-fault=on fault=1")]
        [DataRow("新故障复响", "A new fault sounds again", "smoke 1 wiring=line | smoke 2 wiring=line", "cut1 silence cut2", "buzzer=fault")]
        [DataRow("火警中的故障", "A fault during a fire is shown beside it",
            "smoke 1 | smoke 2 wiring=line", "on1 cut2", "fire=1 fault=2 siren=fire buzzer=fire lamp-fault=on shown=Ff")]
        [DataRow("报警后断线", "A line that burns through keeps its fire and shows its fault; it is not restored",
            "smoke 1 wiring=line", "on1 cut1 +2s", "fire=1 fault=1 siren=fire @fire-signal-lost/1/a3 @fault/1/a3 !fire-restored")]
        [DataRow("五种状态并存", "Fire, fault, supervisory, disabled and test are shown side by side",
            "smoke 1 | smoke 2 wiring=line | valve 3 | smoke 4 | smoke 5",
            "on1 cut2 on3 shield4=60 try5=60",
            "fire=1 fault=2 sup=3 dis=4 test=5 lamp-fire=flash lamp-fault=on lamp-supervisory=on lamp-disabled=on lamp-test=on "
                + "shown=FfdTs")]
        [DataRow("监管消失即恢复", "Supervisory ends with its cause",
            "valve 1", "on1 off1", "sup=- lamp-supervisory=off @supervisory-restored/1")]
        [DataRow("屏蔽", "A disabled zone raises no fire",
            "smoke 1", "shield1=60 on1", "fire=- siren=off dis=1 lamp-disabled=on @shielded/1/v3600/a3/f16")]
        [DataRow("屏蔽不掩盖他区", "Disabling hides no other zone", "smoke 1 | smoke 2", "shield1=60 on2", "fire=2 siren=fire")]
        [DataRow("屏蔽自动到期", "It ends by itself", "smoke 1", "shield1=10 +11m", "dis=- lamp-disabled=off @shield-ended/1/a5")]
        [DataRow("屏蔽期满仍动作即火警", "A zone active when that ends is a fire",
            "smoke 1", "shield1=10 on1 ?fire=- +11m", "fire=1 siren=fire")]
        [DataRow("人工解除屏蔽", "It can be ended early", "smoke 1", "shield1=60 shield1=0", "dis=- @shield-ended/1/a3 result=done")]
        [DataRow("屏蔽不得无限", "One without an end is refused", "smoke 1", "shield1=10081", "result=out-of-range dis=- !shielded")]
        [DataRow("屏蔽未知部位", "A zone that is not there can't be shielded", "smoke 1", "shield9=5", "result=unknown-zone")]
        [DataRow("屏蔽不冒充修复", "It does not say that a fault is mended",
            "smoke 1 wiring=line", "cut1 shield1=60", "fault=- dis=1 !fault-restored")]
        [DataRow("屏蔽期满故障仍在", "A fault that outlives it is shown again",
            "smoke 1 wiring=line", "cut1 shield1=10 +11m", "fault=1 x1:fault/1")]
        [DataRow("屏蔽期间修复到期才报", "A fault mended under it is restored at its end",
            "smoke 1 wiring=line", "cut1 shield1=10 off1 +11m", "fault=- @fault-restored/1")]
        [DataRow("测试状态不报火警", "A zone in test reports an activation, not a fire",
            "smoke 1", "try1=10 on1", "fire=- siren=off test=1 @test-activation/1/f2")]
        [DataRow("测试不影响他区", "A test does not hide another zone", "smoke 1 | smoke 2", "try1=10 on2", "fire=2 siren=fire")]
        [DataRow("测试自动结束", "A test ends by itself", "smoke 1", "try1=5 +6m", "test=- lamp-test=off @test-ended/1/a5")]
        [DataRow("测试结束仍动作即火警", "A detector still active when its test ends is a fire", "smoke 1", "try1=5 on1 +6m", "fire=1")]
        [DataRow("测试时限", "A test has a longest time", "smoke 1", "try1=241", "result=out-of-range test=-")]
        [DataRow("测试中故障照报", "A zone in test still reports its fault", "smoke 1 wiring=line", "try1=10 cut1", "fault=1 @fault/1")]
        [DataRow("已锁定火警不因测试消失", "A latched fire stays through a test", "smoke 1", "on1 off1 try1=5", "fire=1 siren=fire")]
        [DataRow("自检显示灯", "The self-test shows every lamp",
            "smoke 1", "test", "lamp-fire=on lamp-fault=on lamp-duty=on siren=off buzzer=fault @self-test/f16")]
        [DataRow("自检后灯灭", "After the self-test the lamps show the truth again",
            "smoke 1", "test +6s", "lamp-fire=off lamp-fault=off buzzer=off")]
        [DataRow("自检不妨碍火警", "A fire during the self-test sounds", "smoke 1", "test on1", "siren=fire fire=1")]
        [DataRow("上级不答是故障", "A fire that nobody holds in 100 s is a fault shown and heard",
            "smoke 1", "+1s county=off on1 +101s", "lamp-fault=on buzzer=fault @no-county-answer")]
        [DataRow("上级应答后恢复", "When the county answers again the fault ends",
            "smoke 1", "+1s county=off on1 +101s county=on +2m", "lamp-fault=off @county-answers")]
        [DataRow("上行灯", "The link lamp is steady after the county held the fire", "smoke 1", "+1s on1 +2s", "lamp-link=on")]
        [DataRow("存储故障", "A flash that refuses is a fault shown", "smoke 1", "flash=off on1 +2s", "lamp-fault=on fire=1 siren=fire")]
        [DataRow("三十二区齐发", "Thirty-two zones at once are all on record",
            "smoke 1 | smoke 2 | smoke 3 | smoke 4 | smoke 5 | smoke 6 | smoke 7 | smoke 8 | smoke 9 | smoke 10 | smoke 11 | smoke "
                + "12 | smoke 13 | smoke 14 | smoke 15 | smoke 16 | smoke 17 | smoke 18 | smoke 19 | smoke 20 | smoke 21 | smoke 22 | "
                + "smoke 23 | smoke 24 | smoke 25 | smoke 26 | smoke 27 | smoke 28 | smoke 29 | smoke 30 | smoke 31 | smoke 32",
            "on1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32 +1s",
            "x32:fire-alarm !loss siren=fire")]
        public void Conditions(string chinese, string english, string settings, string steps, string expected)
        {
            Behaviour.Holds(chinese, english, settings, steps, expected);
        }
    }
}
