// Owns: the behaviour of zones: every kind, every wiring, what is a fault and what is noise.
// Must never: hold state in an object; the device calls these methods without one.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Rows: name in Chinese and English, settings, steps, what is expected. The words are explained in Support.</summary>
    [TestClass]
    public class PanelZoneTests
    {
        [DataRow("手动报警按钮", "A pressed call point is a fire at once",
            "callpoint 1", "on1", "fire=1 siren=fire strobe=on @fire-alarm/1/s3/f4")]
        [DataRow("感烟火警", "Smoke is a fire", "smoke 1", "on1", "fire=1 siren=fire @fire-alarm/1/s2")]
        [DataRow("感温火警", "Heat is a fire", "heat 1", "on1", "fire=1 siren=fire")]
        [DataRow("可燃气体火警", "Gas is as urgent as fire and has a tone of its own", "gas 1", "on1", "fire=1 siren=gas")]
        [DataRow("水流指示器火警", "A flow switch is a fire", "flow 1", "on1", "fire=1 siren=fire")]
        [DataRow("主机火警", "The fire panel's alarm relay is a fire", "panel-alarm 1", "on1", "fire=1 siren=fire")]
        [DataRow("信号阀关闭是监管", "A closed signal valve is supervisory, not a fire",
            "valve 1", "on1", "fire=- sup=1 siren=off buzzer=fault lamp-supervisory=on lamp-fault=off @supervisory/1/a1")]
        [DataRow("消火栓压力低是监管", "Low hydrant pressure is supervisory",
            "hydrant-pressure 1 wiring=current range=0..16000 low=1000", "raw1=1300", "fire=- sup=1 fault=- @supervisory/1/u5")]
        [DataRow("喷淋压力低是监管", "Low sprinkler pressure is supervisory",
            "sprinkler-pressure 1 wiring=current range=0..16000 low=4000", "raw1=2000", "sup=1 siren=off")]
        [DataRow("水箱液位低是监管", "A low tank is supervisory", "level 1 wiring=current range=0..4000 low=500", "raw1=1400", "sup=1 siren=off")]
        [DataRow("水箱液位过高是监管", "A tank above its mark is supervisory",
            "level 1 wiring=current range=0..4000 high=3800", "raw1=6000", "sup=1")]
        [DataRow("水泵运行只是动作", "A running pump is an activation and no trouble",
            "pump-run 1", "on1", "fire=- sup=- fault=- buzzer=off @activated/1 !case-opened")]
        [DataRow("水泵停止", "A pump that stops is reported", "pump-run 1", "on1 off1", "@deactivated/1")]
        [DataRow("水泵故障是故障", "A pump fault is a fault", "pump-fault 1", "on1", "fault=1 fire=- lamp-fault=on buzzer=fault @fault/1/a1")]
        [DataRow("水泵非自动是监管", "A pump not in automatic is supervisory", "pump-not-auto 1", "on1", "sup=1 fire=- @supervisory/1")]
        [DataRow("主机故障是故障", "The fire panel's fault relay is a fault", "panel-fault 1", "on1", "fault=1 fire=-")]
        [DataRow("剩余电流超限是监管", "Residual current over its limit is supervisory",
            "residual-current 1 wiring=current range=0..1000 high=300", "raw1=4000", "sup=1 fire=- @supervisory/1/u6")]
        [DataRow("充电线缆过热是监管", "A hot cable at a charging point is supervisory",
            "cable-temperature 1 wiring=current range=0..1200 high=700", "raw1=4500", "sup=1 fire=- siren=off @supervisory/1/u4")]
        [DataRow("主电断是故障", "Lost mains is a fault", "mains 1", "on1", "fault=1 @fault/1/a1")]
        [DataRow("备电低是故障", "A low battery is a fault",
            "battery 1 wiring=voltage range=0..16000 low=10800", "raw1=6000", "fault=1 fire=-")]
        [DataRow("防拆是监管", "An opened cover is supervisory", "tamper 1 wiring=nc", "on1", "sup=1 fire=-")]
        [DataRow("巡更按钮只是动作", "A patrol button is an activation", "patrol 1", "on1", "fire=- fault=- sup=- @activated/1")]
        [DataRow("总线正常", "A line with its end resistor is quiet", "smoke 1 wiring=line", "+1s", "fire=- fault=- siren=off !fault")]
        [DataRow("总线报警", "A line in the alarm band is a fire", "smoke 1 wiring=line", "on1", "fire=1 fault=-")]
        [DataRow("总线短路是故障", "A shorted line is a fault and no fire",
            "smoke 1 wiring=line", "short1", "fire=- fault=1 siren=off @fault/1/a2")]
        [DataRow("总线开路是故障", "An open line is a fault and no fire", "smoke 1 wiring=line", "cut1", "fire=- fault=1 siren=off @fault/1/a3")]
        [DataRow("短路变开路再报", "A short that becomes an open line is said anew",
            "smoke 1 wiring=line", "short1 cut1", "@fault/1/a2 @fault/1/a3 fault=1")]
        [DataRow("线路修复", "A mended line is restored", "smoke 1 wiring=line", "cut1 off1", "fault=- lamp-fault=off @fault-restored/1/a3")]
        [DataRow("手报线路断不是火警", "A cut call-point line is a fault", "callpoint 1 wiring=line", "cut1", "fire=- fault=1")]
        [DataRow("自定线路分界", "Bands of a line can be set", "smoke 1 wiring=line bands=1000/2000/6000", "on1", "fire=- fault=-")]
        [DataRow("常闭触点报警", "A normally closed contact alarms when it opens", "smoke 1 wiring=nc", "on1", "fire=1")]
        [DataRow("常闭触点正常", "A closed normally closed contact is quiet", "smoke 1 wiring=nc", "+1s", "fire=- !fire-alarm")]
        [DataRow("输入读不出是故障", "An input that can't be read is a fault, not a quiet zone",
            "smoke 1", "lost1", "fire=- fault=1 @fault/1/a4")]
        [DataRow("电流环断线是故障", "A broken 4-20 mA loop is a fault",
            "heat 1 wiring=current range=0..1000 high=700", "raw1=1000", "fire=- fault=1 @fault/1/a5")]
        [DataRow("只有上限的电流环断线也是故障", "A broken loop is a fault also with only a high threshold",
            "level 1 wiring=current range=0..4000 high=3800", "raw1=0", "fault=1 sup=- @fault/1/a5")]
        [DataRow("电流环短路是故障", "A loop over 21 mA is a fault",
            "heat 1 wiring=current range=0..1000 high=700", "raw1=6400", "fire=- fault=1 @fault/1/a6")]
        [DataRow("只有下限的电流环过流也是故障", "A loop over its range is a fault also with only a low threshold",
            "level 1 wiring=current range=0..4000 low=500", "raw1=6400", "fault=1 sup=- @fault/1/a6")]
        [DataRow("3.6毫安以上不算断线", "Just above 3.6 mA is no broken loop",
            "heat 1 wiring=current range=0..1000 high=700", "raw1=1090", "fault=- fire=-")]
        [DataRow("电压线断是故障", "A cut voltage input is a fault",
            "battery 1 wiring=voltage range=0..16000 low=10800", "raw1=0", "fault=1 @fault/1/a5")]
        [DataRow("电压量程可设", "The valid band of a voltage can be set",
            "battery 1 wiring=voltage range=0..16000 valid=1000..15000 low=10800", "raw1=9800", "fault=1 @fault/1/a6")]
        [DataRow("温度超限火警带数值", "A heat alarm carries its value",
            "heat 1 wiring=current range=0..1000 high=540", "raw1=4000", "fire=1 @fire-alarm/1/u4/v575")]
        [DataRow("回差之内不恢复", "Within the hysteresis a zone stays active",
            "level 1 wiring=current range=0..4000 high=3000 hysteresis=400", "raw1=5000 raw1=4700", "sup=1 !supervisory-restored")]
        [DataRow("回差之外恢复", "Below the hysteresis it is restored",
            "level 1 wiring=current range=0..4000 high=3000 hysteresis=400", "raw1=5000 raw1=4200", "sup=- @supervisory-restored/1")]
        [DataRow("过高后回到低端不再报", "After a high alarm a value at the low end is quiet",
            "battery 1 wiring=voltage range=0..16000 high=15000 hysteresis=1000", "raw1=9700 raw1=200", "fault=- @fault-restored/1")]
        [DataRow("温升过快火警", "Heat that rises too fast is a fire",
            "heat 1 wiring=current range=0..1000 rise=100", "raw1=2000 +70s raw1=2700 +21s", "fire=1")]
        [DataRow("温升缓慢不报", "Heat that rises slowly is none",
            "heat 1 wiring=current range=0..1000 rise=100", "raw1=2000 +70s raw1=2200 +61s raw1=2400 +61s raw1=2600 +61s", "fire=-")]
        [DataRow("断线修复不是温升", "A loop that is mended is no rise",
            "heat 1 wiring=current range=0..1000 rise=100", "raw1=0 +70s raw1=4000 +70s", "fire=- @fault-restored/1")]
        [DataRow("干扰不报", "Two samples of noise are nothing", "callpoint 1", "blip1 +1s blip1 +1s", "fire=- !fire-alarm")]
        [DataRow("可设为立即", "A zone can be set to take every sample", "callpoint 1 debounce=1/1", "blip1", "fire=1")]
        [DataRow("取样数可设", "Of eight samples five are needed", "smoke 1 debounce=5/8", "blip1 blip1 +1s", "fire=- !fire-alarm")]
        [DataRow("永不稳定的输入是故障", "An input that never comes to rest becomes a visible fault",
            "smoke 1 wiring=line", "noise1 +11s", "fire=- fault=1 lamp-fault=on @fault/1/a7")]
        [DataRow("不稳定十秒之内不报", "Noise of a few seconds is no fault yet", "smoke 1 wiring=line", "noise1 +5s off1", "fault=- !fault")]
        [DataRow("不稳定之后恢复", "An input that comes to rest is restored",
            "smoke 1 wiring=line", "noise1 +11s off1", "fault=- @fault-restored/1/a7")]
        [DataRow("不稳定之后仍能火警", "After noise a fire is still a fire", "smoke 1 wiring=line", "noise1 +11s on1", "fire=1 fault=-")]
        [DataRow("频繁动作只报一次", "A chattering zone is capped and becomes one fault",
            "valve 1 chatter=3",
            "on1 off1 on1 off1 on1 off1 on1 off1 on1 off1 on1 off1",
            "x3:supervisory x1:chattering/1/s2/a101 fault=1 lamp-fault=on")]
        [DataRow("频繁动作到点恢复", "A zone that is quiet for an hour is no longer chattering",
            "valve 1 chatter=3", "on1 off1 on1 off1 on1 off1 on1 off1 ?fault=1 +2h", "fault=- @fault-restored/1/a101")]
        [DataRow("频繁动作不限制火警", "Chatter never caps a fire",
            "smoke 1 chatter=3",
            "on1 off1 reset on1 off1 reset on1 off1 reset on1 off1 reset on1 off1 reset on1",
            "x6:fire-alarm fire=1 siren=fire @chattering/1")]
        [DataRow("测试中的动作不计频繁", "What happens in a test does not count as chatter",
            "valve 1 chatter=3", "try1=30 on1 off1 on1 off1 on1 off1 on1 off1 on1 off1", "!chattering fault=-")]
        public void Zones(string chinese, string english, string settings, string steps, string expected)
        {
            Behaviour.Holds(chinese, english, settings, steps, expected);
        }
    }
}
