// Owns: the behaviour of the village's work: one button, 135, duty check, patrol, hot work, drill, cases, station code.
// Must never: hold state in an object; the device calls these methods without one.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Rows: name in Chinese and English, settings, steps, what is expected. The words are explained in Support.</summary>
    [TestClass]
    public class PanelVillageTests
    {
        private const string Clocks = "smoke 1 | clocks";
        private const string Scene135 = "smoke 1 | clocks from=scene";
        private const string Patrol = "patrol 1 | patrol 2 | patrol 1 zones=1,2 from=22:00 to=02:00";

        [DataRow("一键联动", "One button: siren, strobe, relays, and upward at once",
            "callpoint 1", "+1s on1 +1s", "siren=fire strobe=on relay1=on relay2=on lamp-link=on @fire-alarm/1/s3")]
        [DataRow("135启动", "The three clocks start with the local alarm",
            Clocks, "on1", "@clock-started/a1/v60/c1 @clock-started/a2/v180/c1 @clock-started/a3/v300/c1")]
        [DataRow("一分钟应答", "An answer within a minute is met", Clocks, "on1 +30s answer", "@clock-met/a1/f16 !clock-missed level=0")]
        [DataRow("消音不是应答", "Silence is no answer", Clocks, "on1 +30s silence +31s", "@clock-missed/a1 !clock-met !acknowledged")]
        [DataRow("三分钟到场", "On the scene within three minutes", Clocks, "on1 answer +120s scene", "@clock-met/a2 !clock-missed")]
        [DataRow("到场即应答", "Who is on the scene has answered", Clocks, "on1 +20s scene", "@clock-met/a1 @clock-met/a2")]
        [DataRow("五分钟联合", "Joined within five minutes", Clocks, "on1 answer scene +200s joined", "@clock-met/a3 !clock-missed level=0")]
        [DataRow("一分钟无人应答上报村", "Nobody answers: the village is told", Clocks, "on1 +61s", "@clock-missed/a1/b1/s2/v60 level=1")]
        [DataRow("三分钟未到场上报镇", "Nobody comes: the township is told", Clocks, "on1 +181s", "@clock-missed/a2/b2/s3 level=2")]
        [DataRow("五分钟未联合上报县", "Nobody joins: the county is told", Clocks, "on1 +301s", "@clock-missed/a3/b3/s4 level=3 x3:clock-missed")]
        [DataRow("迟到也有记录", "Who comes late is on record with the time",
            Clocks, "on1 +90s answer", "@clock-missed/a1 @clock-met/a1 x1:clock-missed")]
        [DataRow("乡村十五分钟", "In the countryside the limit is fifteen minutes",
            "smoke 1 | clocks sceneS=0 joinS=900", "on1 answer +14m", "!clock-missed !clock-started/a2")]
        [DataRow("乡村超时", "After fifteen minutes it is missed",
            "smoke 1 | clocks sceneS=0 joinS=900", "on1 answer +16m", "@clock-missed/a3/b3/v900")]
        [DataRow("另一种135：应答不算到场", "In the second reading an answer is not on the scene",
            Scene135, "on1 answer +61s", "@clock-missed/a1 !clock-met")]
        [DataRow("另一种135：本站到场", "In the second reading the own station's arrival meets the first clock",
            Scene135, "on1 +50s scene", "@clock-met/a1 !clock-met/a2")]
        [DataRow("另一种135：邻站与消防队", "Then the neighbours, then the brigade",
            Scene135, "on1 scene +60s joined ?!clock-met/a3 +60s joined", "@clock-met/a2 @clock-met/a3 !clock-missed")]
        [DataRow("复位停表", "A reset stops the clocks", Clocks, "on1 off1 reset +10m", "!clock-missed level=0")]
        [DataRow("第二区不重新计时", "A second zone does not start them anew",
            "smoke 1 | smoke 2 | clocks", "on1 +30s on2 +31s", "@clock-missed/a1 x3:clock-started")]
        [DataRow("无时限设置", "Without the setting there are no clocks", "smoke 1", "on1 +10m", "!clock-started !clock-missed")]
        [DataRow("演练同样计时", "A drill runs the same clocks, flagged",
            Clocks, "drill=30 on1 +61s", "@clock-missed/a1/f1 @clock-started/a1/f1")]
        [DataRow("查岗", "A duty check sounds and flashes on its own",
            "smoke 1", "duty=10", "duty=asked buzzer=duty lamp-duty=flash siren=off @duty-check-asked/a3/v600")]
        [DataRow("查岗应答", "The answer key ends it",
            "smoke 1", "duty=10 +30s answer", "duty=no buzzer=off lamp-duty=off @duty-check-answered/f16 !duty-check-missed")]
        [DataRow("查岗十分钟未应答", "Ten minutes without an answer are missed",
            "smoke 1", "duty=10 +9m ?duty=asked +61s", "duty=no buzzer=off @duty-check-missed/s2/v600")]
        [DataRow("查岗不可消音", "Silence is no answer", "smoke 1", "duty=10 silence", "duty=asked buzzer=duty")]
        [DataRow("查岗时限", "A duty check of more than ten minutes is refused", "smoke 1", "duty=11", "result=out-of-range duty=no")]
        [DataRow("查岗时来火警", "A fire during a duty check sounds as fire", "smoke 1", "duty=10 on1", "siren=fire duty=asked")]
        [DataRow("再次查岗", "A new duty check takes the old one's place",
            "smoke 1", "duty=2 +1m duty=10 +3m", "duty=asked !duty-check-missed @duty-check-replaced/a3/v60 x2:duty-check-asked")]
        [DataRow("夜巡到位", "A patrol with all its points is met",
            Patrol, "at=1T22:10 +61s on1 off1 +5m on2 off2", "@patrol-met/a1 !patrol-missed")]
        [DataRow("夜巡跨零点", "A window over midnight stays one window",
            Patrol, "at=1T23:50 +61s on1 off1 +30m on2 off2 +3h", "@patrol-met/a1 !patrol-missed")]
        [DataRow("漏巡", "A missing point is named when the window closes",
            Patrol, "at=1T22:10 +61s on1 off1 +4h", "@patrol-missed/2/a1/s2 !patrol-met")]
        [DataRow("窗口外不算巡更", "A press outside the window does not count",
            Patrol, "at=1T21:00 +61s on1 off1 on2 off2 +6h", "@patrol-missed/1 !patrol-met")]
        [DataRow("时钟未知不判漏巡", "Without a clock no patrol is judged", Patrol, "+12h", "!patrol-missed")]
        [DataRow("零点后开机仍属前一日", "A box that starts after midnight is still in the window of the day before",
            "patrol 1 | patrol 1 zones=1 from=22:00 to=02:00 days=1", "at=2T00:30 +61s on1 off1", "@patrol-met/a1")]
        [DataRow("按星期夜巡", "A patrol of other days has no window",
            "patrol 1 | patrol 1 zones=1 from=22:00 to=02:00 days=6,7", "at=1T21:00 +8h", "!patrol-missed")]
        [DataRow("测试不算巡更", "A button in test is no patrol",
            "patrol 1 | patrol 1 zones=1 from=22:00 to=23:00", "at=1T22:10 +61s try1=30 on1 off1", "!patrol-met")]
        [DataRow("动火屏蔽", "Hot work disables its zones",
            "smoke 1 | smoke 2", "hot1=60 on1", "fire=- dis=1 shown=dH @hot-work-began/b1/v3600/a3")]
        [DataRow("动火不屏蔽他区", "Hot work does not hide another zone", "smoke 1 | smoke 2", "hot1=60 on2", "fire=2 siren=fire")]
        [DataRow("动火自动结束并要求检查", "Hot work ends by itself and asks for a last look",
            "smoke 1", "hot1=30 +31m", "dis=- look=asked lamp-duty=flash buzzer=look @hot-work-ended/a5/b1 @hot-work-last-look/a0")]
        [DataRow("动火后检查完成", "The answer key says that somebody has looked",
            "smoke 1", "hot1=30 +31m answer", "look=no buzzer=off @hot-work-last-look/a1/f16")]
        [DataRow("动火后未检查", "A last look that nobody has is missed",
            "smoke 1 | hotwork lookMin=20", "hot1=30 +51m", "look=no @hot-work-last-look/a2/s2")]
        [DataRow("动火结束仍动作即火警", "A zone still active at the end is a fire", "smoke 1", "hot1=30 on1 +31m", "fire=1 siren=fire")]
        [DataRow("提前结束动火", "A permit can be ended early", "smoke 1", "hot1=60 +5m hot1=0", "dis=- look=asked @hot-work-ended/a3")]
        [DataRow("动火不得屏蔽手报", "A call point can't be under a permit", "smoke 1 | callpoint 2", "hot1,2=60", "result=not-allowed dis=-")]
        [DataRow("动火未知部位", "A permit for an unknown zone is refused", "smoke 1", "hot1,9=60", "result=unknown-zone dis=-")]
        [DataRow("动火时限", "A permit of more than twelve hours is refused", "smoke 1", "hot1=721", "result=out-of-range")]
        [DataRow("演练", "In a drill its events carry the flag and the siren its own sound",
            "smoke 1", "drill=30 on1", "fire=1 siren=drill lamp-test=on @drill-began/v1800/b1/c0/f1 @fire-alarm/1/f5")]
        [DataRow("演练不联动", "In a drill the relays rest", "smoke 1", "drill=30 on1", "relay1=off relay2=off !linkage")]
        [DataRow("演练规则也不联动", "Rules' relays rest too",
            "smoke 1 | rule 1 if fire:z1 then relay3:on relay4:hold", "drill=30 on1", "relay3=off relay4=off")]
        [DataRow("允许时演练可联动", "Relays act in a drill where the settings allow it",
            "smoke 1 | drill linkage=yes", "drill=30 on1", "relay1=on @drill-began/b1/c1")]
        [DataRow("演练自动结束", "A drill ends by itself and its fires are let go",
            "smoke 1", "drill=30 on1 off1 +31m", "drill=off fire=- siren=off @drill-ended/a5/b1/f1")]
        [DataRow("演练结束仍动作即真火警", "A zone that still signals at the end is a real fire",
            "smoke 1", "drill=30 on1 +31m", "fire=1 siren=fire relay1=on @fire-alarm/1/f4")]
        [DataRow("演练中按自检键即中止演练", "The test key breaks a drill off, and what still signals is a real fire at once",
            "smoke 1", "drill=30 on1 test", "drill=off fire=1 siren=fire relay1=on lamp-test=flash @drill-ended/a2/b3 @fire-alarm/1/f4")]
        [DataRow("演练之后是真火警", "A fire after the drill is a real one",
            "smoke 1", "drill=30 on1 off1 drill=0 on1", "siren=fire relay1=on @fire-alarm/1/f4 @fire-alarm/1/f5")]
        [DataRow("火警中不得演练", "No drill begins while a fire is latched",
            "smoke 1", "on1 drill=30", "result=fire-is-latched drill=off siren=fire")]
        [DataRow("演练结束继电器不突动", "Relays that rested do not act when the drill ends",
            "smoke 1 | rule 1 if fire:z1 then relay4:hold", "drill=30 on1 off1 drill=0 +1m", "relay4=off fire=-")]
        [DataRow("演练时限", "A drill longer than the settings allow is refused",
            "smoke 1 | drill maxMin=60", "drill=61", "result=out-of-range drill=off")]
        [DataRow("隐患立案", "A fault that lasts opens a case",
            "smoke 1 wiring=line", "+10s cut1 +6m", "cases=1 code=yellow @case-opened/1/s2 @station-code/a2/b1/v1")]
        [DataRow("短时故障不立案", "A short fault opens none",
            "smoke 1 wiring=line", "+10s cut1 +1m off1 +10m", "cases=- code=green !case-opened")]
        [DataRow("监管也立案", "A pump not in automatic is a hidden danger", "pump-not-auto 1", "+10s on1 +6m", "cases=1 @case-opened/1")]
        [DataRow("修复销号", "Only the restore strikes a case off",
            "smoke 1 wiring=line", "+10s cut1 +2h off1 +1s", "cases=- code=green @case-closed/1")]
        [DataRow("屏蔽不销号", "Disabling closes no case",
            "smoke 1 wiring=line", "+10s cut1 +10m shield1=60 +5m", "cases=1 !case-closed fault=-")]
        [DataRow("测试不销号也不立案", "A test neither opens nor closes a case",
            "valve 1 | valve 2", "+10s on1 +6m try1=60 try2=60 off1 on2 +10m", "cases=1 !case-closed x1:case-opened")]
        [DataRow("隐患逾期一天", "A case ages: a day",
            "smoke 1 wiring=line", "at=1T00:00 +10s cut1 +25h", "@case-aged/1/v86400/s2 code=yellow")]
        [DataRow("隐患逾期十五天变红", "After fifteen days the station is red",
            "smoke 1 wiring=line", "at=1T00:00 +10s cut1 +16d", "code=red @case-aged/1/s3 @station-code/a3/s3")]
        [DataRow("变红天数可设", "The days to red are a setting",
            "smoke 1 wiring=line | cases redDays=7", "at=1T00:00 +10s cut1 +8d", "code=red @case-aged/1/s3")]
        [DataRow("每日自动自检", "A self-test runs by itself every day", "smoke 1", "at=1T02:30 +40m", "x1:self-test/f0 @self-test/a0/b31")]
        [DataRow("一天只自检一次", "Once a day", "smoke 1", "at=1T02:30 +20h", "x1:self-test")]
        [DataRow("自检报出失败项", "A self-test names what failed", "smoke 1 wiring=line", "at=1T02:30 cut1 +40m", "@self-test/a2/s1")]
        [DataRow("没有时钟每天也自检", "Without a clock it runs once a running day", "smoke 1", "+23h ?!self-test +2h", "x1:self-test")]
        [DataRow("绿码每月自检", "Green: a test by a person is due every month",
            "smoke 1", "at=1T00:00 +29d ?code=green ?!self-test-overdue +2d", "code=yellow @self-test-overdue")]
        [DataRow("人工自检后回绿", "After the test by a person it is green again",
            "smoke 1", "at=1T00:00 +31d test +1s", "code=green @self-test/f16")]
        [DataRow("黄码每周自检", "Yellow: every week",
            "smoke 1 wiring=line | cases redDays=20", "at=1T00:00 +10s cut1 +8d", "code=yellow @self-test-overdue")]
        [DataRow("自动自检不代替人工", "The automatic test does not count as the person's", "smoke 1", "at=1T00:00 +31d", "@self-test-overdue")]
        public void Village(string chinese, string english, string settings, string steps, string expected)
        {
            Behaviour.Holds(chinese, english, settings, steps, expected);
        }
    }
}
