// Owns: the bounds of the names of places, each with its reason.
// Must never: keep an alarm from anybody: a place without a name has its number.

namespace Gateway.County;

public static partial class CountyLimits
{
    /// <summary>A station is asked for its table so often at most, ms: one that does not answer has other things to send.</summary>
    public const int NamesAskMs = 600_000;

    /// <summary>
    /// Tables kept of a station: as many texts of settings as a county may have tried in years. The one that came longest ago goes first.
    /// </summary>
    public const int NameTablesMax = 32;

    /// <summary>Characters of a division's name: the longest of the state's list have some 30.</summary>
    public const int DivisionNameMax = 64;

    /// <summary>Changes of settings kept of a station, so that old events find their names; the one learnt first goes first.</summary>
    public const int SettingsChangesMax = 128;
}
