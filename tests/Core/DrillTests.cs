// Owns: the behaviour of a drill of some zones: what is real beside it, its warning, and what its end makes of each zone.
// Must never: stand here alone for what the device has to show itself: its own tables have the main rows.

using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows: name in Chinese and English, settings, steps, what is expected; the words are those of the device's tables.</summary>
public sealed class DrillTests
{
    [Theory]
    [InlineData("演练只限所指部位", "A fire in a zone that the drill did not name breaks it off and is real in all respects",
        "smoke 1 | smoke 2", "drill1=30 on2", "drill=off fire=2 siren=fire relay1=on @drill-ended/2/a1/b4/f1 @fire-alarm/2/f4")]
    [InlineData("他区火警时演练部位仍动作即真火警", "What still signals of the drill then is a fire too",
        "smoke 1 | smoke 2", "drill1=30 on1 ?siren=drill on2", "fire=1,2 siren=fire @fire-alarm/1/f5 @fire-alarm/1/f4 @fire-alarm/2/f0")]
    [InlineData("他区火警时演练部位已静止", "And what is quiet is let go",
        "smoke 1 | smoke 2", "drill1=30 on1 off1 on2", "fire=2 first=2 siren=fire @fire-alarm/2/f4")]
    [InlineData("演练中他区事件不带标志", "Events of other zones carry no flag", "tamper 1 | smoke 2", "drill2=30 on1", "@supervisory/1/f0")]
    [InlineData("演练部位不与真部位双确认", "Drilled zones count in no group of real ones",
        "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "drill1=30 on1 on2", "drill=on fire=- pre=1,2 @pre-alarm/1/f1 @pre-alarm/2/f0")]
    [InlineData("演练部位之间双确认", "But among themselves",
        "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "drill1,2=30 on1 on2", "fire=1,2 siren=drill")]
    [InlineData("中止演练时单只探测器也即火警", "What still signals when a drill is broken off is a fire without its second",
        "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "drill1,2=30 on1 ?pre=1 test", "fire=1 siren=fire")]
    [InlineData("演练部位不计入规则", "Drilled zones count in no rule of real ones",
        "tamper 1 | tamper 2 | drill linkage=yes | rule 1 if supervisory:any:2 then relay3:on", "drill1=30 on1 on2", "relay3=off sup=1,2")]
    [InlineData("真部位的规则不知演练", "A rule of a real zone does not know of the drill",
        "pump-not-auto 1 | smoke 2 | rule 1 if supervisory:z1 and !mode:drill then relay3:on",
        "drill2=30 on1",
        "relay3=on @rule-fired/1/f0")]
    [InlineData("演练不打断真的联动", "What a real condition asks of a relay goes on in a drill",
        "tamper 1 | smoke 2 | rule 1 if supervisory:z1 then relay3:on", "on1 drill2=30 on2", "relay3=on siren=drill")]
    [InlineData("演练规则带标志", "A rule of a drilled zone carries the flag",
        "smoke 1 | drill linkage=yes | rule 1 if fire:z1 then relay3:on", "drill=30 on1", "relay3=on @rule-fired/1/r1/f1 @linkage/1/r1/f1")]
    [InlineData("中止演练不再延时", "What still signals when a drill is broken off waits for no t1",
        "smoke 1 | delay t1S=60", "at=1T10:00 +61s drill=30 on1 ?delay=hold test", "fire=1 siren=fire delay=on")]
    [InlineData("演练不影响他区的延时", "The delay of a real zone is its own",
        "smoke 1 | smoke 2 | delay t1S=60", "at=1T10:00 +61s drill1=30 on1 off1 on2", "drill=off fire=2 delay=hold siren=off")]
    [InlineData("演练结束前一分钟提示", "A minute before its end it warns",
        "smoke 1", "drill=30 +28m ?!drill-ending +1m", "drill=on lamp-test=flash buzzer=drill @drill-ending/v60/f1")]
    [InlineData("演练后未复原", "A call point that was pressed before the warning and not put back is a fault",
        "callpoint 1", "drill=30 on1 +31m", "drill=off fire=- fault=1 siren=off relay1=off @fault/1/a102 x1:fire-alarm")]
    [InlineData("提示之后按下即火警", "One that is pressed after the warning is a fire",
        "callpoint 1", "drill=30 +29m on1 ?siren=drill +61s", "fire=1 siren=fire relay1=on @fire-alarm/1/f4 !fault")]
    [InlineData("提示之后再次按下即火警", "And one that is pressed again",
        "callpoint 1", "drill=30 on1 +29m off1 on1 +61s", "fire=1 siren=fire !fault")]
    [InlineData("未复原的复原后再按即火警", "Put back and pressed again it is a fire",
        "callpoint 1", "drill=30 on1 +31m off1 ?fault=- on1", "fire=1 siren=fire @fault-restored/1/a102")]
    [InlineData("未复原时断线", "Put back by a broken line it is one all the same",
        "callpoint 1 wiring=line", "drill=30 on1 +31m cut1 on1", "fire=1 siren=fire @fault/1/a3")]
    [InlineData("探测器演练结束仍动作即火警", "A detector is no call point: still active at the end it is a fire",
        "smoke 1 | callpoint 2", "drill=30 on1 on2 +31m", "fire=1 fault=2 siren=fire")]
    [InlineData("上级提前结束不算未复原", "When the county ends it before its time a call point that is pressed is a fire",
        "callpoint 1", "drill=30 on1 +29m drill=0", "fire=1 siren=fire @drill-ended/a3/b2")]
    [InlineData("演练中消音带标志", "Silence of a drill's fire carries the flag", "smoke 1", "drill=30 on1 silence", "@silenced/a2/f17")]
    [InlineData("另一演练", "A drill that replaces another closes it",
        "smoke 1 | smoke 2", "drill1=30 drill2=30 on1", "drill=off fire=1 siren=fire @drill-ended/b5 @drill-began/b2 @drill-ended/1/b4")]
    [InlineData("另一演练时旧演练部位仍动作", "What still signals of a drill that is replaced is a fire, and breaks the new one off",
        "smoke 1 | smoke 2 | smoke 3 | group 1 zones=1,2 need=2", "drill1,2=30 on1 ?pre=1 drill3=30",
        "drill=off fire=1 siren=fire @drill-ended/b5 @drill-ended/1/b4 @fire-alarm/1/f4")]
    [InlineData("等延时的部位不得演练", "No drill hides a zone that waits for its delay",
        "smoke 1 delayS=30 | smoke 2", "on1 +5s drill1=30 ?result=fire-is-latched drill2=30 ?drill=on +30s", "drill=off fire=1 siren=fire")]
    [InlineData("演练未知部位", "A drill of an unknown zone is refused", "smoke 1", "drill1,9=30", "result=unknown-zone drill=off")]
    [InlineData("预警中的部位不得演练", "No drill hides a pre-alarm",
        "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "on1 drill1=30", "result=fire-is-latched drill=off pre=1")]
    [InlineData("演练不立案", "A drill opens no case", "tamper 1", "+10s drill=30 on1 +20m", "cases=- sup=1")]
    [InlineData("演练部位过重启", "A drill keeps its zones over a restart",
        "smoke 1 | smoke 2", "drill1=30 reboot on2", "drill=off fire=2 siren=fire")]
    [InlineData("演练后未复原过重启", "A call point that was not put back is a fault after a restart too",
        "callpoint 1", "drill=30 on1 +31m reboot +2s", "fire=- fault=1 siren=off")]
    [InlineData("演练后未复原断电期间复原", "And none when it was put back while the power was off",
        "callpoint 1", "drill=30 on1 +31m off1 reboot +2s on1", "fire=1 siren=fire")]
    public void Drills(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);
}
