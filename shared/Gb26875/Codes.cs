// Owns: the standard's code tables with their Chinese names.
// Must never: refuse a number; an unknown one is shown as a number.

using System.Globalization;

namespace Gateway.Gb26875;

/// <summary>Fire systems.</summary>
public static class SystemTypes
{
    private static readonly KeyValuePair<byte, string>[] s_all =
    [
        new(0, "通用"),
        new(1, "火灾报警系统"),
        new(10, "消防联动控制器"),
        new(11, "消火栓系统"),
        new(12, "自动喷水灭火系统"),
        new(13, "气体灭火系统"),
        new(14, "水喷雾灭火系统（泵启动方式）"),
        new(15, "水喷雾灭火系统（压力容器启动方式）"),
        new(16, "泡沫灭火系统"),
        new(17, "干粉灭火系统"),
        new(18, "防烟排烟系统"),
        new(19, "防火门及卷帘系统"),
        new(20, "消防电梯"),
        new(21, "消防应急广播"),
        new(22, "消防应急照明和疏散指示系统"),
        new(23, "消防电源"),
        new(24, "消防电话"),
    ];

    /// <summary>Every code that the standard names, in rising order.</summary>
    public static IReadOnlyList<KeyValuePair<byte, string>> All => s_all;

    /// <summary>The Chinese name; a number that the standard does not name gives 系统类型N, with (用户自定义) from 128 on.</summary>
    public static string Name(byte code) => CodeTable.Name(s_all, code, "系统类型");
}

/// <summary>Components of fire systems.</summary>
public static class ComponentTypes
{
    private static readonly KeyValuePair<byte, string>[] s_all =
    [
        new(0, "通用"),
        new(1, "火灾报警控制器"),
        new(10, "可燃气体探测器"),
        new(11, "点型可燃气体探测器"),
        new(12, "独立式可燃气体探测器"),
        new(13, "线型可燃气体探测器"),
        new(16, "电气火灾监控报警器"),
        new(17, "剩余电流式电气火灾监控探测器"),
        new(18, "测温式电气火灾监控探测器"),
        new(21, "探测回路"),
        new(22, "火灾显示盘"),
        new(23, "手动火灾报警按钮"),
        new(24, "消火栓按钮"),
        new(25, "火灾探测器"),
        new(30, "感温火灾探测器"),
        new(31, "点型感温火灾探测器"),
        new(32, "点型感温火灾探测器（S型）"),
        new(33, "点型感温火灾探测器（R型）"),
        new(34, "线型感温火灾探测器"),
        new(35, "线型感温火灾探测器（S型）"),
        new(36, "线型感温火灾探测器（R型）"),
        new(37, "光纤感温火灾探测器"),
        new(40, "感烟火灾探测器"),
        new(41, "点型离子感烟火灾探测器"),
        new(42, "点型光电感烟火灾探测器"),
        new(43, "线型光束感烟火灾探测器"),
        new(44, "吸气式感烟火灾探测器"),
        new(50, "复合式火灾探测器"),
        new(51, "复合式感烟感温火灾探测器"),
        new(52, "复合式感光感温火灾探测器"),
        new(53, "复合式感光感烟火灾探测器"),
        new(61, "紫外火焰探测器"),
        new(62, "红外火焰探测器"),
        new(69, "感光火灾探测器"),
        new(74, "气体探测器"),
        new(78, "图像摄像方式火灾探测器"),
        new(79, "感声火灾探测器"),
        new(81, "气体灭火控制器"),
        new(82, "消防电气控制装置"),
        new(83, "消防控制室图形显示装置"),
        new(84, "模块"),
        new(85, "输入模块"),
        new(86, "输出模块"),
        new(87, "输入/输出模块"),
        new(88, "中继模块"),
        new(91, "消防水泵"),
        new(92, "消防水箱"),
        new(95, "喷淋泵"),
        new(96, "水流指示器"),
        new(97, "信号阀"),
        new(98, "报警阀"),
        new(99, "压力开关"),
        new(101, "阀驱动装置"),
        new(102, "防火门"),
        new(103, "防火阀"),
        new(104, "通风空调"),
        new(105, "泡沫液泵"),
        new(106, "管网电磁阀"),
        new(111, "防烟排烟风机"),
        new(113, "排烟防火阀"),
        new(114, "常闭送风口"),
        new(115, "排烟口"),
        new(116, "电控挡烟垂壁"),
        new(117, "防火卷帘控制器"),
        new(118, "防火门监控器"),
        new(121, "警报装置"),
    ];

    /// <summary>Every code that the standard names, in rising order.</summary>
    public static IReadOnlyList<KeyValuePair<byte, string>> All => s_all;

    /// <summary>The Chinese name; a number that the standard does not name gives 部件类型N, with (用户自定义) from 128 on.</summary>
    public static string Name(byte code) => CodeTable.Name(s_all, code, "部件类型");
}

