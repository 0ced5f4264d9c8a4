// Owns: what is said of a condition that was open when the power went: mended meanwhile, going on, or another one now.
// Must never: stand here alone for what the device has to show itself: its own tables have the main rows.

using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>
/// Rows: name in Chinese and English, settings, steps, what is expected; the words are those of the device's tables. Flag 8: found after
/// a restart.
/// </summary>
public sealed class RestartTests
{
    private const string Line = "smoke 1 wiring=line";
    private const string Pair = "smoke 1 | smoke 2 | group 1 zones=1,2 need=2";

    [Theory]
    [InlineData("断电期间断线修复", "An open line that was mended", Line,
        "+2s cut1 +1s reboot=off1 ?!fault-restored +2s", "fault=- x1:fault-restored/1/a3/f8 x1:fault")]
    [InlineData("断电期间短路修复", "A shorted one", Line, "+2s short1 +1s reboot=off1 +2s", "x1:fault-restored/1/a2/f8 x1:fault")]
    [InlineData("断电期间恢复可读", "An input that can be read again", "smoke 1", "+2s lost1 +1s reboot=off1 +2s", "x1:fault-restored/1/a4/f8")]
    [InlineData("断电期间不再抖动", "One that came to rest", Line, "+2s noise1 +12s reboot=off1 +2s", "x1:fault-restored/1/a7/f8 x1:fault")]
    [InlineData("断电期间传感器恢复", "A sensor that works again",
        "gas 1 wiring=voltage range=0..1000 high=600", "+2s cut1 +1s reboot=off1 +2s", "x1:fault-restored/1/a5/f8")]
    [InlineData("断电期间主电恢复", "Mains that came back", "mains 1", "+2s on1 +1s reboot=off1 +2s", "x1:fault-restored/1/a1/f8 x1:fault")]
    [InlineData("断电期间备电恢复", "A battery", "battery 1", "+2s on1 +1s reboot=off1 +2s", "x1:fault-restored/1/a1/f8 x1:fault")]
    [InlineData("断电期间水泵故障排除", "A pump", "pump-fault 1", "+2s on1 +1s reboot=off1 +2s", "x1:fault-restored/1/a1/f8 x1:fault")]
    [InlineData("断电期间主机故障排除", "A fire panel", "panel-fault 1", "+2s on1 +1s reboot=off1 +2s", "x1:fault-restored/1/a1/f8 x1:fault")]
    [InlineData("断电期间监管恢复", "A valve", "valve 1", "+2s on1 +1s reboot=off1 +2s", "x1:supervisory-restored/1/f8 x1:supervisory")]
    [InlineData("断电期间防拆恢复", "A lid", "tamper 1", "+2s on1 +1s reboot=off1 +2s", "x1:supervisory-restored/1/f8 x1:supervisory")]
    [InlineData("断电期间停泵", "A pump that stopped", "pump-run 1", "+2s on1 +1s reboot=off1 +2s", "x1:deactivated/1/f8 x1:activated")]
    [InlineData("断电期间火警恢复", "A fire that came to rest", "smoke 1",
        "+2s on1 +1s reboot=off1 +2s", "fire=1 x1:fire-restored/1/f8 x1:fire-alarm")]
    [InlineData("断电期间火警线烧断", "One whose line burnt through", Line,
        "+2s on1 +1s reboot=cut1 +2s", "fire=1 x1:fire-signal-lost/1/a3/f8 !fire-restored @fault/1/a3/f0")]
    [InlineData("断电期间监管线断", "A valve whose line broke", "valve 1 wiring=line",
        "+2s on1 +1s reboot=cut1 +2s", "x1:signal-lost/1/a3/b102/f8 !supervisory-restored x1:supervisory")]
    [InlineData("信号中断后断电期间恢复", "A valve whose line broke before and is quiet now", "valve 1 wiring=line",
        "+2s on1 cut1 +1s reboot=off1 +2s", "x1:signal-lost x1:supervisory-restored/1/f8 x1:fault-restored/1/a3/f8")]
    [InlineData("断电期间断线变短路", "An open line that is shorted now is another fault", Line,
        "+2s cut1 +1s reboot=short1 +2s off1", "x2:fault x1:fault/1/a2/f0 x1:fault-restored/1/a2/f0")]
    [InlineData("断电期间断线修复又起火", "A line that was mended and is in alarm", Line,
        "+2s cut1 +1s reboot=on1 +2s", "fire=1 x1:fire-alarm/1/f4 x1:fault-restored/1/a3/f8")]
    [InlineData("屏蔽中修复，解除后说", "What was mended under a disablement is said at its end", Line,
        "+2s cut1 +1s shield1=10 reboot=off1 +2s ?!fault-restored shield1=0", "x1:fault-restored/1/a3")]
    [InlineData("测试中恢复，结束后说", "Likewise under a test", "valve 1",
        "+2s on1 +1s try1=10 reboot=off1 +2s ?!supervisory-restored try1=0", "x1:supervisory-restored/1")]
    public void Mended_is_said_to_be_restored(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Theory]
    [InlineData("断线仍在", "An open line", Line, "+2s cut1 +1s reboot +2s", "fault=1 x2:fault x1:fault/1/a3/f8 x1:fault/1/a3/f0")]
    [InlineData("抖动仍在", "An input that comes to no rest is not restored in between", Line,
        "+2s noise1 +12s reboot +3s ?!fault-restored +12s", "x2:fault/1/a7 x1:fault/1/a7/f8 !fault-restored")]
    [InlineData("主电仍断", "Mains", "mains 1", "+2s on1 +1s reboot +2s", "x2:fault x1:fault/1/a1/f8")]
    [InlineData("监管仍在", "A valve", "valve 1", "+2s on1 +1s reboot +2s", "x2:supervisory x1:supervisory/1/f8 !supervisory-restored")]
    [InlineData("带延时的监管仍在", "A valve with a delay is not restored while it waits for it", "valve 1 delayS=30",
        "+2s on1 +40s reboot +20s ?!supervisory-restored +20s", "sup=1 x2:supervisory x1:supervisory/1/f8 !supervisory-restored")]
    [InlineData("带延时的监管恢复", "And is when it is quiet before it is over", "valve 1 delayS=30",
        "+2s on1 +40s reboot +10s off1", "x1:supervisory x1:supervisory-restored/1/f8")]
    [InlineData("水泵仍运行", "A pump that runs", "pump-run 1", "+2s on1 +1s reboot +2s", "x2:activated x1:activated/1/f8 !deactivated")]
    [InlineData("预警仍在", "A pre-alarm", Pair, "+2s on1 +1s reboot +2s", "pre=1 x2:pre-alarm x1:pre-alarm/1/f8")]
    [InlineData("断电期间的预警是新的", "A pre-alarm that began meanwhile is new", Pair, "+2s reboot=on1 +2s", "x1:pre-alarm/1/f0")]
    [InlineData("断电期间的故障是新的", "So is a fault", Line, "+2s reboot=cut1 +2s", "x1:fault/1/a3/f0")]
    [InlineData("火警仍在", "A fire goes on and is not said again", "smoke 1", "+2s on1 +1s reboot +2s", "fire=1 x1:fire-alarm !fire-restored")]
    [InlineData("多次重启", "Again and again", Line,
        "+2s cut1 +1s reboot +2s reboot +2s reboot=off1 +2s reboot +2s", "x2:fault/1/f8 x1:fault/1/f0 x1:fault-restored")]
    [InlineData("立即再断电", "Power that goes again before anything was looked at", Line,
        "+2s cut1 +1s reboot=off1 reboot +2s", "x1:fault x1:fault-restored/1/a3/f8")]
    [InlineData("频繁动作过重启", "A zone over its cap stays over it", "valve 1 chatter=2",
        "+2s on1 off1 on1 off1 on1 off1 +1s ?@chattering/1 reboot +2s ?fault=1 +61m", "x1:chattering x1:fault-restored/1/a101")]
    [InlineData("演练后未复原过重启", "A call point not put back after a drill", "callpoint 1",
        "+2s drill1=2 on1 +2m +5s ?@fault/1/a102 reboot +2s", "fire=- x2:fault/1/a102 x1:fault/1/a102/f8")]
    [InlineData("演练后断电期间复原", "And put back meanwhile", "callpoint 1",
        "+2s drill1=2 on1 +2m +5s reboot=off1 +2s", "fire=- x1:fault-restored/1/a102/f8")]
    [InlineData("测试动作过重启", "An activation in a test is not said again", "smoke 1", "+2s try1=30 on1 +1s reboot +2s", "x1:test-activation")]
    [InlineData("延时启用过重启", "A delay that is on is not said again", "smoke 1 | delay t1S=60 t2S=60 from=08:00 to=18:00",
        "at=1T10:00 +1s reboot ?delay=off at=1T10:30 +1s", "delay=on x1:delay-on !delay-off")]
    [InlineData("断电期间延时停用", "One that ended meanwhile is", "smoke 1 | delay t1S=60 t2S=60 from=08:00 to=18:00",
        "at=1T10:00 +1s reboot +1s at=1T19:00 +1s", "x1:delay-on x1:delay-off/f8")]
    [InlineData("断电期间延时启用", "One that began meanwhile is new", "smoke 1 | delay t1S=60 t2S=60 from=08:00 to=18:00",
        "at=1T07:00 +1s reboot +1s at=1T10:00 +1s", "x1:delay-on/f0 !delay-off")]
    public void What_goes_on_is_found_again(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Theory]
    [InlineData("断电期间上行恢复", "A way to the county that is there again", "valve 1",
        "+2s county=off on1 off1 +200s ?@fault/a100/b1 county=on reboot +60s", "lamp-fault=off x1:fault/a100/b1 x1:fault-restored/a100/b1")]
    [InlineData("上行仍断", "One that is not is no new fault, and its lamp stays lit", "valve 1",
        "+2s county=off on1 off1 +200s reboot ?lamp-fault=on +200s", "lamp-fault=on x1:fault/a100/b1 !fault-restored")]
    [InlineData("上级未应答过重启", "A fire that the county holds after the restart", "smoke 1",
        "+2s county=off on1 +110s ?@no-county-answer reboot ?lamp-fault=on +110s county=on +60s", "x1:no-county-answer x1:county-answers")]
    [InlineData("断电期间按键松开", "A key that was let go", "smoke 1",
        "hold=answer +61s +1s free=answer hold=answer +61s +1s reboot +1s free=answer +1s", "x2:fault/b16/c3 x2:fault-restored/b16/c3")]
    [InlineData("按键仍卡住", "A key that is still held is no new fault", "smoke 1",
        "hold=answer +61s reboot ?lamp-fault=on +2m", "lamp-fault=on x1:fault/b16/c3 !fault-restored")]
    public void Faults_of_the_box_go_on(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Theory]
    [InlineData("消音的故障重启后不再响", "A silenced fault is silent after a restart", Line,
        "+2s cut1 ?buzzer=fault silence ?buzzer=off +1s reboot +2s", "fault=1 lamp-fault=on buzzer=off")]
    [InlineData("未消音的故障重启后仍响", "One that was not silenced sounds", Line, "+2s cut1 +1s reboot +2s", "buzzer=fault")]
    [InlineData("消音后断电期间的新故障响", "A new one sounds", "smoke 1 wiring=line | smoke 2 wiring=line",
        "+2s cut1 silence +1s reboot=cut2 +2s", "fault=1,2 buzzer=fault")]
    [InlineData("消音的监管重启后不再响", "A silenced valve", "valve 1", "+2s on1 silence +1s reboot +2s", "sup=1 buzzer=off")]
    [InlineData("消音的上行故障重启后不再响", "A silenced fault of the box", "valve 1",
        "+2s county=off on1 off1 +200s silence +1s reboot +200s", "lamp-fault=on buzzer=off")]
    [InlineData("规则的蜂鸣重启后不再响", "A rule's sounder that was silenced", "valve 1 | rule 1 if supervisory:z1 then buzzer:fault",
        "+2s on1 silence ?buzzer=off +1s reboot +2s", "sup=1 buzzer=off @rule-fired/1/r1/f8")]
    [InlineData("规则动作都注明重启", "Every rule that goes on says that it was found", "smoke 1 | rule 1 if fire:z1 then relay3:on "
        + "| rule 2 if fire:z1 then relay4:on | rule 3 if fire:any then relay1:on",
        "+2s on1 +1s reboot +2s", "x1:rule-fired/r1/f8 x1:rule-fired/r2/f8 x1:rule-fired/r3/f8 x6:rule-fired")]
    [InlineData("故障规则注明重启", "So a rule of a fault", Line + " | rule 1 if fault:z1 then relay3:on",
        "+2s cut1 +1s reboot +2s", "relay3=on x2:rule-fired x1:rule-fired/1/r1/f8")]
    [InlineData("断电期间起的规则是新的", "One that began meanwhile is new", Line + " | rule 1 if fault:z1 then relay3:on",
        "+2s reboot=cut1 +2s", "x1:rule-fired/1/r1/f0")]
    public void What_was_silenced_stays_silent(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Theory]
    [InlineData("带延时的隐患不误销", "A case of a valve with a delay is not struck off while it waits", "valve 1 delayS=60",
        "+2s on1 +12m ?cases=1 reboot +90s", "cases=1 !case-closed x1:case-opened")]
    [InlineData("抖动的隐患不误销", "Nor one of an input that comes to no rest", Line,
        "+2s noise1 +12m ?cases=1 reboot +90s", "cases=1 !case-closed x1:case-opened")]
    [InlineData("断电期间修复则销号", "One that was mended is", "valve 1", "+2s on1 +12m reboot=off1 +30s", "cases=- x1:case-closed/1")]
    public void Cases_follow(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    [Theory]
    [InlineData("通电即按住的巡更按钮不算到位", "A patrol button that is held from the start on is no visit",
        "patrol 1 | patrol 1 zones=1 from=22:00 to=23:00", "at=1T22:10 +1s reboot=on1 +2s", "x1:activated/1 !patrol-met")]
    [InlineData("慢启动中按住的巡更按钮不算到位", "Nor one whose debouncing takes longer",
        "patrol 1 debounce=8/8 | patrol 1 zones=1 from=22:00 to=23:00", "at=1T22:10 +1s reboot=on1 +2s", "x1:activated/1 !patrol-met")]
    [InlineData("松开再按才算", "It is when it was let go and pressed",
        "patrol 1 | patrol 1 zones=1 from=22:00 to=23:00", "at=1T22:10 +1s reboot=on1 off1 on1", "x2:activated/1 x1:patrol-met")]
    [InlineData("启动后立即按下算到位", "So is a press that was seen to begin right after a start",
        "patrol 1 | patrol 1 zones=1 from=22:00 to=23:00", "at=1T22:10 +1s reboot on1", "x1:patrol-met")]
    [InlineData("断线后接上不算到位", "A line that was open and is closed now is no visit",
        "patrol 1 wiring=line | patrol 1 zones=1 from=22:00 to=23:00", "at=1T22:10 cut1 on1 ?!patrol-met off1 on1", "x1:patrol-met")]
    [InlineData("手报是火警，通电即按下也报", "A call point is a fire also when it is found pressed", "callpoint 1", "reboot=on1", "fire=1")]
    public void A_visit_is_a_press_that_was_seen_to_begin(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);

    private const string Trial = "smoke 1 | callpoint 2 | delay t1S=60 t2S=60 from=00:00 to=23:59";

    [Theory]
    [InlineData("t1中断电", "Power that goes in t1 lets everything sound afterwards", Trial,
        "at=1T10:00 +1s on1 ?siren=off reboot", "fire=1 siren=fire delay=off")]
    [InlineData("t1中断电又恢复时间", "Also once the time is known again", Trial,
        "at=1T10:00 +1s on1 reboot at=1T10:01 +1s", "siren=fire delay=on")]
    [InlineData("t2中断电", "In t2 too", Trial, "at=1T10:00 +1s on1 answer ?siren=off reboot", "siren=fire")]
    [InlineData("断电期间起火，时间未知", "A fire that began while the power was off is not held back", Trial,
        "at=1T10:00 +1s reboot=on1 +1s", "fire=1 siren=fire")]
    [InlineData("演练最后一分钟断电", "A call point pressed since before the drill's last minute is a fault, also over a power cut",
        "callpoint 1 | smoke 2", "+2s drill1=2 on1 +70s ?@drill-ending reboot +20s",
        "drill=off fire=- siren=off fault=1 x1:drill-ending x1:drill-ended @fault/1/a102 x1:fire-alarm")]
    [InlineData("演练最后一分钟断电期间复原", "And none when it was put back meanwhile",
        "callpoint 1", "+2s drill1=2 on1 +70s reboot=off1 +20s", "drill=off fire=- fault=- !fault")]
    [InlineData("演练最后一分钟断电期间才按下", "One that was pressed later is a fire",
        "callpoint 1", "+2s drill1=2 +70s reboot=on1 +20s", "drill=off fire=1 siren=fire @fire-alarm/1/f4")]
    [InlineData("演练最后一分钟断电，探测器仍动作", "And a detector that still signals",
        "smoke 1", "+2s drill1=2 on1 +70s reboot +20s", "drill=off fire=1 siren=fire @fire-alarm/1/f4")]
    [InlineData("演练剩一分多钟断电", "So when the restart's minute is what begins the last one",
        "callpoint 1", "+2s drill1=3 on1 +65s hold=scene free=scene +10ms shield1=0 +1s reboot +3m",
        "drill=off fire=- fault=1 @fault/1/a102")]
    [InlineData("启动第一秒内复位不放掉火警", "A reset before the inputs were looked at lets go of no fire", "smoke 1 debounce=8/8",
        "+2s on1 +1s reboot=reset free=reset reset", "fire=1")]
    [InlineData("消音后断电，同区仍动作", "A silence holds over a cut while the zone signals on", "smoke 1",
        "+2s on1 silence +1s reboot +2m", "silenced=yes siren=off x1:fire-alarm")]
    [InlineData("消音后断电期间恢复再动作", "What rested while the power was off and signals anew after it is a new alarm", "smoke 1",
        "+2s on1 silence +1s reboot=off1 +2s ?@fire-restored/1/f8 on1", "siren=fire x2:fire-alarm")]
    [InlineData("保持输出在断电期间消失", "A held output stays though its condition ended while the power was off",
        "tamper 1 | rule 1 if supervisory:z1 then relay3:hold", "+2s on1 +1s reboot=off1 +2s ?relay3=on reset",
        "relay3=off @supervisory-restored/1/f8")]
    [InlineData("屏蔽期间断电，保持输出", "And under a disablement",
        "tamper 1 | rule 1 if supervisory:z1 then relay3:hold", "+2s on1 shield1=60 +1s reboot +2s", "relay3=on sup=-")]
    [InlineData("查岗与火警中断电", "A question and a fire live through it together", "smoke 1",
        "+2s duty=10 on1 +1s reboot +1s answer", "duty=no @acknowledged @duty-check-answered siren=fire")]
    public void Power_goes_at_awkward_moments(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);
}
