// Owns: the behaviour of dependencies and delays: coincidence, pre-alarm, verification, t1 and t2.
// Must never: hold state in an object; the device calls these methods without one.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Rows: name in Chinese and English, settings, steps, what is expected. The words are explained in Support.</summary>
    [TestClass]
    public class PanelDelayTests
    {
        private const string Two = "smoke 1 | smoke 2 | group 1 zones=1,2 need=2 withinS=60 aloneS=300";
        private const string Three = "smoke 1 | smoke 2 | smoke 3 | group 1 zones=1,2,3 need=2 withinS=60 aloneS=0";
        private const string Manned = "smoke 1 | smoke 2 | callpoint 3 | delay t1S=30 t2S=120 from=08:00 to=18:00 days=1-5";

        [DataRow("首个信号为预警", "The first signal of a group is a pre-alarm",
            Two, "on1", "fire=- pre=1 siren=off buzzer=prealarm lamp-fire=flash shown=P @pre-alarm/1")]
        [DataRow("两区联合为火警", "The second signal makes it a fire",
            Two, "on1 on2", "fire=1,2 pre=- siren=fire @fire-alarm/1/o2 @fire-alarm/2/o1")]
        [DataRow("预警可消音", "A pre-alarm's sound can be silenced", Two, "on1 silence", "buzzer=off pre=1")]
        [DataRow("预警消音后仍可火警", "A silenced pre-alarm still becomes a fire", Two, "on1 silence on2", "siren=fire fire=1,2")]
        [DataRow("窗口内先后出现", "A first signal that went within the window still counts", Two, "on1 off1 +30s on2", "fire=1,2")]
        [DataRow("窗口外不算", "A first signal that went before the window does not count", Two, "on1 off1 +90s ?pre=- on2", "fire=- pre=2")]
        [DataRow("预警自动消失", "A pre-alarm whose zone is quiet ends with the window", Two, "on1 off1 +61s", "pre=- fire=- lamp-fire=off")]
        [DataRow("单独持续亦为火警", "A pre-alarm that stands alone too long becomes a fire",
            Two, "on1 +301s", "fire=1 siren=fire @fire-alarm/1/o0")]
        [DataRow("不设单独时限则保持预警", "Without that limit it stays a pre-alarm", Three, "on1 +1h", "fire=- pre=1")]
        [DataRow("三取二", "Two of three are enough", Three, "on1 on3", "fire=1,3 siren=fire")]
        [DataRow("联合后第三区加入", "A third zone joins a fire at once", Three, "on1 on3 silence on2", "fire=1,2,3 siren=fire")]
        [DataRow("组外不受影响", "A zone outside the group is a fire at once", Two + " | smoke 3", "on3", "fire=3 pre=-")]
        [DataRow("手报不受联合约束", "A call point is a fire at once beside a group",
            Two + " | callpoint 3", "on1 on3", "fire=3 pre=1 siren=fire")]
        [DataRow("故障不算信号", "A fault is no signal for a coincidence",
            "smoke 1 wiring=line | smoke 2 wiring=line | group 1 zones=1,2 need=2", "on1 cut2", "fire=- pre=1 fault=2")]
        [DataRow("屏蔽不算信号", "A disabled zone is no signal", Two, "shield1=60 on1 on2", "fire=- pre=2")]
        [DataRow("屏蔽取消预警", "Disabling ends the pre-alarm of a zone at rest", Two, "on1 off1 ?pre=1 shield1=60", "pre=- fire=-")]
        [DataRow("测试不算信号", "A zone in test is no signal", Two, "try1=60 on1 on2", "fire=- pre=2")]
        [DataRow("预警时复位被拒", "A reset is refused while a pre-alarm's zone is active", Two, "on1 reset", "pre=1 @reset-refused/1")]
        [DataRow("预警复位", "A pre-alarm can be reset once its zone is quiet", Two, "on1 off1 reset", "pre=- @reset")]
        [DataRow("联合不混淆后来火警", "A later fire elsewhere names no other zone",
            Two + " | smoke 3", "on1 on2 on3", "@fire-alarm/3/o0 @fire-alarm/1/o2")]
        [DataRow("延时到才报", "A zone with a delay is a fire after it", "smoke 1 delayS=5", "on1 +4s ?fire=- +2s", "fire=1")]
        [DataRow("延时内消失不报", "A signal shorter than its delay is none", "smoke 1 delayS=5", "on1 +3s off1 +10s", "fire=- !fire-alarm")]
        [DataRow("延时重新起算", "The delay begins anew with each signal", "smoke 1 delayS=5", "on1 +3s off1 on1 +3s ?fire=- +3s", "fire=1")]
        [DataRow("监管也可延时", "A supervisory zone can be delayed too", "tamper 1 delayS=30", "on1 +20s ?sup=- +11s", "sup=1")]
        [DataRow("确认窗口末仍动作", "A zone that is active at the end of its verification is a fire",
            "smoke 1 verifyS=30", "on1 +20s ?fire=- +11s", "fire=1")]
        [DataRow("确认窗口末已静默", "A zone that is quiet at its end is none", "smoke 1 verifyS=30", "on1 +5s off1 +40s", "fire=- !fire-alarm")]
        [DataRow("确认窗口内间断", "A signal that comes back within the window is confirmed",
            "smoke 1 verifyS=30", "on1 +5s off1 +5s on1 +25s", "fire=1")]
        [DataRow("确认中断线", "A line that breaks during the verification is a fault, not a fire",
            "smoke 1 wiring=line verifyS=30", "on1 +5s cut1 +40s", "fire=- fault=1")]
        [DataRow("值守延时启用", "While the station is manned the delay is on and shown as a disablement",
            Manned, "at=1T09:00 +61s", "delay=on lamp-disabled=on shown=dy @delay-on/v150")]
        [DataRow("值守时首警延时输出", "A first fire sounds only on the buzzer in t1",
            Manned,
            "at=1T09:00 +61s on1",
            "fire=1 delay=hold siren=off strobe=off relay1=off buzzer=prealarm lamp-fire=flash @fire-alarm/1 shown=FPdy")]
        [DataRow("t1无人应答", "Nobody answers in t1: all outputs", Manned, "at=1T09:00 +61s on1 +31s", "siren=fire strobe=on relay1=on")]
        [DataRow("t1内应答进入t2", "Answered in t1: t2 to look",
            Manned, "at=1T09:00 +61s on1 +10s answer +60s", "siren=off delay=hold fire=1 buzzer=off")]
        [DataRow("t2到期", "t2 runs out: all outputs",
            Manned, "at=1T09:00 +61s on1 +10s answer +121s", "siren=fire relay1=on @delay-expired/a2")]
        [DataRow("t2内复位", "A false alarm is reset in t2",
            Manned, "at=1T09:00 +61s on1 +10s answer off1 +60s reset +5m", "fire=- siren=off relay1=off !linkage")]
        [DataRow("第二区终止延时", "A second zone ends the delay", Manned, "at=1T09:00 +61s on1 +5s on2", "siren=fire delay=on")]
        [DataRow("手报越过延时", "A call point bypasses the delay", Manned, "at=1T09:00 +61s on3", "siren=fire relay1=on")]
        [DataRow("延时中手报", "A call point ends a running delay", Manned, "at=1T09:00 +61s on1 +5s on3", "siren=fire")]
        [DataRow("夜间不延时", "At night there is no delay", Manned, "at=1T20:00 +61s on1", "delay=off siren=fire lamp-disabled=off")]
        [DataRow("周末不延时", "At the weekend there is none", Manned, "at=6T09:00 +61s on1", "siren=fire")]
        [DataRow("时钟未知不延时", "While the clock is unknown there is none", Manned, "+61s on1", "siren=fire delay=off")]
        [DataRow("下班时延时中止", "When the manned time ends a running delay ends too",
            Manned, "at=1T17:59 +30s on1 ?siren=off +40s", "siren=fire @delay-off")]
        [DataRow("t2为零", "With t2 = 0 an answer means all outputs",
            "smoke 1 | delay t1S=30 t2S=0 from=08:00 to=18:00", "at=1T09:00 +61s on1 answer", "siren=fire")]
        [DataRow("消音不进t2", "Silence is no answer: at the end of t1 all outputs",
            Manned, "at=1T09:00 +61s on1 +10s silence +21s", "siren=fire silenced=no !acknowledged")]
        [DataRow("延时重启后不再保留", "After a restart nothing is held back", Manned, "at=1T09:00 +61s on1 +5s reboot", "siren=fire fire=1")]
        public void Delays(string chinese, string english, string settings, string steps, string expected)
        {
            Behaviour.Holds(chinese, english, settings, steps, expected);
        }
    }
}
