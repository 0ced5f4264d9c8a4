// Owns: the file of a station's place: what whoever goes there has to know.
// Must never: leave out of which datum a point is.

namespace Gateway.County;

/// <summary>One place (一户一档). What is not known is empty.</summary>
public sealed record PlaceFile
{
    public required uint Station { get; init; }

    public string Address { get; init; } = "";

    public string Contact { get; init; } = "";

    public string Telephone { get; init; } = "";

    /// <summary>How many persons sleep there; 0 = none, or not known.</summary>
    public int Sleeping { get; init; }

    /// <summary>Gas there: bottles, pipes, and where it is shut.</summary>
    public string Gas { get; init; } = "";

    /// <summary>Who has the keys.</summary>
    public string Keys { get; init; } = "";

    public string Notes { get; init; } = "";

    /// <summary>Degrees as they were given, and of which datum: CGCS2000 or GCJ-02; they differ by hundreds of metres.</summary>
    public string Longitude { get; init; } = "";

    public string Latitude { get; init; } = "";

    public string Datum { get; init; } = "";
}
