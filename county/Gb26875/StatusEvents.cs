// Owns: which event a bit of a status becomes, and which zone kind a component has.
// Must never: make a fire of anything but the fire bit, or let bit 0 decide.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>What a bit means when it comes and when it goes.</summary>
/// <param name="Bit">Its number.</param>
/// <param name="Came">Event kind.</param>
/// <param name="Went">Event kind; 0 = none.</param>
/// <param name="Severity">Of the event when it came.</param>
/// <param name="Cause">Detail A: an <see cref="Origin"/>, or a <see cref="FaultCause"/> of faults.</param>
/// <param name="Zone">Kind of zone that the bit itself names; none = the component's.</param>
internal readonly record struct BitMeaning(int Bit, EventKind Came, EventKind Went, Severity Severity, int Cause,
    ZoneKind Zone = ZoneKind.None);

internal static class StatusEvents
{
    /// <summary>The kept bit of a fire of a box whose profile takes bit 0 literally, and which says that it is in test.</summary>
    public const int FireInTest = 1 << 16;

    public const int Fire = (int)SystemBits.Fire;

    /// <summary>Fire first, so that nothing lesser goes before it.</summary>
    private static readonly BitMeaning[] s_common =
    [
        new(1, EventKind.FireAlarm, EventKind.FireRestored, Severity.General, (int)Origin.Input),
        new(16, EventKind.TestActivation, default, Severity.None, (int)Origin.Input),
        new(2, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Reported),
    ];

    private static readonly BitMeaning[] s_part =
    [
        .. s_common,
        new(3, EventKind.Disabled, EventKind.DisablementEnded, Severity.None, (int)Origin.Input),
        new(4, EventKind.Supervisory, EventKind.SupervisoryRestored, Severity.Low, (int)Origin.Input),
        new(5, EventKind.Activated, EventKind.Deactivated, Severity.None, (int)Origin.Input),
        new(6, EventKind.Activated, EventKind.Deactivated, Severity.None, (int)Origin.Input),
        new(7, EventKind.Activated, EventKind.Deactivated, Severity.None, (int)Origin.Input),
    ];

    private static readonly BitMeaning[] s_component =
    [
        .. s_part, new(8, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Reported),
    ];

    private static readonly BitMeaning[] s_system =
    [
        .. s_part,
        new(8, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Reported, ZoneKind.Mains),
        new(9, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Reported, ZoneKind.Battery),
        new(10, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Reported),
        new(11, EventKind.Supervisory, EventKind.SupervisoryRestored, Severity.Low, (int)Origin.Input, ZoneKind.PumpNotAuto),
        new(12, EventKind.Activated, EventKind.Deactivated, Severity.None, (int)Origin.Input),
        new(13, EventKind.Activated, EventKind.Deactivated, Severity.None, (int)Origin.Input),
    ];

    private static readonly BitMeaning[] s_box =
    [
        .. s_common,
        new(3, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Reported, ZoneKind.Mains),
        new(4, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Reported, ZoneKind.Battery),
        new(5, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.Box),
        new(6, EventKind.Fault, EventKind.FaultRestored, Severity.General, (int)FaultCause.OpenCircuit),
    ];

    private static readonly Dictionary<byte, ZoneKind> s_zones = new()
    {
        [17] = ZoneKind.ResidualCurrent, [18] = ZoneKind.CableTemperature, [23] = ZoneKind.CallPoint, [24] = ZoneKind.HydrantPressure,
        [91] = ZoneKind.PumpRun, [92] = ZoneKind.TankLevel, [95] = ZoneKind.PumpRun, [96] = ZoneKind.FlowSwitch,
        [97] = ZoneKind.SignalValve, [99] = ZoneKind.SprinklerPressure, [105] = ZoneKind.PumpRun,
    };

    /// <summary>Every bit that is told of, in the order in which its events are stored.</summary>
    public static ReadOnlySpan<BitMeaning> Of(PeerPart what) => what switch
    {
        PeerPart.Component => s_component,
        PeerPart.System => s_system,
        _ => s_box,
    };

    /// <summary>
    /// The bits of a status as they are kept: bit 0 decides only where the profile says that it is meant literally. What began as a fire
    /// goes on as one: a test that begins meanwhile restores nothing.
    /// </summary>
    public static int Kept(int status, PeerFlags flags, int before)
    {
        bool literal = (flags & PeerFlags.TestBitMeantLiterally) != PeerFlags.None;
        bool test = literal && ((status & (int)SystemBits.Normal) | (before & Fire)) == 0;
        return test && (status & Fire) != 0 ? (status & ~Fire) | FireInTest : status;
    }

    /// <summary>The kind of zone of a component; a kind that none of ours is has none.</summary>
    public static ZoneKind Zone(PeerPart what, int componentType) => (byte)componentType switch
    {
        _ when what != PeerPart.Component => ZoneKind.PanelAlarm,
        byte type when s_zones.TryGetValue(type, out ZoneKind zone) => zone,
        10 or 11 or 12 or 13 or 74 => ZoneKind.Gas,
        >= 30 and <= 37 => ZoneKind.Heat,
        >= 40 and <= 44 => ZoneKind.Smoke,
        0 or 1 or 21 or 25 or (>= 50 and <= 79) => ZoneKind.PanelAlarm,
        _ => ZoneKind.None,
    };
}
