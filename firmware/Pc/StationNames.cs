// Owns: the names that a station's settings give its zones, and what its outputs are.
// Must never: know another station's.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc;

/// <param name="settings">In force, or those of a moment.</param>
/// <param name="english">For outputs, whose names are words of a language.</param>
public sealed class StationNames(Settings settings, bool english = false) : PlaceNames
{
    /// <summary>Whoever reads this stands before the box: the name is enough.</summary>
    public override bool WithKinds => false;

    public override string Zone(int number)
    {
        int zone = settings.IndexOf(number);
        return zone < 0 ? "" : settings.ZoneName[zone];
    }

    public override string Output(int number)
    {
        int role = Array.IndexOf(settings.OutputOf, (sbyte)(number - 1));
        return role < 0 ? "" : $"{Words.OfRole((OutputRole)role).In(english)} {settings.OutputName[role]}".TrimEnd();
    }
}
