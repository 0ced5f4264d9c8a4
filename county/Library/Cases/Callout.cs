// Owns: whom a station's plan calls to a fire, and how far a call-out is.
// Must never: hold when somebody came: that is an act on the case.

namespace Gateway.County;

/// <summary>One party of a station's plan (增援预案): a neighbour's station, or a brigade.</summary>
public sealed record CalloutParty
{
    /// <summary>Whose fire it is called to.</summary>
    public required uint Station { get; init; }

    /// <summary>Its name; of a station, each party has another.</summary>
    public required string Party { get; init; }

    /// <summary>
    /// The first ring is called at once, the next ones when nobody of it sets out; 1..<see cref="CountyLimits.CalloutRingMax"/>.
    /// </summary>
    public int Ring { get; init; } = 1;

    /// <summary>Its station, where it has one; 0 = none.</summary>
    public uint Neighbour { get; init; }

    /// <summary>So many seconds after the call it has to be there.</summary>
    public int WithinS { get; init; } = CountyLimits.CalloutWithinS;

    /// <summary>How far away, where the plan was made by distance; 0 = made by hand.</summary>
    public int Metres { get; init; }

    public string Telephone { get; init; } = "";
}

/// <summary>A call-out under way: what the county's clock has to look at. All else of it are acts.</summary>
/// <param name="Case">Its case.</param>
/// <param name="Calls">How many were called.</param>
/// <param name="CalledMs">When the first was called.</param>
/// <param name="LastMs">When the last was.</param>
/// <param name="WithinS">So many seconds after the first call somebody has to be there.</param>
/// <param name="SetOut">Somebody is on the way.</param>
/// <param name="Late">It is told that nobody is there in time.</param>
public sealed record CalloutRun(string Case, int Calls, long CalledMs, long LastMs, int WithinS, bool SetOut, bool Late);
