// Owns: the Chinese of everything that the contract numbers, in the words of the field's standards and of duty rooms.
// Must never: say 被拒 to a person, 应答 of a machine, or 防区 of a place: those are of other trades.

using System;

namespace Gateway.Contract
{
    internal sealed partial class ChineseCatalogue : Catalogue
    {
        private static readonly string[] s_zoneKinds =
        {
            "", "手动报警按钮", "感烟探测器", "感温探测器", "可燃气体探测器", "水流指示器", "信号阀", "消火栓水压", "喷淋管网压力", "水箱液位", "消防水泵运行",
            "消防水泵故障", "消防水泵不在自动", "报警主机火警", "报警主机故障", "剩余电流（漏电）", "线缆超温", "主电源", "备用电源", "箱门打开", "巡更点",
        };

        private static readonly string[] s_grades = { "无", "低", "一般", "较大", "重大" };
        private static readonly string[] s_lanes = { "火警记录", "设备状态", "运行日志" };
        private static readonly string[] s_keys =
            { "", "消音键", "复位键", "应答键", "自检键", "到场键", "增援到键", "蜂鸣器消音键", "钥匙开关" };
        private static readonly string[] s_levels = { "", "村", "乡镇", "县" };
        private static readonly string[] s_colours = { "未定", "绿", "黄", "红" };
        private static readonly string[] s_origins = { "", "输入", "按键", "县平台", "联动规则", "到时", "维护人员", "时间服务器" };

        private static readonly string[] s_uses =
        {
            "", "声警报器", "光警报器", "继电器1", "继电器2", "继电器3", "继电器4", "蜂鸣器", "火警灯", "故障灯", "传输灯", "主电灯", "屏蔽灯", "测试（演练）灯",
            "监管灯", "查岗灯", "备电灯",
        };

        private static readonly string[] s_commands =
        {
            "", "查岗", "演练", "动火", "屏蔽", "测试", "校时", "读记录", "自检", "消音", "下发配置", "启用配置", "呼叫增援",
        };

        private static readonly string[] s_outcomes =
        {
            "已执行", "无可执行", "部位仍在报警", "该站没有此部位", "数值超出范围", "有火警未复位", "该站配置不允许", "该站不支持此命令", "该站存储故障",
            "配置不完整", "配置有误",
        };

        private static readonly string[] s_refusals =
        {
            "正常", "报文太短", "报文太长", "不是本系统报文", "版本不支持", "报文类型不符", "校验错", "签名不符", "数值越界", "保留位不为零", "顺序错",
            "站号未登记", "站号不符", "会话不符", "重放", "已过期", "主题不符", "同号不同内容",
        };

        private static readonly string[] s_wrongSettings =
        {
            "原因不明", "格式不对", "不认识的词", "缺少内容", "数值不允许", "重复", "太多", "内容损坏", "是其他站点的配置", "是其他主板的配置",
        };

        protected override string Comma
        {
            get { return "、"; }
        }

        protected override string Pause
        {
            get { return "，"; }
        }

