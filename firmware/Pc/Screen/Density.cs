// Owns: how much fits beside each other in a terminal of a width.
// Must never: leave out a condition; only words are shortened.

namespace Gateway.Pc.Screen;

/// <summary>How many words a line has room for.</summary>
public enum Density
{
    /// <summary>Nothing beside what has to be: a telephone or half a window.</summary>
    Small,

    /// <summary>One column: the usual 80 cells.</summary>
    Medium,

    /// <summary>Two columns.</summary>
    Wide,

    /// <summary>Two columns, nothing left out.</summary>
    Full,
}

/// <summary>Widths from which each begins, as the demonstration's longest lines need them.</summary>
internal static class Densities
{
    public static Density Of(int width) => width switch
    {
        >= PcLimits.FullCellsMin => Density.Full,
        >= PcLimits.WideCellsMin => Density.Wide,
        >= PcLimits.MediumCellsMin => Density.Medium,
        _ => Density.Small,
    };
}
