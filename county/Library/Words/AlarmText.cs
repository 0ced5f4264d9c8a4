// Owns: whether an alarm is a fire, combustible gas, or both, and what people call it.
// Must never: say gas alone while a zone of the alarm may burn.

using Gateway.Contract;

namespace Gateway.County;

internal static class AlarmText
{
    public static string Chinese(Case? alarm) => Chinese(Of(alarm));

    public static string English(Case? alarm) => English(Of(alarm));

    /// <summary>A box that tells of an alarm by itself: its zones say what, by its own table of names.</summary>
    public static string Chinese(StationState state, StationPlaces? places) => Chinese(Of(state, places));

    public static string English(StationState state, StationPlaces? places) => English(Of(state, places));

    /// <summary>All conditions of a box's last sign of life; "" where all is quiet.</summary>
    public static string Conditions(StationState state, StationPlaces? places) => !state.Conditions.HasFlag(ConditionBits.Fire)
        ? Catalogue.Chinese.Conditions(state.Conditions)
        : $"{Chinese(state, places)} {Catalogue.Chinese.Conditions(state.Conditions & ~ConditionBits.Fire)}".TrimEnd();

    /// <summary>What a judgement calls an alarm that was right.</summary>
    public static (string Zh, string En) Real(Case? alarm) => Of(alarm) switch
    {
        (true, true) => ("真火或真漏气", "real fire or gas"),
        (false, true) => ("真漏气", "real gas"),
        _ => ("真火", "real fire"),
    };

    /// <summary>Zones of gas among these; what no table names may burn.</summary>
    public static uint GasAmong(uint zones, StationPlaces? places)
    {
        uint gas = 0;
        foreach (int zone in ZoneSet.Numbers(zones))
        {
            gas |= places?.KindOf(zone) == ZoneKind.Gas ? 1u << (zone - 1) : 0;
        }

        return gas;
    }

    private static string Chinese((bool Fire, bool Gas) of) => of switch
    {
        (true, true) => "火警、可燃气体报警",
        (false, true) => "可燃气体报警",
        _ => "火警",
    };

    private static string English((bool Fire, bool Gas) of) => of switch
    {
        (true, true) => "Fire and gas alarm",
        (false, true) => "Gas alarm",
        _ => "Fire",
    };

    private static (bool Fire, bool Gas) Of(StationState state, StationPlaces? places)
    {
        uint gas = GasAmong(state.ZonesFire, places);
        return (gas == 0 || gas != state.ZonesFire, gas != 0);
    }

    // The first zone's kind stands in the case, the others' in the table of names; without that they count as fire.
    private static (bool Fire, bool Gas) Of(Case? alarm)
    {
        if (alarm is null || alarm.Class != CaseClass.Alarm)
        {
            return (true, false);
        }

        uint first = alarm.Zone is >= 1 and <= 32 ? 1u << (alarm.Zone - 1) : 0;
        uint others = alarm.Zones & ~first;
        uint gas = GasAmong(others, alarm.Places);
        bool began = alarm.ZoneKind == ZoneKind.Gas;
        return (!began || gas != others, began || gas != 0);
    }
}
