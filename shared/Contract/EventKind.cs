// Owns: the numbers of the kinds of event, their lanes and their names.
// Must never: reuse or renumber a kind; a kind that is no longer written keeps its number.

namespace Gateway.Contract
{
    /// <summary>
    /// What happened. 1-99 belong to the fire lane, 100-199 to the condition lane, 200-299 to the routine lane;
    /// <see cref="Loss"/> stands in whichever lane lost records.
    /// </summary>
    public static class EventKind
    {
        // Fire lane.
        public const int FireAlarm = 1;
        public const int PreAlarm = 2;
        public const int FireRestored = 3;
        public const int Silenced = 4;
        public const int Reset = 5;
        public const int ResetRefused = 6;
        public const int Linkage = 7;

        /// <summary>A person at the box answered the fire.</summary>
        public const int Acknowledged = 8;
        public const int FireSignalLost = 9;
        public const int HoldReleased = 10;

        // Condition lane.
        public const int Fault = 100;
        public const int FaultRestored = 101;
        public const int Supervisory = 102;
        public const int SupervisoryRestored = 103;
        public const int Shielded = 104;
        public const int ShieldEnded = 105;
        public const int TestBegan = 106;
        public const int TestEnded = 107;
        public const int TestActivation = 108;
        public const int Chattering = 109;
        public const int NoCountyAnswer = 110;
        public const int CountyAnswers = 111;
        public const int DrillBegan = 112;
        public const int DrillEnded = 113;
        public const int DutyCheckAsked = 114;
        public const int DutyCheckAnswered = 115;
        public const int DutyCheckMissed = 116;
        public const int ClockStarted = 117;
        public const int ClockMet = 118;
        public const int ClockMissed = 119;
        public const int PatrolMet = 120;
        public const int PatrolMissed = 121;
        public const int HotWorkBegan = 122;
        public const int HotWorkEnded = 123;
        public const int HotWorkLastLook = 124;
        public const int CaseOpened = 125;
        public const int CaseAged = 126;
        public const int CaseClosed = 127;
        public const int DelayOn = 128;
        public const int DelayOff = 129;
        public const int StationCode = 130;
        public const int RuleFired = 131;
        public const int Activated = 132;
        public const int Deactivated = 133;
        public const int DrillEnding = 134;
        public const int SignalLost = 135;
        public const int DutyCheckReplaced = 136;


        /// <summary>A phase of the outputs' delay ran out: nobody answered, or nobody reset.</summary>
        public const int DelayExpired = 137;

        // Routine lane.
        public const int Started = 200;
        public const int ClockSet = 201;
        public const int SettingsLoaded = 202;
        public const int SettingsRefused = 203;
        public const int NotConfigured = 204;
        public const int LogLost = 205;
        public const int LinkUp = 206;
        public const int LinkDown = 207;
        public const int SelfTest = 208;
        public const int SelfTestOverdue = 209;
        public const int CommandDone = 210;
        public const int CommandRefused = 211;
        public const int KeyPressed = 212;
        public const int SettingsTried = 213;
        public const int SettingsRolledBack = 214;
        public const int StoreNew = 215;

        /// <summary>How the box itself fares: how long it looked away from its inputs, and the memory that is left.</summary>
        public const int BoxState = 216;

        // Any lane.
        public const int Loss = 900;

        // Numbers, codes and Chinese names side by side, six a line in each; the code is the word in tables, JSON and rules.
        private static readonly int[] s_numbers =
        {
            FireAlarm, PreAlarm, FireRestored, Silenced, Reset, ResetRefused,
            Linkage, Acknowledged, Fault, FaultRestored, Supervisory, SupervisoryRestored, Shielded,
            ShieldEnded, TestBegan, TestEnded, TestActivation, Chattering, NoCountyAnswer,
            CountyAnswers, DrillBegan, DrillEnded, DutyCheckAsked, DutyCheckAnswered, DutyCheckMissed,
            ClockStarted, ClockMet, ClockMissed, PatrolMet, PatrolMissed, HotWorkBegan,
            HotWorkEnded, HotWorkLastLook, CaseOpened, CaseAged, CaseClosed, DelayOn,
            DelayOff, StationCode, RuleFired, Activated, Deactivated, DelayExpired, Started,
            ClockSet, SettingsLoaded, SettingsRefused, NotConfigured, LogLost, LinkUp,
            LinkDown, SelfTest, SelfTestOverdue, CommandDone, CommandRefused, KeyPressed,
            SettingsTried, SettingsRolledBack, Loss, FireSignalLost, HoldReleased, DrillEnding,
            SignalLost, DutyCheckReplaced, StoreNew, BoxState,
        };