        public override string Name(EventKind kind)
        {
            switch (kind)
            {
                case EventKind.FireAlarm: return "火警";
                case EventKind.PreAlarm: return "预警";
                case EventKind.FireRestored: return "部位已复原";
                case EventKind.Silenced: return "警报已消音";
                case EventKind.Reset: return "复位";
                case EventKind.ResetRefused: return "复位未成功";
                case EventKind.Linkage: return "联动";
                case EventKind.Acknowledged: return "已应答";
                case EventKind.FireSignalLost: return "火警信号中断";
                case EventKind.HoldReleased: return "保持解除";
                case EventKind.Fault: return "故障";
                case EventKind.FaultRestored: return "故障排除";
                case EventKind.Supervisory: return "监管报警";
                case EventKind.SupervisoryRestored: return "监管报警解除";
                case EventKind.Disabled: return "屏蔽";
                case EventKind.DisablementEnded: return "屏蔽解除";
                case EventKind.TestBegan: return "测试开始";
                case EventKind.TestEnded: return "测试结束";
                case EventKind.TestActivation: return "测试响应";
                case EventKind.Chattering: return "频繁报警";
                case EventKind.NoCountyAnswer: return "火警100秒未收到县平台回执";
                case EventKind.CountyAnswers: return "县平台已收到";
                case EventKind.DrillBegan: return "演练开始";
                case EventKind.DrillEnded: return "演练结束";
                case EventKind.DutyCheckAsked: return "县平台查岗";
                case EventKind.DutyCheckAnswered: return "查岗应答";
                case EventKind.DutyCheckMissed: return "查岗无人应答";
                case EventKind.ClockStarted: return "计时开始";
                case EventKind.ClockMet: return "计时完成";
                case EventKind.ClockMissed: return "计时超时";
                case EventKind.PatrolMet: return "夜巡完成";
                case EventKind.PatrolMissed: return "夜巡漏点";
                case EventKind.HotWorkBegan: return "动火作业开始";
                case EventKind.HotWorkEnded: return "动火作业结束";
                case EventKind.HotWorkLastLook: return "动火后复查";
                case EventKind.CaseOpened: return "隐患登记";
                case EventKind.CaseAged: return "隐患挂账";
                case EventKind.CaseClosed: return "隐患销号";
                case EventKind.DelayOn: return "报警延时投入";
                case EventKind.DelayOff: return "报警延时退出";
                case EventKind.StationCode: return "站点码";
                case EventKind.RuleFired: return "联动规则触发";
                case EventKind.Activated: return "动作";
                case EventKind.Deactivated: return "复归";
                case EventKind.DrillEnding: return "演练即将结束";
                case EventKind.SignalLost: return "信号中断";
                case EventKind.DutyCheckReplaced: return "查岗被新的查岗替换";
                case EventKind.DelayExpired: return "报警延时到时";
                case EventKind.Started: return "网关启动";
                case EventKind.ClockSet: return "校时";
                case EventKind.SettingsLoaded: return "配置生效";
                case EventKind.SettingsRefused: return "配置未通过";
                case EventKind.NotConfigured: return "未配置";
                case EventKind.LogLost: return "记录存储已重建";
                case EventKind.LinkUp: return "与县平台通信恢复";
                case EventKind.LinkDown: return "与县平台通信中断";
                case EventKind.SelfTest: return "自检";
                case EventKind.SelfTestOverdue: return "人工自检逾期";
                case EventKind.CommandDone: return "命令已回复";
                case EventKind.CommandRefused: return "命令未受理";
                case EventKind.KeyPressed: return "按键";
                case EventKind.SettingsTried: return "配置试运行";
                case EventKind.SettingsRolledBack: return "配置已回退";
                case EventKind.StoreNew: return "记录存储新建";
                case EventKind.BoxState: return "网关运行状况";
                case EventKind.CallOutAsked: return "增援呼叫";
                case EventKind.CallOutAnswered: return "增援出动";
                case EventKind.CallOutMissed: return "增援无人出动";
                case EventKind.UnsupervisedFires: return "报警部位断线不监视";
                case EventKind.GasOutsideRules: return "规则未含可燃气体";
                case EventKind.CallOutEnded: return "增援取消";
                case EventKind.Commissioned: return "调试记录";
                case EventKind.Loss: return "记录丢失";
                default: return "事件" + Number((int)kind);
            }
        }

        public override string Name(ZoneKind kind)
        {
            return At(s_zoneKinds, (int)kind, "类型");
        }

        public override string Name(Lane lane)
        {
            return At(s_lanes, (int)lane, "队列");
        }

        public override string Grade(Severity severity)
        {
            return At(s_grades, (int)severity, "级别");
        }

        public override string Risk(Severity severity)
        {
            return severity == Severity.None ? "" : Grade(severity) + "风险";
        }

        public override string Flag(EventFlags bit)
        {
            switch (bit)
            {
                case EventFlags.Drill: return "演练";
                case EventFlags.Test: return "测试";
                case EventFlags.FirstAlarm: return "首警";
                case EventFlags.AfterRestart: return "重启后续报";
                case EventFlags.ByPerson: return "人工/远程";
                case EventFlags.Damage: return "存储损坏";
                case EventFlags.HeldBefore: return "县平台曾存";
                default: return "标志" + Number((int)bit);
            }
        }

        public override string Cause(int cause, ZoneKind kind, BoxFault box, int key)
        {
            switch (cause)
            {
                case (int)FaultCause.Unknown: return "";
                case (int)FaultCause.Reported:
                    return kind == ZoneKind.Mains ? "主电断电" : kind == ZoneKind.Battery ? "备电故障或电压低" : "设备故障信号";
                case (int)FaultCause.ShortCircuit: return "短路";
                case (int)FaultCause.OpenCircuit: return "断线";
                case (int)FaultCause.NotRead: return "采集失败";
                case (int)FaultCause.BelowRange: return "信号低于3.6 mA（断线）";
                case (int)FaultCause.AboveRange: return "信号高于21 mA（传感器坏）";
                case (int)FaultCause.Unsteady: return "信号不稳";
                case (int)FaultCause.Chatter: return "频繁报警";
                case (int)FaultCause.AfterDrill: return "演练后未复原";
                case (int)FaultCause.Disabled: return "已屏蔽";
                case (int)FaultCause.InTest: return "测试中";
                case (int)FaultCause.Box: return BoxCause(box, key);
                default: return "原因" + Number(cause);
            }
        }

