// Owns: what an input reads for each thing that can happen to its wires.
// Must never: decide what it means; Core does, and a test holds both against each other.

using Gateway.Core;

namespace Gateway.Pc.Board;

/// <summary>Raw readings of a virtual input. A supervised line reads the middle of the band that its settings give to a state.</summary>
public static class WireLevels
{
    /// <summary>The raw reading of a zone, as <see cref="BoardPort.ReadInputs"/> gives it.</summary>
    /// <param name="settings">Whose zone it is.</param>
    /// <param name="zone">Index of the zone in the settings.</param>
    public static int Of(Settings settings, int zone, HandMove move)
    {
        return settings.ZoneWiring[zone] switch
        {
            Wiring.Line => Line(settings, zone, move),
            Wiring.NormallyOpen => Contact(normallyClosed: false, move),
            Wiring.NormallyClosed => Contact(normallyClosed: true, move),
            _ => Analog(settings, zone, move),
        };
    }

    /// <summary>A contact between the input and ground, with a pull-up:
    /// closed reads 0. Its wires can't tell a cut from an open contact.</summary>
    public static int Contact(bool normallyClosed, HandMove move) => move switch
    {
        HandMove.Short => 0,
        HandMove.Cut => 1,
        HandMove.Press => normallyClosed ? 1 : 0,
        _ => normallyClosed ? 0 : 1,
    };

    private static int Line(Settings settings, int zone, HandMove move)
    {
        int shortBelow = settings.ZoneLimits[zone * 4];
        int alarmBelow = settings.ZoneLimits[zone * 4 + 1];
        int normalBelow = settings.ZoneLimits[zone * 4 + 2];
        return move switch
        {
            HandMove.Short => shortBelow / 2,
            HandMove.Press => (shortBelow + alarmBelow) / 2,
            HandMove.Cut => (normalBelow + Limits.RawMax) / 2,
            _ => (alarmBelow + normalBelow) / 2,
        };
    }

    /// <summary>A cut loop reads nothing, a shorted one everything;
    /// a voltage without valid limits can't tell either from a value.</summary>
    private static int Analog(Settings settings, int zone, HandMove move)
    {
        int least = settings.ZoneLimits[zone * 4];
        int low = settings.ZoneLimits[zone * 4 + 1];
        int high = settings.ZoneLimits[zone * 4 + 2];
        int greatest = settings.ZoneLimits[zone * 4 + 3];
        int slack = settings.ZoneHysteresis[zone];
        return move switch
        {
            HandMove.Cut => 0,
            HandMove.Short => Limits.RawMax,
            HandMove.Press when high <= Limits.RawMax => (high + greatest) / 2,
            HandMove.Press when low >= 0 => (least + low) / 2,

            // Only a rise is watched: the sensor jumps to the end of its range.
            HandMove.Press => greatest,
            _ => (Math.Max(low + slack, least) + Math.Min(high - slack, greatest)) / 2,
        };
    }
}
