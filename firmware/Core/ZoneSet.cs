// Owns: the type of a set of zones by index, so that a set and a zone cannot stand in each other's place.
// Must never: hold zones by their number, or be turned into text by its name; records, heartbeats and the journal have numbers.

using System;

namespace Gateway.Core
{
    /// <summary>
    /// Bit i is the zone of index i. To the device it is a number, so it costs nothing there. Zones by number stay numbers;
    /// <see cref="Settings.IndexBits"/> makes a set of them, and <see cref="Settings.NumberBits"/> is the way back.
    /// </summary>
    [Flags]
    public enum ZoneSet : int
    {
        None = 0,
        All = -1,
    }
}
