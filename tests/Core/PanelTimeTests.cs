// Owns: the behaviour of local time: windows over midnight of delay, patrol and rules, and a clock that becomes known or moves.
// Must never: reach into the panel; it turns wires and keys.

using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows as in tests/Device; these are for the PC alone, since the device's test assembly has no place for more texts.</summary>
public sealed class PanelTimeTests
{
    private const string Night = "smoke 1 | delay t1S=30 t2S=60 from=22:00 to=06:00 days=1-5";
    private const string Rounds = "patrol 1 | patrol 2 | patrol 1 zones=1 from=22:00 to=02:00 days=1-5";
    private const string Point = "patrol 1 | patrol 1 zones=1 from=22:00 to=23:00";
    private const string Rule = "smoke 1 | rule 1 if fire:any and time:22:00-06:00 and day:1-5 then relay3:on";

    [Theory]
    [InlineData("周一凌晨属周日", "Monday at two is Sunday's night: no delay", Night, "at=1T02:00 on1", "delay=off siren=fire")]
    [InlineData("周五夜到周六凌晨", "Saturday at two is Friday's night: the delay is on", Night, "at=6T02:00 on1", "delay=hold siren=off")]
    [InlineData("周六夜不延时", "Saturday evening has none", Night, "at=6T23:00 on1", "delay=off siren=fire")]
    [InlineData("跨零点不中断", "At midnight after Friday it goes on", Night, "at=5T23:50 +20m on1", "delay=hold !delay-off")]
    [InlineData("规则同理：周一凌晨", "A rule's days likewise: not on Monday at two", Rule, "at=1T02:00 on1", "relay3=off")]
    [InlineData("规则同理：周六凌晨", "But on Saturday at two", Rule, "at=6T02:00 on1", "relay3=on")]
    [InlineData("规则同理：周六夜", "And not in the evening of Saturday", Rule, "at=6T23:00 on1", "relay3=off")]
    [InlineData("无时段的规则按日历日", "A rule without a window goes by the calendar",
        "smoke 1 | rule 1 if fire:any and day:6 then relay3:on", "at=6T02:00 on1", "relay3=on")]
    [InlineData("夜巡同理：周一凌晨", "A patrol likewise: no window on Monday at one", Rounds, "at=1T01:00 +2h", "!patrol-missed")]
    [InlineData("夜巡同理：周六凌晨", "But on Saturday at one", Rounds, "at=6T01:00 on1 off1", "@patrol-met/a1")]
    [InlineData("校时当拍生效：夜巡", "A point that is pressed right after the clock is known counts",
        Point, "+5s at=1T22:10 on1", "@patrol-met/a1")]
    [InlineData("校时当拍生效：规则", "So does a rule of that time", Rule, "+5s at=1T23:00 on1", "relay3=on")]
    [InlineData("校时当拍生效：延时", "And the delay", Night, "+5s at=1T23:00", "delay=on @delay-on")]
    [InlineData("回拨当拍生效", "A step back acts at once", Night, "at=1T23:00 +30s at=1T21:59", "delay=off @delay-off")]
    [InlineData("校时前不延时", "While the time is unknown nothing is delayed", Night, "+5s on1", "delay=off siren=fire")]
    [InlineData("已到位后回拨不重判", "A window that was met is not judged again after a step back",
        Point, "at=1T22:10 on1 off1 +5m at=1T21:50 +2h", "x1:patrol-met !patrol-missed")]
    [InlineData("已漏巡后回拨不重判", "Nor one that was missed",
        Point, "at=1T22:10 +1h at=1T22:30 on1 off1 +1h", "x1:patrol-missed !patrol-met")]
    [InlineData("窗口外回拨不算漏巡", "A step back to before the begin is no miss, and what was seen counts",
        "patrol 1 | patrol 2 | patrol 1 zones=1,2 from=22:00 to=23:00",
        "at=1T22:01 on1 off1 at=1T21:55 ?!patrol-missed +10m on2 off2 +2h", "x1:patrol-met !patrol-missed")]
    [InlineData("回拨一日", "A step back by a day leaves the later window without a judgement",
        Point, "at=2T22:10 at=1T22:10 on1 off1 +1h ?!patrol-missed +24h", "x1:patrol-met x1:patrol-missed")]
    [InlineData("时钟快八天后纠正", "After a clock that was eight days ahead the windows of now are judged",
        Point, "at=9T22:10 +2h ?x1:patrol-missed at=1T22:10 on1 off1 +1h", "x1:patrol-met x1:patrol-missed")]
    [InlineData("频繁按下也算到位", "A point that is pressed too often for the log counts all the same",
        "patrol 1 chatter=2 | patrol 1 zones=1 from=22:00 to=23:00",
        "at=1T21:50 on1 off1 on1 off1 on1 off1 on1 off1 ?@chattering/1 +15m on1 off1 +1h", "@patrol-met/a1 !patrol-missed")]
    [InlineData("次日窗口照常", "The next day's window is another one",
        Point, "at=1T22:10 on1 off1 +24h on1 off1 +1h", "x2:patrol-met !patrol-missed")]
    [InlineData("停电一昼夜", "A window in which the power went is missed when it comes back a day later, and the next one opens",
        Point, "at=1T22:10 +1s reboot at=2T22:10 on1 off1 +1h", "x1:patrol-missed x1:patrol-met")]
    [InlineData("重启后不重判", "What was judged before a restart stays judged",
        Point, "at=1T22:10 on1 off1 +1s reboot at=1T22:20 +1h", "x1:patrol-met !patrol-missed")]
    [InlineData("关窗后重启并回拨", "Also when the clock comes back behind",
        Point, "at=1T22:10 +1h reboot at=1T22:20 +1h", "x1:patrol-missed")]
    public void Times(string chinese, string english, string settings, string steps, string expected)
    {
        Behaviour.Holds(chinese, english, settings, steps, expected);
    }
}
