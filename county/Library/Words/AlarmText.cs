// Owns: whether an alarm is a fire, combustible gas, or both, and what people call it.
// Must never: say gas alone while a zone of the alarm may burn.

using Gateway.Contract;

namespace Gateway.County;

internal static class AlarmText
{
    public static string Chinese(Case? alarm) => Of(alarm) switch
    {
        (true, true) => "火警、可燃气体报警",
        (false, true) => "可燃气体报警",
        _ => "火警",
    };

    public static string English(Case? alarm) => Of(alarm) switch
    {
        (true, true) => "Fire and gas alarm",
        (false, true) => "Gas alarm",
        _ => "Fire",
    };

    /// <summary>What a judgement calls an alarm that was right.</summary>
    public static (string Zh, string En) Real(Case? alarm) => Of(alarm) switch
    {
        (true, true) => ("真火或真漏气", "real fire or gas"),
        (false, true) => ("真漏气", "real gas"),
        _ => ("真火", "real fire"),
    };

    // The first zone's kind stands in the case, the others' in the table of names; without that they count as fire.
    private static (bool Fire, bool Gas) Of(Case? alarm)
    {
        if (alarm is null || alarm.Class != CaseClass.Alarm)
        {
            return (true, false);
        }

        bool gas = alarm.ZoneKind == ZoneKind.Gas;
        bool fire = !gas;
        uint first = alarm.Zone is >= 1 and <= 32 ? 1u << (alarm.Zone - 1) : 0;
        foreach (int zone in ZoneSet.Numbers(alarm.Zones & ~first))
        {
            bool also = alarm.Places?.KindOf(zone) == ZoneKind.Gas;
            gas |= also;
            fire |= !also;
        }

        return (fire, gas);
    }
}
