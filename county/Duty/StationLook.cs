// Owns: what a station's last sign of life says of its zones and its code, in words.
// Must never: leave out a condition that is told.

using Gateway.Contract;

namespace Gateway.County.Duty;

internal static class StationLook
{
    private static readonly (string Zh, string En)[] s_codes = [("–", "–"), ("绿", "green"), ("黄", "yellow"), ("红", "red")];

    // Those that have no line of zones of their own.
    private const ConditionBits Lines = ConditionBits.Fire | ConditionBits.Fault | ConditionBits.Supervisory
        | ConditionBits.Disabled | ConditionBits.Test;

    public static (string Zh, string En) Code(PlaceCode code) => s_codes[Math.Clamp((int)code, 0, s_codes.Length - 1)];

    /// <summary>Zones by their state, and what else the box tells of itself; nothing where all is quiet.</summary>
    public static IEnumerable<((string Zh, string En) Head, (string Zh, string En) Text)> Zones(StationState state, StationPlaces? places)
    {
        uint gas = AlarmText.GasAmong(state.ZonesFire, places);
        ConditionBits also = state.Conditions & ~Lines;
        ((string, string) Head, (string Zh, string En) Text)[] all =
        [
            (("火警部位", "Zones in fire"), Listed(state.ZonesFire & ~gas, places)),
            (("可燃气体报警部位", "Zones in gas alarm"), Listed(gas, places)), (("故障部位", "Zones in fault"), Listed(state.ZonesFault, places)),
            (("监管部位", "Supervisory zones"), Listed(state.ZonesSupervisory, places)),
            (("屏蔽部位", "Disabled zones"), Listed(state.ZonesDisabled, places)), (("测试部位", "Zones in test"), Listed(state.ZonesTest, places)),
            (("状况", "Also"), (Catalogue.Chinese.Conditions(also), Catalogue.English.Conditions(also))),
        ];
        return all.Where(one => one.Text.Zh.Length > 0);
    }

    private static (string Zh, string En) Listed(uint zones, StationPlaces? places)
    {
        int[] numbers = [.. ZoneSet.Numbers(zones)];
        return places is null ? (Catalogue.Chinese.Places(zones), Catalogue.English.Places(zones))
            : (string.Join('、', numbers.Select(number => Catalogue.Chinese.Place(number, ZoneKind.None, places.Chinese))),
                string.Join(", ", numbers.Select(number => Catalogue.English.Place(number, ZoneKind.None, places.English))));
    }
}
