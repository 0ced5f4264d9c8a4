// Owns: the Chinese sentence of each kind of event.
// Must never: leave a place without its number, or say of a latched fire that it is over.

namespace Gateway.Contract
{
    internal sealed partial class ChineseCatalogue
    {
        protected override string What(EventRecord r, PlaceNames names)
        {
            string name = Name(r.Kind);
            string place = PlaceOf(r, names);
            string value = ValueOf(r);
            switch (r.Kind)
            {
                case EventKind.FireAlarm:
                    name = r.ZoneKind == ZoneKind.Gas ? "可燃气体报警" : name;
                    return Join(name, place, r.B == 0 ? "" : "再次报警", With(r, names), value, ByRule(r));
                case EventKind.PreAlarm:
                    return Join(name, place, value) + "（单只报警，待核实）";
                case EventKind.FireRestored:
                    return Join(name, place, value) + "（火警保持）";
                case EventKind.Reset:
                    return name + (r.A == 0 ? "" : "（原火警 " + Places((uint)r.A) + "）");
                case EventKind.ResetRefused:
                    return name + (r.C == 1 ? "：钥匙开关未打开" : "") + (r.Zone == 0 ? "" : "：" + Join(place, value) + (r.B == 0 ? "仍在报警"
                        : "仍在动作，规则" + Number(r.Rule) + "继续保持" + Output(r.B, names)));
                case EventKind.Linkage:
                    return Join(name + (r.B == 0 ? "停止" : "启动"), r.A == 0 ? "广播" + Number(r.C) + "号" : Output(r.A, names),
                        place, ByRule(r));
                case EventKind.Acknowledged:
                    return name + Bracketed(Taken(r), Places((uint)r.A));
                case EventKind.FireSignalLost:
                    return Join(name, place) + Bracketed(CauseOf(r), "火警保持");
                case EventKind.HoldReleased:
                    return Join(name, Output(r.A, names), place) + Bracketed(Cause(r.B, r.ZoneKind, BoxFault.None, 0));
                case EventKind.GasOutsideRules:
                    return name + "：" + Places((uint)r.A) + "不算 fire:，联动请用 gas:";
                case EventKind.UnsupervisedFires:
                    return name + "：" + Places((uint)r.A) + "接普通触点，断线不报故障，请改接监视线路";
                case EventKind.Fault:
                    return Join(name, place, CauseOf(r), value);
                case EventKind.FaultRestored:
                    return Join(name, place) + (r.A == 0 ? "" : "（原" + CauseOf(r) + "）");
                case EventKind.Disabled:
                    return Join(name, place) + Bracketed(value, "此处不报警");
                case EventKind.TestBegan:
                    return Join(name, place) + Bracketed(value);
                case EventKind.Chattering:
                    return Join(name, place) + "（本小时" + Number(r.Value) + "次）";
                case EventKind.NoCountyAnswer:
                case EventKind.CountyAnswers:
                    return name;
                case EventKind.DrillBegan:
                    return name + Bracketed(Places((uint)r.B), value, r.C == 1 ? "允许外部联动" : "");
                case EventKind.DrillEnded:
                    return name + Bracketed(DrillEnding(r, place));
                case EventKind.DrillEnding:
                    return name + (r.Unit == Unit.None ? "" : "（还有" + value + "）");
                case EventKind.DutyCheckAsked:
                case EventKind.CallOutAsked:
                    return name + (r.Unit == Unit.None ? "" : "（限" + value + "）");
                case EventKind.DutyCheckAnswered:
                case EventKind.CallOutAnswered:
                    return name + Bracketed(Taken(r));
                case EventKind.CallOutEnded:
                    return name + Bracketed(r.B == (int)CallOutEnd.Replaced ? "另有增援呼叫" : "", OriginName(r.A));
                case EventKind.CallOutMissed:
                case EventKind.DutyCheckMissed:
                case EventKind.DutyCheckReplaced:
                    return name + (r.Unit == Unit.None ? "" : "（等了" + value + "）");
                case EventKind.ClockStarted:
                    return ClockName(r.A) + name + (r.Unit == Unit.None ? "" : "（限" + value + "）");
                case EventKind.ClockMet:
                    return Join(ClockDone(r.A), r.B > 0 && r.Value > r.B ? "迟到" : "", Taken(r))
                        + (r.B > 0 ? "（限" + Duration(r.B) + "）" : "");
                case EventKind.ClockMissed:
                    return (r.A == 3 ? value + "增援未到" : r.A == 2 ? value + "未到场" : value + "无人应答") + "→" + Level(r.B);
                case EventKind.PatrolMet:
                    return name + " 第" + Number(r.A) + "班" + Bracketed(Taken(r));
                case EventKind.PatrolMissed:
                    return name + " 第" + Number(r.A) + "班" + (place.Length == 0 ? "" : "：" + place) + More(r);
                case EventKind.HotWorkBegan:
                    return name + Bracketed(r.B == 0 ? "" : Places((uint)r.B) + "屏蔽", value);
                case EventKind.HotWorkEnded:
                    return name + "，恢复监视" + Bracketed(Places((uint)r.B));
                case EventKind.HotWorkLastLook:
                    return r.A == 0 ? "待" + name : r.A == 1 ? name + "完成" : r.A == 2 ? name + "漏做" : name + Number(r.A);
                case EventKind.CaseOpened:
                    return Join(name, place, Risk(r.Severity));
                case EventKind.CaseAged:
                    return Join(name + Aged(r.Value), place, Risk(r.Severity));
                case EventKind.CaseClosed:
                    return Join(name, place) + "（挂账" + (r.Value < 3_600 ? "不足1小时" : Duration(r.Value)) + "）";
                case EventKind.DelayOn:
                    return name + (r.Unit == Unit.None ? "" : "（最长" + value + "）");
                case EventKind.DelayExpired:
                    return name + Bracketed(value, r.A == 1 ? "无人应答" : r.A == 2 ? "未复位" : "", Places((uint)r.B));
                case EventKind.StationCode:
                    return Join(name, Colour(r.B) + "→" + Colour(r.A)) + (r.Value > 0 ? "（在办隐患" + Number(r.Value) + "处）" : "");
                case EventKind.RuleFired:
                    return Join("联动规则" + Number(r.Rule) + "触发", Places((uint)r.A), Risk(r.Severity));
                case EventKind.Activated:
                    return Join(r.ZoneKind == ZoneKind.PatrolButton ? "打点" : r.ZoneKind == ZoneKind.PumpRun ? "启动" : name, place, value);
                case EventKind.Deactivated:
                    return Join(r.ZoneKind == ZoneKind.PumpRun ? "停止" : name, place, value);
                case EventKind.SignalLost:
                    return Join(name, place) + Bracketed(CauseOf(r), r.B == 0 ? "" : "原" + Name((EventKind)r.B));
                case EventKind.Started:
                    return r.A == (int)StartReason.PowerOn ? "网关开机" : r.A == 0 ? name : "网关重启（" + StartName(r.A) + "）";
                case EventKind.ClockSet:
                    return name + Bracketed(r.B == 1 ? "开机首次" : "调整" + Step(r), OriginName(r.C));
                case EventKind.SettingsLoaded:
                case EventKind.SettingsRolledBack:
                    return name + Bracketed("校验码 " + Checksum(r.A), OriginName(r.B));
                case EventKind.SettingsTried:
                    return name + Bracketed("校验码 " + Checksum(r.A), OriginName(r.B), value.Length == 0 ? "" : "限" + value);
                case EventKind.SettingsRefused:
                    return name + "：" + (r.A == 0 ? "全文" : "第" + Number(r.A) + "行第" + Number(r.B) + "列") + "：" + WrongSettings(r.C >> 8)
                        + (r.Value > 1 ? "（共" + Number(r.Value) + "处）" : "");
                case EventKind.LogLost:
                    return r.B == 1 ? "存储不可用，记录暂存内存" : "记录存储损坏，已重建";
                case EventKind.LinkUp:
                    return name + Bracketed(r.Value > 0 ? "中断" + value : "", r.A == 1 ? "备用线路" : "");
                case EventKind.LinkDown:
                    return name + Bracketed(r.A == 1 ? "备用线路" : "");
                case EventKind.SelfTest:
                    return (r.A == 0 ? "自检合格" : "自检不合格：" + TestParts(r.A))
                        + Bracketed(Labelled("合格：", r.B & ~r.A & Judged), Labelled("请看听：", r.B & ~Judged));
                case EventKind.Commissioned:
                    return name + Bracketed("已试" + Number(r.Value) + "处", (r.A & ~r.B) == 0 ? "" : "未试" + Places((uint)(r.A & ~r.B)),
                        "输出已试" + Ones(r.C >> 8) + "个", Ones(r.C) == "0" ? "" : "输出未试" + Ones(r.C) + "个");
                case EventKind.SelfTestOverdue:
                    return name + value;
                case EventKind.CommandDone:
                    return Done(r);
                case EventKind.CommandRefused:
                    return name + "：" + (r.B == 0 ? "" : CommandName(r.B)) + "（" + Refusal(r.Value) + "）";
                case EventKind.KeyPressed:
                    return "按" + Key(r.A) + Bracketed(Pressed(r.A));
                case EventKind.BoxState:
                    return Join(name, r.Value > 0 ? "最长停顿" + Milliseconds(r.Value) : "", Kilobytes("余内存", r.A),
                        Kilobytes("余系统内存", r.B),
                        r.C > 0 ? "最长写入" + Milliseconds(r.C) : "");
                case EventKind.Loss:
                    return name + " " + ((r.Flags & EventFlags.Damage) != 0 ? "至少" : "") + Number(r.Value) + "条"
                        + Bracketed(r.A == 0 && r.B == 0 ? "尚未编号" : "序号" + Number((uint)r.A) + "–" + Number((uint)r.B),
                            r.C == 0 ? "" : "跨" + Duration(r.C));
                default:
                    return Join(name, place, value, ByRule(r));
            }
        }

