// Owns: the bits of states and operations, with their names.
// Must never: let bit 0 decide: real fires come without it and real restores too.

namespace Gateway.Gb26875;

/// <summary>State of a fire system, type 1.</summary>
[Flags]
public enum SystemBits : ushort
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>1 normal running, 0 test, by the letter.</summary>
    Normal = 1 << 0,

    /// <summary>Fire.</summary>
    Fire = 1 << 1,

    /// <summary>Fault.</summary>
    Fault = 1 << 2,

    /// <summary>Disablement.</summary>
    Disabled = 1 << 3,

    /// <summary>Supervisory.</summary>
    Supervisory = 1 << 4,

    /// <summary>Started.</summary>
    Started = 1 << 5,

    /// <summary>Feedback.</summary>
    Feedback = 1 << 6,

    /// <summary>Delay.</summary>
    Delay = 1 << 7,

    /// <summary>Fault of the main power.</summary>
    MainPowerFault = 1 << 8,

    /// <summary>Fault of the backup power.</summary>
    BackupPowerFault = 1 << 9,

    /// <summary>Fault of the bus.</summary>
    BusFault = 1 << 10,

    /// <summary>1 manual, 0 automatic.</summary>
    Manual = 1 << 11,

    /// <summary>The configuration changed.</summary>
    ConfigurationChanged = 1 << 12,

    /// <summary>Reset.</summary>
    Reset = 1 << 13,
}

/// <summary>State of a component, type 2. Bits 0 .. 7 are those of a system.</summary>
[Flags]
public enum ComponentBits : ushort
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>1 normal running, 0 test, by the letter.</summary>
    Normal = 1 << 0,

    /// <summary>Fire.</summary>
    Fire = 1 << 1,

    /// <summary>Fault.</summary>
    Fault = 1 << 2,

    /// <summary>Disablement.</summary>
    Disabled = 1 << 3,

    /// <summary>Supervisory.</summary>
    Supervisory = 1 << 4,

    /// <summary>Started.</summary>
    Started = 1 << 5,

    /// <summary>Feedback.</summary>
    Feedback = 1 << 6,

    /// <summary>Delay.</summary>
    Delay = 1 << 7,

    /// <summary>Fault of the power.</summary>
    PowerFault = 1 << 8,
}

/// <summary>State of a box, type 21.</summary>
[Flags]
public enum BoxBits : byte
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>1 normal monitoring, 0 test, by the letter.</summary>
    Normal = 1 << 0,

    /// <summary>Fire.</summary>
    Fire = 1 << 1,

    /// <summary>Fault.</summary>
    Fault = 1 << 2,

    /// <summary>Fault of the main power.</summary>
    MainPowerFault = 1 << 3,

    /// <summary>Fault of the backup power.</summary>
    BackupPowerFault = 1 << 4,

    /// <summary>Fault of the link to the centre.</summary>
    CentreLinkFault = 1 << 5,

    /// <summary>Fault of a monitored line.</summary>
    LineFault = 1 << 6,
}

/// <summary>What a person did, types 4 and 24.</summary>
[Flags]
public enum OperationBits : byte
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>Reset.</summary>
    Reset = 1 << 0,

    /// <summary>Silence.</summary>
    Silence = 1 << 1,

    /// <summary>Alarm given by hand.</summary>
    ManualAlarm = 1 << 2,

    /// <summary>Alarm cleared.</summary>
    AlarmCleared = 1 << 3,

    /// <summary>Self-test.</summary>
    SelfTest = 1 << 4,

    /// <summary>Acknowledge at a system (type 4); answer to a duty check at a box (type 24).</summary>
    Acknowledge = 1 << 5,

    /// <summary>Test.</summary>
    Test = 1 << 6,
}

/// <summary>Chinese names of bits, lowest bit first; an empty name is a reserved bit.</summary>
public static class BitNames
{
    /// <summary>Sixteen names for type 1.</summary>
    public static IReadOnlyList<string> System { get; } =
    [
        "正常运行", "火警", "故障", "屏蔽", "监管", "启动", "反馈", "延时",
        "主电故障", "备电故障", "总线故障", "手动状态", "配置改变", "复位", "", "",
    ];

    /// <summary>Sixteen names for type 2.</summary>
    public static IReadOnlyList<string> Component { get; } =
    [
        "正常运行", "火警", "故障", "屏蔽", "监管", "启动", "反馈", "延时", "电源故障", "", "", "", "", "", "", "",
    ];

    /// <summary>Eight names for type 21.</summary>
    public static IReadOnlyList<string> Box { get; } =
    [
        "正常监视", "火警", "故障", "主电故障", "备电故障", "与监控中心通信故障", "监测连接线路故障", "",
    ];

    /// <summary>Eight names for type 4.</summary>
    public static IReadOnlyList<string> SystemOperation { get; } =
    [
        "复位", "消音", "手动报警", "警情消除", "自检", "确认", "测试", "",
    ];

    /// <summary>Eight names for type 24.</summary>
    public static IReadOnlyList<string> BoxOperation { get; } =
    [
        "复位", "消音", "手动报警", "警情消除", "自检", "查岗应答", "测试", "",
    ];
}
