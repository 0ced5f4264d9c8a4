// Owns: the words for what the board, the panel and the uplink do, in both languages.
// Must never: name what the contract numbers, such as events and kinds of zone: its catalogues do that.

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

    public string In(bool english) => english ? Code : Chinese;
}

/// <summary>Words by number.</summary>
public static class Words
{
    private static readonly Word[] Moves = [new("复原", "release"), new("触发", "press"), new("断线", "cut"), new("短路", "short")];
    private static readonly string[] Keys = ["消音", "复位", "应答", "到场", "增援到", "自检", "蜂鸣器消音", "钥匙开关"];
    private static readonly string[] LampWords = ["灭", "亮", "闪", "慢闪", "闪", "闪", "闪", "闪", "亮", "慢闪", "闪", "闪", "闪"];
    private static readonly string[] SoundWords = ["停", "响", "断续响", "慢响", "故障音", "查岗音", "预警音", "演练音", "火警音", "复查提示音", "增援音", "试验音", "燃气音"];
    private static readonly string[] RelayWords = ["停止", "启动", "断续启动", "断续启动", "启动", "启动", "启动", "启动", "启动", "启动", "启动", "启动", "启动"];

    private static readonly Word[] UplinkStates =
        [new("待重连", "waiting"), new("连接中", "opening"), new("登录中", "greeting"), new("在线", "online"), new("断开中", "closing")];

    private static readonly Word[] Steps = [new("已存本机", "in flash"), new("已发出", "sent"), new("县平台已存", "county holds")];

    private static readonly (ConditionBits Bit, string Code)[] Conditions =
    [
        (ConditionBits.Fire, "fire"), (ConditionBits.PreAlarm, "pre-alarm"), (ConditionBits.Fault, "fault"),
        (ConditionBits.Disabled, "disabled"), (ConditionBits.Test, "test"), (ConditionBits.Supervisory, "supervisory"),
        (ConditionBits.Drill, "drill"), (ConditionBits.Silenced, "silenced"), (ConditionBits.DutyCheck, "duty-check"),
        (ConditionBits.HotWork, "hot-work"), (ConditionBits.DelayOn, "delay-on"),
        (ConditionBits.NoCountyAnswer, "no-county-answer"), (ConditionBits.Patrol, "patrol"),
        (ConditionBits.CallOut, "call-out"),
    ];

    // In the words of `county events`.
    private static readonly (EventFlags Bit, string Code)[] Flags =
    [
        (EventFlags.Drill, "drill"), (EventFlags.Test, "test"), (EventFlags.FirstAlarm, "first-alarm"),
        (EventFlags.AfterRestart, "after-restart"), (EventFlags.ByPerson, "by-person"), (EventFlags.Damage, "damage"),
        (EventFlags.HeldBefore, "held-before"),
    ];

    private static readonly Word[] Codes = [new("未定码", "none"), new("绿码", "green"), new("黄码", "yellow"), new("红码", "red")];

    public static Word Of(HandMove move) => Moves[(int)move];

    public static Word OfKey(Button key) => new(Keys[(int)key], Buttons.Names()[(int)key]);

    /// <summary>What an output does: lamps burn, sounders sound, relays start.</summary>
    public static Word OfPattern(OutputRole role, Pattern pattern)
    {
        string[] words = role switch
        {
            OutputRole.Siren or OutputRole.Buzzer => SoundWords,
            >= OutputRole.Relay1 and <= OutputRole.Relay4 => RelayWords,
            _ => LampWords,
        };
        return new(words[(int)pattern], CodeOf(pattern));
    }

    public static string CodeOf(Pattern pattern) => Patterns.Names()[(int)pattern];

    public static Word OfRole(OutputRole role) => new(Catalogue.Chinese.Use((OutputUse)(role + 1)), OutputRoles.Names()[(int)role]);

    /// <summary>The numbers have gaps: they are those of causes.</summary>
    public static Word OfClass(InputClass inputClass) => inputClass switch
    {
        InputClass.Normal => new("正常", "normal"),
        InputClass.Active => new("动作", "active"),
        InputClass.Short => new("短路", "short"),
        InputClass.Open => new("断线", "open"),
        InputClass.Unreadable => new("采集失败", "unreadable"),
        _ => new("信号不稳", "unsteady"),
    };

    public static Word OfUplink(UplinkState state) => UplinkStates[(int)state];

    public static Word Of(EventStep step) => Steps[(int)step];

    public static Word OfLane(Lane lane) => new(Catalogue.Chinese.Name(lane), Catalogue.English.Name(lane));

    /// <summary>The station's code: 0 none, 1 green, 2 yellow, 3 red.</summary>
    public static Word OfStationCode(StationCode code) => Codes[(int)code];

    /// <summary>The number of a station code's colour, or -1.</summary>
    public static int StationCodeOf(string colour) => Array.FindIndex(Codes, 1, c => c.Code == colour);

    /// <summary>The bit of a condition's name, or none.</summary>
    public static ConditionBits ConditionOf(string code) => Conditions.FirstOrDefault(c => c.Code == code).Bit;

    /// <summary>All names of conditions, for error messages.</summary>
    public static string AllowedConditions() => string.Join(", ", Conditions.Select(c => c.Code));

    /// <summary>The conditions of a summary by name.</summary>
    public static string ConditionsOf(ConditionBits summary)
    {
        string names = string.Join(", ", Conditions.Where(c => (summary & c.Bit) != ConditionBits.None).Select(c => c.Code));
        return names.Length == 0 ? "normal" : names;
    }

    /// <summary>The bit of a record's flag by its code, or none.</summary>
    public static EventFlags FlagOf(string code) => Flags.FirstOrDefault(f => f.Code == code).Bit;

    /// <summary>The codes of a record's flags.</summary>
    public static IEnumerable<string> FlagsOf(EventFlags flags) => Flags.Where(f => (flags & f.Bit) != EventFlags.None).Select(f => f.Code);

    /// <summary>All codes of flags, for error messages.</summary>
    public static string AllowedFlags() => string.Join(", ", Flags.Select(f => f.Code));

    /// <summary>The number of an event kind's code, or 0.</summary>
    public static EventKind KindOf(string code) =>
        (EventKind)Math.Max(0, Array.FindIndex(KindCodes, c => string.Equals(c, code, StringComparison.Ordinal)));

    /// <summary>All codes of events.</summary>
    public static IEnumerable<string> Kinds() => KindCodes.Where(c => c.Length > 0);

    /// <summary>The same, for error messages.</summary>
    public static string AllowedKinds() => string.Join(", ", Kinds());

    // The contract names kinds by number; unnamed numbers come back as kind-N.
    private static readonly string[] KindCodes =
        [.. Enumerable.Range(0, 1000).Select(kind => EventKinds.Code((EventKind)kind)).Select(c =>
            c.StartsWith("kind-", StringComparison.Ordinal) ? "" : c)];
}