        private string With(EventRecord r, PlaceNames names)
        {
            return r.OtherZone == 0 ? "" : "与" + Place(r.OtherZone, ZoneKind.None, names);
        }

        private static string ByRule(EventRecord r)
        {
            return r.Rule == 0 ? "" : "依据规则" + Number(r.Rule);
        }

        private string Taken(EventRecord r)
        {
            return r.Unit == Unit.None ? "" : "用时" + ValueOf(r);
        }

        private string More(EventRecord r)
        {
            uint others = r.Zone < 1 || r.Zone > 32 ? (uint)r.B : (uint)r.B & ~(1u << (r.Zone - 1));
            return others == 0 ? "" : "，另有" + Places(others);
        }

        private static string ClockName(int clock)
        {
            return clock == 1 ? "应答" : clock == 2 ? "到场" : clock == 3 ? "增援" : "";
        }

        private static string ClockDone(int clock)
        {
            return clock == 1 ? "已应答" : clock == 2 ? "已到场" : clock == 3 ? "增援已到" : "计时完成";
        }

        // The two first ages are fixed; what comes behind them is the limit that the settings set.
        private string Aged(int seconds)
        {
            int days = seconds / 86_400;
            return days == 1 || days == 7 ? "满" + Number(days) + "天" : "已逾期（" + Duration(seconds) + "）";
        }

