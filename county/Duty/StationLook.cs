// Owns: what a station's last sign of life says of its zones and its code, in words.
// Must never: leave out a condition that is told.

using Gateway.Contract;

namespace Gateway.County.Duty;

internal static class StationLook
{
    private static readonly (string Zh, string En)[] s_codes = [("–", "–"), ("绿", "green"), ("黄", "yellow"), ("红", "red")];

    private static readonly (int Bit, string Zh, string En)[] s_conditions =
    [
        (ConditionBits.PreAlarm, "预警", "pre-alarm"), (ConditionBits.Drill, "演练", "drill"), (ConditionBits.HotWork, "动火", "hot work"),
        (ConditionBits.DutyCheck, "查岗", "duty check"), (ConditionBits.Silenced, "已消音", "silenced"),
        (ConditionBits.DelayOn, "延时开", "delay on"), (ConditionBits.NotConfigured, "未配置", "no settings"),
        (ConditionBits.NoCountyAnswer, "上级未应答", "no answer from above"), (ConditionBits.Patrol, "夜巡", "patrol"),
    ];

    public static (string Zh, string En) Code(PlaceCode code) => s_codes[Math.Clamp((int)code, 0, s_codes.Length - 1)];

    /// <summary>Zones by their state, and what else the box tells of itself; nothing where all is quiet.</summary>
    public static IEnumerable<((string Zh, string En) Head, (string Zh, string En) Text)> Zones(StationState state)
    {
        (int Bit, string Zh, string En)[] now = [.. s_conditions.Where(one => (state.Conditions & one.Bit) != 0)];
        ((string, string) Head, (string Zh, string En) Text)[] all =
        [
            (("火警部位", "Zones in fire"), Listed(state.ZonesFire)), (("故障部位", "Zones in fault"), Listed(state.ZonesFault)),
            (("监管部位", "Supervisory zones"), Listed(state.ZonesSupervisory)),
            (("屏蔽部位", "Shielded zones"), Listed(state.ZonesDisabled)), (("测试部位", "Zones in test"), Listed(state.ZonesTest)),
            (("状况", "Also"), (string.Join(' ', now.Select(one => one.Zh)), string.Join(", ", now.Select(one => one.En)))),
        ];
        return all.Where(one => one.Text.Zh.Length > 0);
    }

    private static (string Zh, string En) Listed(uint zones)
    {
        string text = EventText.Zones(zones);
        return (text, text);
    }
}