        private string BoxCause(BoxFault box, int key)
        {
            switch (box)
            {
                case BoxFault.Link: return "网关通信故障";
                case BoxFault.NoCountyAnswer: return "火警未收到县平台回执";
                case BoxFault.Flash: return "存储故障";
                case BoxFault.StandbyPath: return "备用线路故障";
                case BoxFault.Key: return Key(key) + "卡住";
                case BoxFault.Part: return "扩展芯片故障";
                case BoxFault.Display: return "显示屏故障";
                default: return "网关故障" + Number((int)box);
            }
        }

        public override string Key(int key)
        {
            return key == 0 ? "键0" : At(s_keys, key, "键");
        }

        public override string CommandName(int number)
        {
            return number == 0 ? "命令0" : At(s_commands, number, "命令");
        }

        public override string Outcome(int number)
        {
            return At(s_outcomes, number, "结果");
        }

        public override string Refusal(int number)
        {
            return At(s_refusals, number, "原因");
        }

        public override string WrongSettings(int number)
        {
            return At(s_wrongSettings, number, "原因");
        }

        public override string OriginName(int number)
        {
            return At(s_origins, number, "来源");
        }

        public override string StartName(int number)
        {
            switch (number)
            {
                case (int)StartReason.Unknown: return "";
                case (int)StartReason.PowerOn: return "上电";
                case (int)StartReason.Asked: return "按要求";
                case (int)StartReason.Watchdog: return "看门狗";
                case (int)StartReason.Renumbered: return "启动号调整";
                case (int)StartReason.Fault: return "程序异常";
                default: return "原因" + Number(number);
            }
        }

        public override string TestPart(SelfTestPart bit)
        {
            switch (bit)
            {
                case SelfTestPart.Flash: return "存储";
                case SelfTestPart.Inputs: return "线路";
                case SelfTestPart.Link: return "县平台通信";
                case SelfTestPart.Clock: return "时钟校时";
                case SelfTestPart.Power: return "主电备电";
                case SelfTestPart.Lamps: return "指示灯";
                case SelfTestPart.Sounders: return "声光警报器";
                default: return "项目" + Number((uint)bit);
            }
        }

        public override string Level(int level)
        {
            return At(s_levels, level, "级");
        }

        public override string Colour(int code)
        {
            return At(s_colours, code, "码");
        }

        public override string Condition(ConditionBits bit)
        {
            switch (bit)
            {
                case ConditionBits.Fire: return "火警";
                case ConditionBits.PreAlarm: return "预警";
                case ConditionBits.Fault: return "故障";
                case ConditionBits.Disabled: return "屏蔽";
                case ConditionBits.Test: return "测试";
                case ConditionBits.Supervisory: return "监管报警";
                case ConditionBits.Drill: return "演练";
                case ConditionBits.Silenced: return "已消音";
                case ConditionBits.DutyCheck: return "查岗";
                case ConditionBits.HotWork: return "动火作业";
                case ConditionBits.DelayOn: return "报警延时";
                case ConditionBits.NotConfigured: return "未配置";
                case ConditionBits.NoCountyAnswer: return "县平台未收到火警";
                case ConditionBits.Patrol: return "夜巡时段";
                case ConditionBits.CallOut: return "增援呼叫";
                default: return "状态" + Number((int)bit);
            }
        }

        public override string Place(int zone, ZoneKind kind, PlaceNames names)
        {
            string name = names.Zone(zone);
            string what = kind == ZoneKind.None || (name.Length > 0 && !names.WithKinds) ? "" : "（" + Name(kind) + "）";
            return Number(zone) + "号" + (name.Length == 0 ? "" : " " + name) + what;
        }

        public override string Places(uint zones)
        {
            return zones == 0 ? "" : Numbers(zones) + "号";
        }

        public override string Output(int number, PlaceNames names)
        {
            string name = names.Output(number);
            return name.Length == 0 ? "输出" + Number(number) : name;
        }

        public override string Use(OutputUse use)
        {
            return At(s_uses, (int)use, "输出用途");
        }

        public override string Duration(long seconds)
        {
            long s = Math.Abs(seconds);
            string text = s < 60 ? Number(s) + "秒"
                : s < 3_600 ? Two(s, 60, "分", 1, "秒")
                : s < 86_400 ? Two(s, 3_600, "小时", 60, "分")
                : Two(s, 86_400, "天", 3_600, "小时");
            return seconds < 0 ? "-" + text : text;
        }

        protected override string Milliseconds(int ms)
        {
            return Number(ms / 1000m, "0.0") + "秒";
        }

        protected override string UnknownUnit(Unit unit)
        {
            return "单位" + Number((int)unit);
        }

        protected override string InBrackets(string words)
        {
            return "（" + words + "）";
        }

        private static string Two(long s, long large, string largeWord, long small, string smallWord)
        {
            long rest = s % large / small;
            return Number(s / large) + largeWord + (rest == 0 ? "" : Number(rest) + smallWord);
        }

        private static string At(string[] words, int number, string otherwise)
        {
            return number >= 0 && number < words.Length ? words[number] : otherwise + Number(number);
        }
    }
}