        private static string DrillEnding(EventRecord r, string place)
        {
            switch (r.B)
            {
                case (int)DrillEnd.Unknown: return "";
                case (int)DrillEnd.Time: return "到时";
                case (int)DrillEnd.Command: return "县平台结束";
                case (int)DrillEnd.TestKey: return "自检键中止";
                case (int)DrillEnd.Fire: return place + "火警，演练中止";
                case (int)DrillEnd.Replaced: return "另一演练开始";
                default: return "方式" + Number(r.B);
            }
        }

        private static string Step(EventRecord r)
        {
            bool clamped = r.Value == int.MaxValue || r.Value == int.MinValue;
            return (clamped ? Number(r.A) : Number(r.Value / 1000m, "0.0")) + "秒";
        }

        private string Done(EventRecord r)
        {
            string command = CommandName(r.B);
            if (r.Value != (int)CommandOutcome.Done)
            {
                return "命令已回复：" + command + " 未执行（" + Outcome(r.Value) + "）";
            }

            bool asks = r.B == (int)CommandCode.DutyCheck || r.B == (int)CommandCode.CallOut;
            return "命令已回复：" + command + (asks ? " 已送达，等人应答" : " 已执行");
        }

        private static string Pressed(int key)
        {
            switch (key)
            {
                case 1: return "无火警，仅停蜂鸣";
                case 2: return "无火警可复位";
                case 3: return "无火警、无查岗可应答";
                case 5:
                case 6: return "无火警计时";
                case 7: return "仅停蜂鸣";
                case 8: return "打开";
                default: return "";
            }
        }

        private static string Kilobytes(string what, int bytes)
        {
            return bytes > 0 ? what + Number(bytes / 1024) + "K" : "";
        }
    }
}
