// Owns: what a station's last sign of life says of its zones and its code, in words.
// Must never: leave out a condition that is told.

using Gateway.Contract;

namespace Gateway.County.Duty;

internal static class StationLook
{
    private static readonly string[] s_codes = ["–", "绿", "黄", "红"];

    private static readonly (int Bit, string Words)[] s_conditions =
    [
        (ConditionBits.PreAlarm, "预警"), (ConditionBits.Drill, "演练"), (ConditionBits.HotWork, "动火"),
        (ConditionBits.DutyCheck, "查岗"), (ConditionBits.Silenced, "已消音"), (ConditionBits.DelayOn, "延时开"),
        (ConditionBits.NotConfigured, "未配置"), (ConditionBits.NoCountyAnswer, "上级未应答"), (ConditionBits.Patrol, "夜巡"),
    ];

    public static string Code(PlaceCode code) => s_codes[Math.Clamp((int)code, 0, s_codes.Length - 1)];

    /// <summary>Zones by their state, and what else the box tells of itself; nothing where all is quiet.</summary>
    public static IEnumerable<(string Head, string Text)> Zones(StationState state)
    {
        (string Head, string Text)[] all =
        [
            ("火警部位", EventText.Zones(state.ZonesFire)), ("故障部位", EventText.Zones(state.ZonesFault)),
            ("监管部位", EventText.Zones(state.ZonesSupervisory)), ("屏蔽部位", EventText.Zones(state.ZonesDisabled)),
            ("测试部位", EventText.Zones(state.ZonesTest)),
            ("状况", string.Join(' ', s_conditions.Where(one => (state.Conditions & one.Bit) != 0).Select(one => one.Words))),
        ];
        return all.Where(one => one.Text.Length > 0);
    }
}
