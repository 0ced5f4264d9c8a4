// Owns: what the village's events tell by a number of their own.
// Must never: be numbered anew; the numbers are in records and heartbeats.

namespace Gateway.Core
{
    /// <summary>Station codes.</summary>
    public enum StationCode : byte
    {
        /// <summary>None yet.</summary>
        None = 0,
        Green = 1,
        Yellow = 2,
        Red = 3,
    }

    /// <summary>Steps of a last look; a record's A.</summary>
    public enum LastLook : byte
    {
        Due = 0,
        Done = 1,
        Missed = 2,
    }
}