/// <summary>A kind of measured value: the raw number with <see cref="Decimals"/> digits behind the point, in <see cref="Unit"/>.</summary>
public sealed class AnalogType
{
    internal AnalogType(byte code, string name, string unit, int decimals)
    {
        Code = code;
        Name = name;
        Unit = unit;
        Decimals = decimals;
    }

    /// <summary>The number on the wire.</summary>
    public byte Code { get; }

    /// <summary>Chinese name.</summary>
    public string Name { get; }

    /// <summary>Unit of the scaled value.</summary>
    public string Unit { get; }

    /// <summary>0 .. 2 digits behind the point.</summary>
    public int Decimals { get; }
}

/// <summary>Measured values.</summary>
public static class AnalogTypes
{
    private static readonly AnalogType[] s_all =
    [
        new(1, "事件计数", "件", 0),
        new(2, "高度", "m", 2),
        new(3, "温度", "℃", 1),
        new(4, "压力", "MPa", 1),
        new(5, "压力", "kPa", 1),
        new(6, "气体浓度", "%LEL", 1),
        new(7, "时间", "s", 0),
        new(8, "电压", "V", 1),
        new(9, "电流", "A", 1),
        new(10, "流量", "L/s", 1),
        new(11, "风量", "m³/min", 1),
        new(12, "风速", "m/s", 0),
    ];

    /// <summary>Every code that the standard names, in rising order.</summary>
    public static IReadOnlyList<AnalogType> All => s_all;

    /// <summary>The kind of value; nothing for 0 (not used), reserved and user codes.</summary>
    public static AnalogType? Find(byte code) => code >= 1 && code <= s_all.Length ? s_all[code - 1] : null;

    /// <summary>The value as people read it, such as 温度 -10.5 ℃.</summary>
    public static string Text(byte code, short value)
    {
        if (Find(code) is not { } type)
        {
            return CodeTable.Number("模拟量类型", code) + " " + value.ToString(CultureInfo.InvariantCulture);
        }

        decimal scaled = new(Math.Abs((int)value), 0, 0, value < 0, (byte)type.Decimals);
        return type.Name + " " + scaled.ToString(CultureInfo.InvariantCulture) + " " + type.Unit;
    }
}

/// <summary>Names of commands and of unit types.</summary>
public static class FrameNames
{
    private static readonly KeyValuePair<byte, string>[] s_commands =
    [
        new(1, "控制"),
        new(2, "发送数据"),
        new(3, "确认"),
        new(4, "请求"),
        new(5, "应答"),
        new(6, "否认"),
    ];

    private static readonly KeyValuePair<byte, string>[] s_types =
    [
        new(1, "上传建筑消防设施系统状态"),
        new(2, "上传建筑消防设施部件运行状态"),
        new(3, "上传建筑消防设施部件模拟量值"),
        new(4, "上传建筑消防设施操作信息"),
        new(5, "上传建筑消防设施软件版本"),
        new(6, "上传建筑消防设施系统配置情况"),
        new(7, "上传建筑消防设施部件配置情况"),
        new(8, "上传建筑消防设施系统时间"),
        new(21, "上传用户信息传输装置运行状态"),
        new(24, "上传用户信息传输装置操作信息"),
        new(25, "上传用户信息传输装置软件版本"),
        new(26, "上传用户信息传输装置配置情况"),
        new(28, "上传用户信息传输装置系统时间"),
        new(61, "读建筑消防设施系统状态"),
        new(62, "读建筑消防设施部件运行状态"),
        new(63, "读建筑消防设施部件模拟量值"),
        new(64, "读建筑消防设施操作信息"),
        new(65, "读建筑消防设施软件版本"),
        new(66, "读建筑消防设施系统配置情况"),
        new(67, "读建筑消防设施部件配置情况"),
        new(68, "读建筑消防设施系统时间"),
        new(81, "读用户信息传输装置运行状态"),
        new(84, "读用户信息传输装置操作信息"),
        new(85, "读用户信息传输装置软件版本"),
        new(86, "读用户信息传输装置配置情况"),
        new(88, "读用户信息传输装置系统时间"),
        new(89, "初始化用户信息传输装置"),
        new(90, "同步用户信息传输装置时钟"),
        new(91, "查岗命令"),
    ];

    /// <summary>The Chinese name of a command.</summary>
    public static string Command(FrameCommand command) => CodeTable.Name(s_commands, (byte)command, "命令");

    /// <summary>The Chinese name of a unit's type.</summary>
    public static string Type(UnitType type) => CodeTable.Name(s_types, (byte)type, "类型");
}

internal static class CodeTable
{
    private const byte FirstOfUser = 128;

    public static string Name(KeyValuePair<byte, string>[] table, byte code, string what)
    {
        foreach (KeyValuePair<byte, string> row in table)
        {
            if (row.Key == code)
            {
                return row.Value;
            }
        }

        return Number(what, code);
    }

    public static string Number(string what, byte code) =>
        what + code.ToString(CultureInfo.InvariantCulture) + (code >= FirstOfUser ? "（用户自定义）" : "（预留）");
}
