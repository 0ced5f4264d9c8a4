// Owns: the words for what the board, the panel and the uplink do, Chinese first.
// Must never: name events, kinds of zone or severities; the contract does that.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;

namespace Gateway.Pc;

/// <summary>A word for a person and its code.</summary>
/// <param name="Chinese">简体.</param>
/// <param name="Code">English, as in scripts and settings.</param>
public sealed record Word(string Chinese, string Code)
{
    public override string ToString() => $"{Chinese} {Code}";
}

/// <summary>Words by number.</summary>
public static class Words
{
    private static readonly Word[] Moves = [new("复原", "release"), new("按下", "press"), new("剪断", "cut"), new("短接", "short")];
    private static readonly string[] Keys = ["消音", "复位", "应答", "到场", "到齐", "自检"];
    private static readonly string[] PatternWords = ["关", "开", "闪", "慢闪", "故障音", "查岗音", "预警音", "演练音", "火警音", "检查音"];

    private static readonly string[] Roles =
    [
        "警笛", "警灯", "继电器1", "继电器2", "继电器3", "继电器4", "蜂鸣器", "火警灯", "故障灯", "上行灯", "电源灯", "屏蔽灯", "测试灯", "监管灯", "查岗灯",
    ];

    private static readonly Word[] Classes =
        [new("正常", "normal"), new("动作", "active"), new("短路", "short"), new("断线", "open"), new("读不到", "unreadable"),
            new("不稳定", "unsteady")];

    private static readonly Word[] UplinkStates =
        [new("等待", "waiting"), new("连接中", "opening"), new("握手", "greeting"), new("在线", "online"), new("断开中", "closing")];

    private static readonly Word[] Steps = [new("已存", "in flash"), new("已发", "sent"), new("上级已收", "county holds")];

    private static readonly (int Bit, Word Word)[] Conditions =
    [
        (ConditionBits.Fire, new("火警", "fire")), (ConditionBits.PreAlarm, new("预警", "pre-alarm")),
        (ConditionBits.Fault, new("故障", "fault")), (ConditionBits.Disabled, new("屏蔽", "disabled")),
        (ConditionBits.Test, new("测试", "test")),
        (ConditionBits.Supervisory, new("监管", "supervisory")), (ConditionBits.Drill, new("演练", "drill")),
        (ConditionBits.Silenced, new("已消音", "silenced")), (ConditionBits.DutyCheck, new("查岗", "duty-check")),
        (ConditionBits.HotWork, new("动火", "hot-work")), (ConditionBits.DelayOn, new("延时", "delay-on")),
        (ConditionBits.NoCountyAnswer, new("上级未应答", "no-county-answer")), (ConditionBits.Patrol, new("夜巡", "patrol")),
    ];

    // In the words of `county events`.
    private static readonly (int Bit, string Code)[] Flags =
    [
        (EventFlags.Drill, "drill"), (EventFlags.Test, "test"), (EventFlags.FirstAlarm, "first-alarm"),
        (EventFlags.AfterRestart, "after-restart"), (EventFlags.ByPerson, "by-person"), (EventFlags.Damage, "damage"),
        (EventFlags.HeldBefore, "held-before"),
    ];

    private static readonly Word[] Codes = [new("无码", "none"), new("绿码", "green"), new("黄码", "yellow"), new("红码", "red")];

    public static Word Of(HandMove move) => Moves[(int)move];

    public static Word OfKey(int key) => new(Keys[key], Button.Names()[key]);