        private static readonly string[] s_codes =
        {
            "fire-alarm", "pre-alarm", "fire-restored", "silenced", "reset", "reset-refused",
            "linkage", "acknowledged", "fault", "fault-restored", "supervisory", "supervisory-restored", "shielded",
            "shield-ended", "test-began", "test-ended", "test-activation", "chattering", "no-county-answer",
            "county-answers", "drill-began", "drill-ended", "duty-check-asked", "duty-check-answered", "duty-check-missed",
            "clock-started", "clock-met", "clock-missed", "patrol-met", "patrol-missed", "hot-work-began",
            "hot-work-ended", "hot-work-last-look", "case-opened", "case-aged", "case-closed", "delay-on",
            "delay-off", "station-code", "rule-fired", "activated", "deactivated", "delay-expired", "started",
            "clock-set", "settings-loaded", "settings-refused", "not-configured", "log-lost", "link-up",
            "link-down", "self-test", "self-test-overdue", "command-done", "command-refused", "key-pressed",
            "settings-tried", "settings-rolled-back", "loss", "fire-signal-lost", "hold-released", "drill-ending",
            "signal-lost", "duty-check-replaced", "store-new", "box-state",
        };

        private static readonly string[] s_chinese =
        {
            "火警", "预警", "火警恢复", "消音", "复位", "复位被拒",
            "联动", "已应答", "故障", "故障恢复", "监管", "监管恢复", "屏蔽",
            "屏蔽解除", "测试开始", "测试结束", "测试动作", "频繁动作", "上级未应答",
            "上级已应答", "演练开始", "演练结束", "查岗", "查岗已应答", "查岗未应答",
            "时限开始", "时限达到", "时限超时", "夜巡到位", "夜巡漏巡", "动火开始",
            "动火结束", "动火后检查", "隐患立案", "隐患逾期", "隐患销号", "延时启用",
            "延时停用", "赋码", "规则动作", "动作", "停止", "延时到时", "启动",
            "校时", "配置生效", "配置被拒", "未配置", "记录丢失重建", "上行接通",
            "上行断开", "自检", "自检逾期", "命令完成", "命令被拒", "按键",
            "配置试用", "配置退回", "记录遗失", "火警信号中断", "保持解除", "演练即将结束",
            "信号中断", "查岗被替换", "新建记录", "箱况",
        };

        /// <summary>The lane in which a kind is kept; <see cref="Loss"/> and unknown kinds give -1.</summary>
        public static int LaneOf(int kind)
        {
            if (kind >= 1 && kind <= 99)
            {
                return Lane.Fire;
            }

            if (kind >= 100 && kind <= 199)
            {
                return Lane.Condition;
            }

            return kind >= 200 && kind <= 299 ? Lane.Routine : -1;
        }

        /// <summary>The kind's code, such as fire-alarm; an unknown number gives kind-N, since a newer gateway may send it.</summary>
        public static string Code(int kind)
        {
            int i = Find(kind);
            return i < 0 ? "kind-" + kind.ToString() : s_codes[i];
        }

        /// <summary>The kind in Chinese, for people on duty.</summary>
        public static string Chinese(int kind)
        {
            int i = Find(kind);
            return i < 0 ? "事件" + kind.ToString() : s_chinese[i];
        }

        private static int Find(int kind)
        {
            for (int i = 0; i < s_numbers.Length; i++)
            {
                if (s_numbers[i] == kind)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
