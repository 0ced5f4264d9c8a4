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
        if (settings.ZoneWiring[zone] == Wiring.Line)
        {
            int shortBelow = settings.ZoneBands[zone * 3];
            int alarmBelow = settings.ZoneBands[zone * 3 + 1];
            int normalBelow = settings.ZoneBands[zone * 3 + 2];
            return move switch
            {
                HandMove.Short => shortBelow / 2,
                HandMove.Press => (shortBelow + alarmBelow) / 2,
                HandMove.Cut => (normalBelow + Limits.RawMax) / 2,
                _ => (alarmBelow + normalBelow) / 2,
            };
        }

        return Contact(settings.ZoneWiring[zone] == Wiring.NormallyClosed, move);
    }

    /// <summary>A contact between the input and ground, with a pull-up: closed reads 0. Its wires can't tell a cut from an open contact.</summary>
    public static int Contact(bool normallyClosed, HandMove move) => move switch
    {
        HandMove.Short => 0,
        HandMove.Cut => 1,
        HandMove.Press => normallyClosed ? 1 : 0,
        _ => normallyClosed ? 0 : 1,
    };
}