    // A record counts the keys from 1, with the test key before those of the people who come.
    private static string KeyOfRecord(int number) => number switch
    {
        >= 1 and <= 3 => Keys[number - 1],
        4 => Keys[Button.Test],
        5 or 6 => Keys[number - 2],
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    public static Word OfPattern(Pattern pattern) => new(PatternWords[(int)pattern], Patterns.Names()[(int)pattern]);

    public static Word OfRole(OutputRole role) => new(Roles[(int)role], OutputRoles.Names()[(int)role]);

    public static Word OfClass(InputClass inputClass) => Classes[(int)inputClass];

    public static Word OfUplink(UplinkState state) => UplinkStates[(int)state];

    public static Word Of(EventStep step) => Steps[(int)step];

    public static Word OfLane(Lane lane) => new(lane switch { Lane.Fire => "火警", Lane.Condition => "状态", _ => "日常" }, Lanes.Name(lane));

    public static Word OfKind(EventKind kind) => new(EventKinds.Chinese(kind), EventKinds.Code(kind));

    /// <summary>The station's code: 0 none, 1 green, 2 yellow, 3 red.</summary>
    public static Word OfStationCode(StationCode code) => Codes[(int)code];

    /// <summary>The number of a station code's colour, or -1.</summary>
    public static int StationCodeOf(string colour) => Array.FindIndex(Codes, 1, c => c.Code == colour);

    /// <summary>The bit of a condition's name, or 0.</summary>
    public static int ConditionOf(string code) => Conditions.FirstOrDefault(c => c.Word.Code == code).Bit;

    /// <summary>All names of conditions, for error messages.</summary>
    public static string AllowedConditions() => string.Join(", ", Conditions.Select(c => c.Word.Code));

    /// <summary>The conditions of a summary by name.</summary>
    public static string ConditionsOf(int summary)
    {
        string names = string.Join(", ", Conditions.Where(c => (summary & c.Bit) != 0).Select(c => c.Word.Code));
        return names.Length == 0 ? "normal" : names;
    }

    /// <summary>The bit of a record's flag by its code, or 0.</summary>
    public static int FlagOf(string code) => Flags.FirstOrDefault(f => f.Code == code).Bit;

    /// <summary>The codes of a record's flags.</summary>
    public static IEnumerable<string> FlagsOf(int flags) => Flags.Where(f => (flags & f.Bit) != 0).Select(f => f.Code);

    /// <summary>All codes of flags, for error messages.</summary>
    public static string AllowedFlags() => string.Join(", ", Flags.Select(f => f.Code));

    /// <summary>The number of an event kind's code, or 0.</summary>
    public static EventKind KindOf(string code) =>
        (EventKind)Math.Max(0, Array.FindIndex(KindCodes, c => string.Equals(c, code, StringComparison.Ordinal)));

    /// <summary>All codes of events.</summary>
    public static IEnumerable<string> Kinds() => KindCodes.Where(c => c.Length > 0);

    /// <summary>The same, for error messages.</summary>
    public static string AllowedKinds() => string.Join(", ", Kinds());

    /// <summary>What a record says about the cause of a fault or of an end; "" for other kinds.</summary>
    public static string CauseOf(EventRecord record)
    {
        switch (record.Kind)
        {
            case EventKind.Fault or EventKind.FaultRestored or EventKind.FireSignalLost or EventKind.SignalLost:
                return CauseOf(record.A, record.B, record.C);
            case EventKind.HoldReleased:
                return CauseOf(record.B, 0, 0);
            case EventKind.DrillEnded when record.B == DrillEnd.TestKey:
                return "自检键中止 by the test key";
            case EventKind.DrillEnded when record.B == DrillEnd.Fire:
                return "火警中止 by a fire";
            default:
                return "";
        }
    }

    private static string CauseOf(int cause, int box, int key)
    {
        return cause switch
        {
            FaultCause.Reported => "设备报故障 reported",
            FaultCause.ShortCircuit => "短路 short",
            FaultCause.OpenCircuit => "断线 open",
            FaultCause.NotRead => "读不到 unreadable",
            FaultCause.BelowRange => "低于量程 below range",
            FaultCause.AboveRange => "高于量程 above range",
            FaultCause.Unsteady => "不稳定 unsteady",
            FaultCause.Chatter => "频繁 chattering",
            FaultCause.AfterDrill => "演练后未复原 not put back after a drill",
            FaultCause.Shielded => "已屏蔽 shielded",
            FaultCause.InTest => "测试中 in test",
            FaultCause.Box when box == BoxFault.Link => "上行 link",
            FaultCause.Box when box == BoxFault.Flash => "存储 flash",
            FaultCause.Box when box == BoxFault.IdlePath => "备用通道 idle path",
            FaultCause.Box when box == BoxFault.Key => KeyOfRecord(key) + "键卡住 held key",
            _ => "",
        };
    }

    // The contract names kinds by number; unnamed numbers come back as kind-N.
    private static readonly string[] KindCodes =
        [.. Enumerable.Range(0, 1000).Select(kind => EventKinds.Code((EventKind)kind)).Select(c =>
            c.StartsWith("kind-", StringComparison.Ordinal) ? "" : c)];
}
