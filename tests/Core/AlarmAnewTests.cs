// Owns: a zone that signals anew, what restored means, and what the county may not hide.
// Must never: stand here alone for what the device has to show itself: its own tables have the main rows.

using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows: name in Chinese and English, settings, steps, what is expected; the words are those of the device's tables.</summary>
public sealed class AlarmAnewTests
{
    [Theory]
    [InlineData("消音后同区再报复响", "After silence it sounds again, when it had rested for a minute",
        "smoke 1", "on1 silence off1 +61s on1", "siren=fire silenced=no @fire-alarm/1/b1")]
    [InlineData("抖动探测器不复响但有记录", "A flickering detector does not break the silence, but each alarm is on record",
        "smoke 1", "on1 silence off1 +5s on1 +5s off1 +5s on1", "siren=off silenced=yes x2:fire-alarm/1/b2 x2:fire-restored/1")]
    [InlineData("再报持续一分钟则复响", "What signals anew and stays breaks the silence after a minute",
        "smoke 1", "on1 silence off1 +5s on1 ?siren=off +61s", "siren=fire silenced=no @fire-alarm/1/b2")]
    [InlineData("未消音时同区再报", "Without silence it is a new alarm too", "smoke 1", "on1 off1 on1", "siren=fire @fire-alarm/1/b1")]
    [InlineData("断线后再接不算新报", "A line that broke and is there again in alarm is the same alarm",
        "smoke 1 wiring=line", "on1 silence cut1 on1", "x1:fire-alarm siren=off @fire-signal-lost/1/a3")]
    [InlineData("从属组内同区再报", "A zone of a dependent group too",
        "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "on1,2 silence off1 +61s on1", "siren=fire @fire-alarm/1/b1")]
    [InlineData("静止的部位屏蔽后可复位", "A flickering zone is disabled while it rests, then the reset works; that is no restore",
        "smoke 1", "on1 off1 shield1=60 on1 reset", "fire=- dis=1 siren=off @fire-signal-lost/1/a103 x1:fire-restored")]
    [InlineData("正在报警的部位不得远程屏蔽", "A zone in fire can't be disabled from afar",
        "smoke 1", "on1 shield1=60", "result=fire-is-latched dis=- fire=1 siren=fire !shielded")]
    [InlineData("正在报警的部位不得远程测试", "Nor be put into test", "smoke 1", "on1 try1=5", "result=fire-is-latched test=- siren=fire")]
    [InlineData("正在报警的部位不得远程动火", "Nor come under a permit", "smoke 1", "on1 hot1=60", "result=fire-is-latched dis=- siren=fire")]
    [InlineData("报警后断线的部位不得远程屏蔽", "Nor one whose line burnt through",
        "smoke 1 wiring=line", "on1 cut1 shield1=60", "result=fire-is-latched dis=-")]
    [InlineData("报警后短路", "Nor is one that is shorted", "smoke 1 wiring=line", "on1 short1", "@fire-signal-lost/1/a2 !fire-restored")]
    [InlineData("报警后读不到", "Nor one that can't be read", "smoke 1", "on1 lost1", "@fire-signal-lost/1/a4 !fire-restored")]
    [InlineData("报警后不稳定", "Nor one that comes to no rest",
        "smoke 1 wiring=line", "on1 noise1 +11s", "@fire-signal-lost/1/a7 !fire-restored")]
    [InlineData("断线修复才算火警恢复", "It is restored when the line is mended and quiet",
        "smoke 1 wiring=line", "on1 cut1 off1", "fires=fire-alarm,fire-signal-lost,fire-restored @fault-restored/1/a3")]
    [InlineData("断线时复位不算恢复", "A reset while its line is broken restores nothing",
        "smoke 1 wiring=line", "on1 cut1 reset off1", "fires=fire-alarm,fire-signal-lost,reset")]
    [InlineData("监管部位断线不算恢复", "A supervisory line that breaks is not restored",
        "valve 1 wiring=line", "on1 cut1", "sup=- fault=1 @signal-lost/1/a3/b102 !supervisory-restored")]
    [InlineData("监管部位修复后才恢复", "It is when it is mended and quiet",
        "valve 1 wiring=line", "on1 cut1 off1", "@signal-lost/1/a3 @supervisory-restored/1 x1:supervisory")]
    [InlineData("监管部位修复后仍动作", "And said again when it is mended and active",
        "valve 1 wiring=line", "on1 cut1 on1", "x2:supervisory sup=1 !supervisory-restored")]
    [InlineData("屏蔽监管部位不算恢复", "A disablement over a supervisory zone restores nothing, and what goes on at its end is not said twice",
        "valve 1", "on1 shield1=10 ?sup=- +11m", "sup=1 x1:supervisory !supervisory-restored !signal-lost")]
    [InlineData("屏蔽中静止到期才恢复", "What came to rest under it is restored at its end",
        "valve 1", "on1 shield1=10 off1 ?!supervisory-restored +11m", "sup=- x1:supervisory-restored/1")]
    [InlineData("测试监管部位不算恢复", "Nor does a test restore it",
        "valve 1", "on1 try1=5 ?sup=- +6m", "sup=1 x1:supervisory !supervisory-restored !signal-lost")]
    [InlineData("屏蔽水泵信号不算停止", "Nor has a pump stopped because it is disabled",
        "pump-run 1", "on1 shield1=10 +11m", "x1:activated !deactivated !signal-lost")]
    [InlineData("测试中动作的火警部位不算恢复", "A zone in fire that signals in a test is not restored by a reset, which is refused",
        "smoke 1", "on1 off1 try1=60 on1 reset", "fire=1 test=1 x1:fire-restored @reset-refused/1 !reset")]
    [InlineData("水泵信号断线不算停止", "A pump whose line breaks is not said to have stopped",
        "pump-run 1 wiring=line", "on1 cut1 ?!deactivated off1", "@signal-lost/1/a3/b132 @deactivated/1")]
    [InlineData("重启后同区再报复响", "A zone at rest that signals anew after a restart is a new alarm and sounds",
        "smoke 1", "on1 silence off1 reboot +2s ?siren=off on1", "siren=fire silenced=no x2:fire-alarm @fire-alarm/1/b1")]
    [InlineData("断电期间恢复则报恢复", "A zone that came to rest while the power was off is restored",
        "smoke 1", "on1 +1s off1 reboot +2s", "fire=1 @fire-restored/1 x1:fire-alarm")]
    [InlineData("断线过重启不重报", "A burnt line is not said again after a restart",
        "smoke 1 wiring=line", "on1 cut1 +1s reboot +2s", "fire=1 fault=1 x1:fire-signal-lost !fire-restored")]
    [InlineData("末警再报过重启", "The latest zone is known after a restart also when it was an alarm anew",
        "smoke 1 | smoke 2", "on1 on2 off1 on1 reboot", "latest=1 first=1")]
    [InlineData("再报未响时断电", "What signals anew and is not heard yet is heard a minute after a restart, if it stays",
        "smoke 1", "+2s on1 silence off1 +30s on1 +10s reboot +30s ?siren=off +35s", "siren=fire silenced=no x2:fire-alarm")]
    [InlineData("再报刚入库即断电", "Also when the power goes right behind its record",
        "smoke 1", "+2s on1 silence off1 +30s on1 reboot +30s ?siren=off +35s", "siren=fire x2:fire-alarm")]
    [InlineData("再报未响又静止后断电", "Not when it came to rest again",
        "smoke 1", "+2s on1 silence off1 +30s on1 +5s off1 +1s reboot +2m", "siren=off silenced=yes")]
    [InlineData("预警中的部位不得远程屏蔽", "Nor can a zone that waits for its second",
        "smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "on1 shield1=60", "result=fire-is-latched dis=- pre=1")]
    [InlineData("等延时的部位不得远程测试", "Or for its delay", "smoke 1 delayS=30", "on1 +5s try1=60 ?result=fire-is-latched +30s", "fire=1")]
    [InlineData("等验证的部位不得远程动火", "Or for its verification",
        "smoke 1 verifyS=30", "on1 +5s hot1=60 ?result=fire-is-latched +30s", "fire=1")]
    [InlineData("测试中的部位可续测试", "A test of a zone that is active in it can be made longer",
        "smoke 1", "try1=5 on1 try1=60", "result=done test=1")]
    [InlineData("监管部位屏蔽期满时正等延时", "What waits for its delay when a disablement ends is not said to be restored",
        "valve 1 delayS=60", "+2s on1 +61s ?sup=1 shield1=10 off1 +580s on1 +25s ?dis=- +60s",
        "sup=1 !supervisory-restored x1:supervisory")]
    [InlineData("水泵故障屏蔽期满时正等延时", "Nor a fault that the equipment reports",
        "pump-fault 1 delayS=60", "+2s on1 +61s ?fault=1 shield1=10 off1 +580s on1 +25s ?dis=- +60s", "fault=1 !fault-restored x1:fault")]
    public void Alarms(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);
}
